"""Cooperation conditions: who may send how many to whom, for what, in which subject and language, in which years."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ConditionKind
from goliard.apps.agreements.models.agreements import AgreementVersion
from goliard.apps.institutions.models import Organisation, OrganizationalUnit


class CooperationCondition(models.Model):
    """One condition of a version, in the shape in which Erasmus Without Paper exchanges it.

    `amount` is the total of months (students) or days (staff) a year, as the text that was agreed ("10" and "10.00" hash differently);
    academic years are those of the receiving institution, as `yyyy/yyyy`. EQF levels are digits 5 to 8 in order ("67").
    """

    version = models.ForeignKey(AgreementVersion, models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("mobility"), max_length=20, choices=ConditionKind.choices)
    sending = models.ForeignKey(Organisation, models.PROTECT, related_name="sending_conditions", verbose_name=_("sending institution"))
    sending_unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="sending_conditions", verbose_name=_("sending unit")
    )
    receiving = models.ForeignKey(
        Organisation, models.PROTECT, related_name="receiving_conditions", verbose_name=_("receiving institution")
    )
    receiving_unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="receiving_conditions", verbose_name=_("receiving unit")
    )
    first_year = models.CharField(_("first academic year"), max_length=9)
    last_year = models.CharField(_("last academic year"), max_length=9)
    mobilities_per_year = models.PositiveIntegerField(_("mobilities a year"))
    amount = models.CharField(_("months or days a year"), max_length=12, blank=True)
    eqf_levels = models.CharField(_("EQF levels"), max_length=4, blank=True)
    is_blended = models.BooleanField(_("blended mobility possible"), default=False)
    other_terms = models.TextField(_("other terms"), blank=True)

    class Meta:
        verbose_name = _("cooperation condition")
        verbose_name_plural = _("cooperation conditions")
        ordering = ["position", "pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(sending=models.F("receiving")), name="condition_between_two")]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.kind} {self.mobilities_per_year}"


class SubjectArea(models.Model):
    """A subject of a condition: the ISCED-F field and, where the code is too wide, a clarification."""

    condition = models.ForeignKey(CooperationCondition, models.CASCADE, related_name="subjects")
    isced_f = models.CharField(_("ISCED-F"), max_length=4)
    clarification = models.CharField(_("clarification"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("subject area")
        verbose_name_plural = _("subject areas")
        ordering = ["isced_f", "pk"]

    def __str__(self) -> str:
        return self.isced_f


class LanguageSkill(models.Model):
    """A recommended language with its CEFR level, for the whole condition or one of its subjects."""

    condition = models.ForeignKey(CooperationCondition, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=12)
    level = models.CharField(_("CEFR level"), max_length=2, blank=True)
    isced_f = models.CharField(_("only for"), max_length=4, blank=True)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["language", "pk"]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"
