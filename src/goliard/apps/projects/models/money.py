"""Planned, granted and realised: numbers and money of a project."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import FlowDirection, FlowKind
from goliard.apps.funding.models import PartnershipDecision
from goliard.apps.projects.choices import BudgetCategory
from goliard.apps.projects.models.projects import Project


class ProjectFlow(models.Model):
    """Equal mobilities of a project: how many were planned, granted and, once known, realised."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="flows")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    direction = models.CharField(_("direction"), max_length=10, choices=FlowDirection.choices)
    kind = models.CharField(_("who and what for"), max_length=30, choices=FlowKind.choices)
    days = models.PositiveSmallIntegerField(_("days each"))
    travel_days = models.PositiveSmallIntegerField(_("travel days"), default=0)
    planned = models.PositiveSmallIntegerField(_("planned"), default=0)
    granted = models.PositiveSmallIntegerField(_("granted"), default=0)
    realised = models.PositiveSmallIntegerField(_("realised"), null=True, blank=True)
    cancelled = models.PositiveSmallIntegerField(_("cancelled by force majeure"), default=0)
    starts_on = models.DateField(_("first day of the first stay"), null=True, blank=True)
    prepares = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="visits", verbose_name=_("prepares the flow"))
    is_illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        verbose_name = _("flow of a project")
        verbose_name_plural = _("flows of projects")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.granted} {self.direction} {self.kind}"


class ProjectBudget(models.Model):
    """The money of a project under one heading, in cents."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budgets")
    category = models.CharField(_("heading"), max_length=24, choices=BudgetCategory.choices)
    planned_cents = models.BigIntegerField(_("planned, in cents"), default=0)
    granted_cents = models.BigIntegerField(_("granted, in cents"), default=0)
    realised_cents = models.BigIntegerField(_("realised, in cents"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget of a project")
        verbose_name_plural = _("budgets of projects")
        ordering = ["category"]
        constraints = [models.UniqueConstraint(fields=["project", "category"], name="budget_once_a_category")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.category}"


class AwardedProject(models.Model):
    """From which decision a project was made."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="origin")
    decision = models.OneToOneField(PartnershipDecision, models.PROTECT, related_name="made")

    class Meta:
        verbose_name = _("origin of a project")
        verbose_name_plural = _("origins of projects")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.project_id}"
