"""What somebody plans to do abroad: the stay, a programme of sessions, and a host that they found themselves."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models.applications import Application
from goliard.apps.institutions.models import Country
from goliard.apps.rounds.choices import StayPurpose
from goliard.rules.values.scaled import unscaled


class PlannedStay(models.Model):
    """The stay that an application plans. `host_group` names the group or person at the host with whom one works."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="stay")
    purpose = models.CharField(_("what for"), max_length=12, choices=StayPurpose.choices, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    host_group = models.CharField(_("host group or person at the host"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("planned stay")
        verbose_name_plural = _("planned stays")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.purpose}"

    @property
    def days(self) -> int | None:
        """The days of the stay, both ends included; None while a date is not known."""
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else None


class PlannedSession(models.Model):
    """A session that a member of staff gives or takes part in, with its hours in tenths."""

    stay = models.ForeignKey(PlannedStay, models.CASCADE, related_name="sessions")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    hours_tenths = models.PositiveSmallIntegerField(_("hours, in tenths"), null=True, blank=True)

    class Meta:
        verbose_name = _("planned session")
        verbose_name_plural = _("planned sessions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.topic

    @property
    def hours(self) -> Decimal | None:
        """The hours, or None where they are not known."""
        return unscaled(self.hours_tenths, 1)


class OwnHost(models.Model):
    """The host of a traineeship that the applicant found; an agreement is optional there."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="own_host")
    name = models.CharField(_("name of the host"), max_length=250, blank=True)
    website = models.URLField(_("website"), blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="own_hosts", verbose_name=_("country"))
    contact_name = models.CharField(_("supervisor at the host"), max_length=250, blank=True)
    contact_email = models.EmailField(_("e-mail address of the supervisor"), blank=True)
    tasks = models.TextField(_("what you are going to do"), blank=True)
    hours_week = models.PositiveSmallIntegerField(
        _("hours a week"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(80)]
    )

    class Meta:
        verbose_name = _("host of one's own")
        verbose_name_plural = _("hosts of one's own")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
