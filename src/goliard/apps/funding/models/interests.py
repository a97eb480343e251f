"""Expressions of interest: what staff ask of a call, with whom, and which flows they plan."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.models import User
from goliard.apps.funding.choices import FlowDirection, FlowKind, FlowStage, InterestState
from goliard.apps.funding.models.calls import FundingCall
from goliard.apps.funding.models.policy import Priority, StrategicGoal
from goliard.apps.funding.models.questions import CallQuestion
from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit


class ExpressionOfInterest(models.Model):
    """One idea for a project with a partner in one country. `revision` counts saves, so that two writers do not overwrite each other."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(FundingCall, models.PROTECT, related_name="interests", verbose_name=_("call"))
    owner = models.ForeignKey(User, models.PROTECT, related_name="interests", verbose_name=_("applicant"))
    state = models.CharField(_("state"), max_length=14, choices=InterestState.choices, default=InterestState.DRAFT)
    title = models.CharField(_("title in English"), max_length=200, blank=True)
    title_nl = models.CharField(_("title in Dutch"), max_length=200, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name=_("country"))
    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name=_("partner"))
    partner_name = models.CharField(_("partner institution"), max_length=250, blank=True)
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="interests", verbose_name=_("home unit")
    )
    needs_analysis = models.TextField(_("needs analysis with the partner"), blank=True)
    agreed_with_partner = models.BooleanField(_("discussed with the partner"), default=False)
    goals = models.ManyToManyField(StrategicGoal, blank=True, related_name="interests", verbose_name=_("strategic goals"))
    is_illustrative = models.BooleanField(_("illustrative"), default=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(_("saved"), editable=False)

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["-call__year", "country__name_en", "pk"]
        indexes = [models.Index(fields=["call", "state", "country"], name="interest_of_call")]

    def __str__(self) -> str:
        return self.title or self.title_nl or str(self.public_id)[:8]


class CoApplicant(models.Model):
    """Somebody who writes along; with an account they may edit."""

    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="co_applicants")
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="co_applications")

    class Meta:
        verbose_name = _("co-applicant")
        verbose_name_plural = _("co-applicants")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["interest", "email"], name="co_applicant_once")]

    def __str__(self) -> str:
        return self.email


class InterestAnswer(models.Model):
    """The answer to a question of the call."""

    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="answers")
    question = models.ForeignKey(CallQuestion, models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__stage", "question__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["interest", "question"], name="answer_once_a_question")]

    def __str__(self) -> str:
        return f"{self.interest_id}: {self.question_id}"


class InterestPriority(models.Model):
    """How the idea serves a priority of the programme."""

    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="priorities")
    priority = models.ForeignKey(Priority, models.PROTECT, related_name="interests", verbose_name=_("priority"))
    how = models.TextField(_("how"))

    class Meta:
        verbose_name = _("priority of an expression of interest")
        verbose_name_plural = _("priorities of expressions of interest")
        ordering = ["priority__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["interest", "priority"], name="priority_once_an_interest")]

    def __str__(self) -> str:
        return f"{self.interest_id}: {self.priority_id}"


class MobilityFlow(models.Model):
    """Planned numbers: `count` equal mobilities, as asked in the interest, as applied for, or as awarded."""

    interest = models.ForeignKey(ExpressionOfInterest, models.CASCADE, related_name="flows")
    stage = models.CharField(_("whose numbers"), max_length=12, choices=FlowStage.choices, default=FlowStage.INTEREST)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
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
        verbose_name = _("mobility flow")
        verbose_name_plural = _("mobility flows")
        ordering = ["stage", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.count} × {self.direction} {self.kind}"


class InterestSubmission(models.Model):
    """Exactly what was handed in, with its hash: the receipt. Another one follows only where the office gave it back."""

    interest = models.ForeignKey(ExpressionOfInterest, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"))
    received_at = models.DateTimeField(_("received"), editable=False)
    content = models.TextField(_("what was handed in"), editable=False)
    content_hash = models.CharField(_("hash"), max_length=64, editable=False)
    asked_cents = models.BigIntegerField(_("asked, in cents"), null=True, editable=False)
    mobilities = models.PositiveIntegerField(_("mobilities"), default=0, editable=False)

    class Meta:
        verbose_name = _("submission of an expression of interest")
        verbose_name_plural = _("submissions of expressions of interest")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["interest", "number"], name="submission_number_once")]

    def __str__(self) -> str:
        return f"{self.interest_id}/{self.number}"
