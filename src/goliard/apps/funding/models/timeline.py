"""The timeline of a call, and where an officer opened a step again."""

from __future__ import annotations

import zoneinfo
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import StepKind
from goliard.apps.funding.models.calls import FundingCall


def known_zone(name: str) -> None:
    """Refuse a zone that no clock knows."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("There is no time zone “%(name)s”."), params={"name": name})


class CallStep(models.Model):
    """A step of a call: local date and time in a zone. What arrives at that very moment is in time."""

    call = models.ForeignKey(FundingCall, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=20, choices=StepKind.choices)
    due_on = models.DateField(_("date"))
    due_at = models.TimeField(_("local time"), default=time(23, 59))
    zone = models.CharField(_("time zone"), max_length=60, default="Europe/Amsterdam", validators=[known_zone])
    note_nl = models.CharField(_("note in Dutch"), max_length=300, blank=True)
    note_en = models.CharField(_("note in English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("step of a call")
        verbose_name_plural = _("steps of calls")
        ordering = ["due_on", "due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "kind"], name="step_once_a_call")]

    def __str__(self) -> str:
        return f"{self.call_id} {self.kind}: {self.due_on}"

    @property
    def moment(self) -> datetime:
        """The moment in its zone."""
        return datetime.combine(self.due_on, self.due_at, tzinfo=zoneinfo.ZoneInfo(self.zone))


class StepReopening(models.Model):
    """An officer opened a step again until a moment, with a reason."""

    step = models.ForeignKey(CallStep, models.PROTECT, related_name="reopenings")
    until = models.DateTimeField(_("open until"))
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.until}"
