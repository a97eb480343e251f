"""What if the plan were another one: named copies of an application's flows, in rows of their own, so that none of them is submitted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import FlowDirection, FlowKind
from goliard.apps.funding.models.applications import ProjectApplication
from goliard.apps.funding.models.interests import ExpressionOfInterest


class PlanCopy(models.Model):
    """A copy of the plan of an application, to be changed and priced beside it."""

    application = models.ForeignKey(ProjectApplication, models.CASCADE, related_name="copies")
    name = models.CharField(_("name"), max_length=80)
    made_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name = _("what-if copy of a plan")
        verbose_name_plural = _("what-if copies of plans")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="plan_copy_name_once")]

    def __str__(self) -> str:
        return self.name


class PlanCopyFlow(models.Model):
    """A flow of a copy; `position` is that of the flow of the partnership that it was copied from."""

    copy = models.ForeignKey(PlanCopy, models.CASCADE, related_name="flows")
    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="copied_flows")
    position = models.PositiveSmallIntegerField(_("order"))
    direction = models.CharField(_("direction"), max_length=10, choices=FlowDirection.choices)
    kind = models.CharField(_("who and what for"), max_length=30, choices=FlowKind.choices)
    count = models.PositiveSmallIntegerField(_("number"))
    days = models.PositiveSmallIntegerField(_("days each"))
    travel_days = models.PositiveSmallIntegerField(_("travel days"), default=0)
    green = models.BooleanField(_("green travel"), default=False)
    fewer_opportunities = models.PositiveSmallIntegerField(_("with fewer opportunities"), default=0)
    teaching_hours = models.PositiveSmallIntegerField(_("teaching hours in the stay"), null=True, blank=True)
    travel_costs_cents = models.PositiveIntegerField(_("approved real costs of expensive travel each, in cents"), default=0)

    class Meta:
        verbose_name = _("flow of a what-if copy")
        verbose_name_plural = _("flows of what-if copies")
        ordering = ["interest_id", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["copy", "interest", "position"], name="plan_copy_flow_once")]

    def __str__(self) -> str:
        return f"{self.copy_id}: {self.count} × {self.direction} {self.kind}"
