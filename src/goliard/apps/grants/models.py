"""Schemes of scholarships, what students ask of them, and other money for the same days."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.grants.choices import ScholarshipState, StayPurpose, StudyCycle
from goliard.apps.institutions.models import Country
from goliard.apps.people.models import Person


class ScholarshipScheme(models.Model):
    """A scholarship that the institution gives by a rate table: `table_action` and `table_year` name its figures."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    introduction_nl = models.TextField(_("introduction in Dutch"), blank=True)
    table_action = models.CharField(_("rate table"), max_length=20, default="LUSTRA", help_text=_("The action of a table under Rates."))
    table_year = models.PositiveSmallIntegerField(_("year of the rate table"))
    budget_cents = models.BigIntegerField(_("budget in cents"), null=True, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        verbose_name = _("scholarship scheme")
        verbose_name_plural = _("scholarship schemes")
        ordering = ["-table_year", "key"]
        constraints = [
            models.CheckConstraint(condition=models.Q(budget_cents__isnull=True) | models.Q(budget_cents__gte=0), name="scheme_budget")
        ]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en

    def introduction(self, language: str) -> str:
        """The introduction in `nl`, or the English one."""
        return self.introduction_nl if language.startswith("nl") else self.introduction_en


class Scholarship(models.Model):
    """What a student asks of a scheme for a stay abroad, and what was decided, with the inputs, lines and table that led to it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(ScholarshipScheme, models.PROTECT, related_name="scholarships", verbose_name=_("scholarship scheme"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="scholarships", verbose_name=_("student"))
    state = models.CharField(_("state"), max_length=10, choices=ScholarshipState.choices, default=ScholarshipState.SUBMITTED)
    cycle = models.CharField(_("study cycle"), max_length=6, choices=StudyCycle.choices)
    purpose = models.CharField(_("what for"), max_length=12, choices=StayPurpose.choices, default=StayPurpose.STUDY)
    country = models.ForeignKey(Country, models.PROTECT, related_name="scholarships", verbose_name=_("country"))
    host = models.CharField(_("host institution"), max_length=250)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    holidays = models.PositiveSmallIntegerField(_("days of holiday in it"), default=0)
    approved_by_board = models.BooleanField(_("approved by the board of examiners"), default=False)
    for_credit = models.BooleanField(_("counts for credit"), default=False)
    travel_allowed = models.BooleanField(_("travel there is allowed"), default=True)
    applied_at = models.DateTimeField(_("asked"), editable=False)
    asked_cents = models.BigIntegerField(_("computed when asked, in cents"), default=0, editable=False)
    amount_cents = models.BigIntegerField(_("awarded, in cents"), null=True, blank=True, editable=False)
    because_nl = models.TextField(_("reasons in Dutch"), blank=True)
    because_en = models.TextField(_("reasons in English"), blank=True)
    entitlement = models.TextField(_("how it was computed"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    is_illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        verbose_name = _("scholarship")
        verbose_name_plural = _("scholarships")
        ordering = ["-applied_at", "-pk"]
        indexes = [models.Index(fields=["scheme", "state"], name="scholarship_of_scheme")]
        constraints = [models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="stay_ends_after_start")]

    def __str__(self) -> str:
        return str(self.public_id)[:8]


class OtherGrant(models.Model):
    """Money that somebody else, or another part of the house, gives a person for certain days."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="other_grants", verbose_name=_("student"))
    name = models.CharField(_("name of the grant"), max_length=200)
    is_eu_funded = models.BooleanField(_("funded by the European Union"), default=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("other grant")
        verbose_name_plural = _("other grants")
        ordering = ["-starts_on", "pk"]

    def __str__(self) -> str:
        return self.name
