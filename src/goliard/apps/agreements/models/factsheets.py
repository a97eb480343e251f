"""Fact sheets: what students and offices must know about an institution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import InfoKind
from goliard.apps.institutions.models import Organisation


class FactSheet(models.Model):
    """Deadlines (as `MM-DD`, the same every year), weeks and grading of an institution."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="fact_sheet", verbose_name=_("institution"))
    nominations_autumn = models.CharField(_("nominations for autumn, by"), max_length=5, blank=True)
    nominations_spring = models.CharField(_("nominations for spring, by"), max_length=5, blank=True)
    applications_autumn = models.CharField(_("applications for autumn, by"), max_length=5, blank=True)
    applications_spring = models.CharField(_("applications for spring, by"), max_length=5, blank=True)
    decision_weeks = models.PositiveSmallIntegerField(_("weeks until the decision"), null=True, blank=True)
    transcript_weeks = models.PositiveSmallIntegerField(_("weeks until the transcript"), null=True, blank=True)
    grading_nl = models.TextField(_("grading in Dutch"), blank=True)
    grading_en = models.TextField(_("grading in English"), blank=True)
    asks_credits = models.PositiveSmallIntegerField(_("credits completed (ECTS)"), null=True, blank=True)
    asks_levels = models.CharField(_("level of study (EQF)"), max_length=4, blank=True)
    asks_isced_f = models.CharField(_("field of study (ISCED-F)"), max_length=4, blank=True)
    asks_cv = models.BooleanField(_("asks for a CV"), default=False)
    asks_motivation = models.BooleanField(_("asks for a letter of motivation"), default=False)
    requirements_nl = models.TextField(_("further requirements in Dutch"), blank=True)
    requirements_en = models.TextField(_("further requirements in English"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("fact sheet")
        verbose_name_plural = _("fact sheets")
        ordering = ["organisation__name_en"]

    def __str__(self) -> str:
        return str(self.organisation)


class FactSheetInfo(models.Model):
    """Whom to ask about housing, visa, insurance …"""

    sheet = models.ForeignKey(FactSheet, models.CASCADE, related_name="infos")
    kind = models.CharField(_("about"), max_length=16, choices=InfoKind.choices)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("information contact")
        verbose_name_plural = _("information contacts")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.kind}"
