"""Units of an organisation: faculties, institutes, departments, programmes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import UnitKind
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.institutions.models.organisations import Organisation


class OrganizationalUnit(Dated):
    """A unit below an organisation. It has its place by dated parent rows, and may end by merging into another unit."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units", verbose_name=_("organisation"))
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind.choices)
    ounit_id = models.CharField(_("unit id in EWP"), max_length=64, blank=True)
    name_en = models.CharField(_("name in English"), max_length=250)
    name_nl = models.CharField(_("name in Dutch"), max_length=250)
    acronym = models.CharField(_("abbreviation"), max_length=40, blank=True)
    founded = models.CharField(_("founded"), max_length=60, blank=True)
    profile_en = models.TextField(_("profile in English"), blank=True)
    profile_nl = models.TextField(_("profile in Dutch"), blank=True)
    website = models.URLField(_("website"), blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("merged into")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name_en", "pk"]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The current name in `nl`, or the English one."""
        return self.name_nl if language.startswith("nl") else self.name_en


class UnitName(Dated):
    """A name of a unit in a language, for as long as it held."""

    unit = models.ForeignKey(OrganizationalUnit, models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=12)
    value = models.CharField(_("name"), max_length=250)

    class Meta:
        verbose_name = _("name of a unit")
        verbose_name_plural = _("names of units")
        ordering = ["language", "valid_from", "pk"]

    def __str__(self) -> str:
        return self.value


class UnitParent(Dated):
    """Below which unit a unit stands, for as long as it does."""

    unit = models.ForeignKey(OrganizationalUnit, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(OrganizationalUnit, models.PROTECT, related_name="children", verbose_name=_("belongs to"))

    class Meta:
        verbose_name = _("place of a unit")
        verbose_name_plural = _("places of units")
        ordering = ["valid_from", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(unit=models.F("parent")), name="unit_not_below_itself")]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"
