"""One calculation of a placement with everything that led to it, and what it says to each applicant."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models import Application
from goliard.apps.placement.choices import RunKind, RunState, RunStep
from goliard.apps.rounds.models import DestinationPool, Round


class PlacementRun(models.Model):
    """One run. `input_text` is what it was computed from, word for word; with policy, ties and rule version it gives the same anywhere.

    `told` keeps what the text leaves out because it changes no outcome: names of pools and the sentences of barred wishes. How far a worker
    is (`step`, `beat_at`) is written outside the transaction that writes the outcome; that it is over, inside it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="placement_runs", verbose_name=_("round"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=RunKind.choices, default=RunKind.PLACEMENT)
    state = models.CharField(_("state"), max_length=12, choices=RunState.choices, default=RunState.WAITING, editable=False)
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("after run"), editable=False
    )
    policy = models.CharField(_("placement policy"), max_length=40, editable=False)
    ties = models.CharField(_("equal scores"), max_length=100, editable=False)
    policy_hash = models.CharField(_("hash of the locked policy"), max_length=64, editable=False)
    rule_version = models.CharField(_("version of the rules"), max_length=20, editable=False)
    code_version = models.CharField(_("version of the program"), max_length=60, editable=False)
    input_text = models.TextField(editable=False)
    input_hash = models.CharField(_("hash of the input"), max_length=64, editable=False)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, editable=False)
    told = models.JSONField(default=dict, editable=False)
    applicants = models.PositiveIntegerField(_("applicants"), default=0, editable=False)
    places = models.PositiveIntegerField(_("places"), default=0, editable=False)
    placed = models.PositiveIntegerField(_("placed"), default=0, editable=False)
    audit = models.JSONField(default=dict, editable=False)  # {check: number of failures}
    findings = models.JSONField(default=list, editable=False)  # [[check, pool, applicant], …], the first of each check
    cut_offs = models.JSONField(default=list, editable=False)  # as `outputs.cut_off_data`
    public = models.JSONField(default=dict, editable=False)  # the report without people, small numbers suppressed
    group_numbers = models.JSONField(default=dict, editable=False)  # {letter of a group: [applicants, placed]}; for the office
    faults = models.JSONField(default=list, editable=False)  # why nothing was computed: [[Dutch, English], …]
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    asked_by = models.CharField(max_length=100, editable=False)
    asked_at = models.DateTimeField(_("asked for"), editable=False)
    claimed_by = models.CharField(max_length=100, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    step = models.CharField(_("step"), max_length=10, choices=RunStep.choices, blank=True, editable=False)
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("computed"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    is_illustrative = models.BooleanField(_("illustrative"), default=False, editable=False)

    class Meta:
        verbose_name = _("placement run")
        verbose_name_plural = _("placement runs")
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "asked_at"], name="placement_run_due")]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="run_number_once_a_round"),
            models.UniqueConstraint(fields=["round"], condition=models.Q(state="published"), name="one_published_run_a_round"),
            models.UniqueConstraint(fields=["round"], condition=models.Q(state="adopted"), name="one_adopted_run_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.number}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be computed."""
        return self.state not in {RunState.WAITING, RunState.COMPUTING}

    @property
    def audit_passed(self) -> bool:
        """Whether the audit was made and found nothing."""
        return bool(self.audit) and not any(self.audit.values())


class PlacementOutcome(models.Model):
    """What one applicant gets in a run (`pool` is empty without a place) and why: first the result, then wish by wish."""

    run = models.ForeignKey(PlacementRun, models.CASCADE, related_name="outcomes")
    application = models.ForeignKey(Application, models.PROTECT, related_name="outcomes", verbose_name=_("application"))
    pool = models.ForeignKey(DestinationPool, models.PROTECT, null=True, blank=True, related_name="outcomes", verbose_name=_("place"))
    rank = models.PositiveSmallIntegerField(_("wish"), null=True, blank=True)
    score = models.CharField(_("score"), max_length=40, blank=True)
    reasons = models.JSONField(editable=False)  # [[rule, Dutch, English], …]

    class Meta:
        verbose_name = _("outcome of a placement")
        verbose_name_plural = _("outcomes of placements")
        ordering = ["application_id"]
        constraints = [models.UniqueConstraint(fields=["run", "application"], name="outcome_once_a_run")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.application_id}"
