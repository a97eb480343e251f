"""What happens to a running project: partners that join, money that moves, interruptions; and its closure."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import FlowDirection
from goliard.apps.institutions.models import Organisation
from goliard.apps.projects.choices import BudgetCategory, ChangeState, InterruptionKind
from goliard.apps.projects.models.projects import Project


class PartnerChange(models.Model):
    """A request to add a partner to a running project, and the office's answer. Approved, it is a partner of the project."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="partner_changes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partner_changes", verbose_name=_("organisation"))
    reason = models.CharField(_("reason"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.REQUESTED)
    needs_amendment = models.BooleanField(_("needs an amendment by the National Agency"), default=False)
    agency_reference = models.CharField(_("reference of the National Agency"), max_length=200, blank=True)
    because = models.CharField(_("reason of the decision"), max_length=1000, blank=True)
    requested_at = models.DateTimeField(_("requested"), editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    class Meta:
        verbose_name = _("request to add a partner")
        verbose_name_plural = _("requests to add a partner")
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.organisation_id} {self.state}"


class BudgetTransfer(models.Model):
    """Money that was moved, by which rule; `rule` is a kind of `goliard.rules.grants.transfers`."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="transfers_out", verbose_name=_("from project"))
    to_project = models.ForeignKey(Project, models.PROTECT, related_name="transfers_in", verbose_name=_("to project"))
    from_category = models.CharField(_("from heading"), max_length=24, choices=BudgetCategory.choices)
    to_category = models.CharField(_("to heading"), max_length=24, choices=BudgetCategory.choices)
    from_direction = models.CharField(_("from direction"), max_length=10, choices=FlowDirection.choices, blank=True)
    to_direction = models.CharField(_("to direction"), max_length=10, choices=FlowDirection.choices, blank=True)
    amount_cents = models.BigIntegerField(_("amount in cents"))
    rule = models.CharField(_("rule"), max_length=40)
    because_nl = models.CharField(max_length=500, editable=False)
    because_en = models.CharField(max_length=500, editable=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_verified = models.BooleanField(_("rule verified"), default=True)
    agency_reference = models.CharField(_("reference of the National Agency"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name = _("transfer of budget")
        verbose_name_plural = _("transfers of budget")
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="transfer_above_zero")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.amount_cents}"


class ProjectInterruption(models.Model):
    """A time in which the project stands still. Without an end it goes on."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="interruptions")
    kind = models.CharField(_("kind"), max_length=14, choices=InterruptionKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=1000)
    agency_reference = models.CharField(_("reference of the National Agency"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("interruption of a project")
        verbose_name_plural = _("interruptions of projects")
        ordering = ["-starts_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.kind} {self.starts_on}"


class ProjectClosure(models.Model):
    """The closure: the final balance as it stood, byte for byte with its hash, and what returns to the National Agency."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="closure")
    closed_at = models.DateTimeField(_("closed"), editable=False)
    evidence = models.TextField(_("evidence of the results"), help_text=_("One a line: a publication, a report, a page."))
    content = models.TextField(_("final balance"), editable=False)
    content_hash = models.CharField(_("hash"), max_length=64, editable=False)
    granted_cents = models.BigIntegerField(_("granted, in cents"), editable=False)
    realised_cents = models.BigIntegerField(_("realised, in cents"), editable=False)
    returned_cents = models.BigIntegerField(_("returns, in cents"), editable=False)

    class Meta:
        verbose_name = _("closure of a project")
        verbose_name_plural = _("closures of projects")
        ordering = ["-closed_at"]

    def __str__(self) -> str:
        return f"{self.project_id}"
