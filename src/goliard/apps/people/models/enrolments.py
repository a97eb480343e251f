"""What the student system told of a student: enrolments with results, and language levels."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.people.choices import CefrChoice, CycleChoice, ToldBy
from goliard.apps.people.models.persons import Person
from goliard.rules.values.scaled import unscaled


class Enrolment(Dated):
    """A student in a programme, for as long as it lasts, with credits and averages as they stood on `as_of`.

    Numbers are exact: credits (EC) in hundredths, averages (Dutch marks, 1 to 10) in thousandths; empty is not known.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments", verbose_name=_("person"))
    programme = models.CharField(_("programme code"), max_length=40)
    programme_name_nl = models.CharField(_("programme in Dutch"), max_length=250, blank=True)
    programme_name_en = models.CharField(_("programme in English"), max_length=250, blank=True)
    cycle = models.PositiveSmallIntegerField(_("cycle"), choices=CycleChoice.choices)
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, related_name="enrolments", verbose_name=_("home unit"))
    subject = models.CharField(_("subject area (ISCED-F)"), max_length=4, blank=True)
    credits_hundredths = models.PositiveIntegerField(null=True, blank=True, verbose_name=_("credits, in hundredths of an EC"))
    average_thousandths = models.PositiveIntegerField(null=True, blank=True, verbose_name=_("average, in thousandths"))
    bachelor_average_thousandths = models.PositiveIntegerField(
        null=True, blank=True, verbose_name=_("average of the bachelor, in thousandths")
    )
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["-valid_from", "programme", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "programme"], name="enrolment_once_a_programme")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.programme}"

    def title(self, language: str) -> str:
        """The programme's name in `nl`, or the English one; its code where the student system gave no name."""
        nl, en = self.programme_name_nl or self.programme_name_en, self.programme_name_en or self.programme_name_nl
        return (nl if language.startswith("nl") else en) or self.programme

    @property
    def credits(self) -> Decimal | None:
        """The credits in EC, or None where they are not known."""
        return unscaled(self.credits_hundredths, 2)

    @property
    def average(self) -> Decimal | None:
        """The average, or None where it is not known."""
        return unscaled(self.average_thousandths, 3)

    @property
    def bachelor_average(self) -> Decimal | None:
        """The average of the bachelor, or None where it is not known."""
        return unscaled(self.bachelor_average_thousandths, 3)


class LanguageResult(models.Model):
    """The level that somebody told of a person in a language; the student system and the office may each tell one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="language_results", verbose_name=_("person"))
    language = models.CharField(_("language (ISO 639-1)"), max_length=2)
    level = models.CharField(_("level"), max_length=2, choices=CefrChoice.choices)
    told_by = models.CharField(_("told by"), max_length=16, choices=ToldBy.choices)
    as_of = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("language result")
        verbose_name_plural = _("language results")
        ordering = ["language", "told_by"]
        constraints = [models.UniqueConstraint(fields=["person", "language", "told_by"], name="language_once_a_teller")]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"
