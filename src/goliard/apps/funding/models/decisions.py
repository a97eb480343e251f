"""What the National Agency decided: partnership by partnership, and as an award."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import Outcome
from goliard.apps.funding.models.applications import ProjectApplication
from goliard.apps.funding.models.interests import ExpressionOfInterest


class PartnershipDecision(models.Model):
    """The decision on one regional partnership; each may be refused alone. Its awarded flows are those of the stage *awarded*."""

    interest = models.OneToOneField(ExpressionOfInterest, models.PROTECT, related_name="agency_decision")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    amount_cents = models.BigIntegerField(_("awarded, in cents"), default=0)
    note = models.CharField(_("what the National Agency says"), max_length=1000, blank=True)
    decided_on = models.DateField(_("decided on"))

    class Meta:
        verbose_name = _("decision on a partnership")
        verbose_name_plural = _("decisions on partnerships")
        ordering = ["interest_id"]
        constraints = [models.CheckConstraint(condition=models.Q(amount_cents__gte=0), name="decision_amount_not_negative")]

    def __str__(self) -> str:
        return f"{self.interest_id}: {self.outcome}"


class Award(models.Model):
    """The award of an application: the grant agreement's number and day, and the sum over its partnerships."""

    application = models.OneToOneField(ProjectApplication, models.PROTECT, related_name="award")
    number = models.CharField(_("project number"), max_length=60)
    awarded_on = models.DateField(_("awarded on"))
    amount_cents = models.BigIntegerField(_("awarded, in cents"))
    mobilities = models.PositiveIntegerField(_("mobilities"))

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-awarded_on"]

    def __str__(self) -> str:
        return self.number
