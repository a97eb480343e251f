"""Networks, alliances and consortia with their members over time, and the joint programmes that consortia offer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import JointProgrammeLevel, MembershipRole, NetworkKind, NetworkPurpose
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.institutions.models.organisations import Organisation
from goliard.apps.institutions.models.units import OrganizationalUnit


class Network(models.Model):
    """A network, alliance or consortium. `founded` is printed as it stands ("early 1990s"); `founded_year` only sorts."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=NetworkKind.choices)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_nl = models.CharField(_("name in Dutch"), max_length=200)
    acronym = models.CharField(_("abbreviation"), max_length=40, blank=True)
    founded_en = models.CharField(_("founded, in English"), max_length=60, blank=True)
    founded_nl = models.CharField(_("founded, in Dutch"), max_length=60, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("year to sort by"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    description_nl = models.TextField(_("description in Dutch"), blank=True)
    owner = models.ForeignKey(
        OrganizationalUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_networks",
        verbose_name=_("unit of the home institution"),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order on the page"), default=0)
    is_public = models.BooleanField(_("shown on the public site"), default=True)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["position", "name_en"]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """The name in `nl`, or the English one."""
        return self.name_nl if language.startswith("nl") else self.name_en


class NetworkAim(models.Model):
    """One aim of a network, in both languages."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="aims")
    position = models.PositiveSmallIntegerField(_("order"))
    text_en = models.CharField(_("aim in English"), max_length=300)
    text_nl = models.CharField(_("aim in Dutch"), max_length=300)

    class Meta:
        verbose_name = _("aim of a network")
        verbose_name_plural = _("aims of networks")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text_en


class NetworkPurposeTag(models.Model):
    """What a network is for, as a word of the vocabulary, for filters."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="purposes")
    purpose = models.CharField(_("purpose"), max_length=20, choices=NetworkPurpose.choices)

    class Meta:
        verbose_name = _("purpose of a network")
        verbose_name_plural = _("purposes of networks")
        ordering = ["purpose"]
        constraints = [models.UniqueConstraint(fields=["network", "purpose"], name="purpose_once_per_network")]

    def __str__(self) -> str:
        return self.purpose


class NetworkMembership(Dated):
    """An organisation's membership. Where a source gives no exact day, the texts print what it says; the dates are bounds to sort by."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=12, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    from_text_en = models.CharField(_("since, as a text in English"), max_length=60, blank=True)
    from_text_nl = models.CharField(_("since, as a text in Dutch"), max_length=60, blank=True)
    until_text_en = models.CharField(_("until, as a text in English"), max_length=60, blank=True)
    until_text_nl = models.CharField(_("until, as a text in Dutch"), max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["valid_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["network", "organisation", "valid_from"], name="membership_once_from_a_day")]

    def __str__(self) -> str:
        return f"{self.network_id}: {self.organisation_id}"


class JointProgramme(models.Model):
    """A programme that a consortium offers together; it leads to a degree, so its mobility is no credit mobility."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    network = models.ForeignKey(Network, models.PROTECT, related_name="joint_programmes", verbose_name=_("consortium"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=JointProgrammeLevel.choices)
    ects = models.PositiveSmallIntegerField(_("ECTS credits"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("joint programme")
        verbose_name_plural = _("joint programmes")
        ordering = ["network_id", "level", "title_en"]

    def __str__(self) -> str:
        return self.title_en
