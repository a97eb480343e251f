"""Pre-selection: scoring sheets of reviewers, and the office's decision with its reasons."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.models import User
from goliard.apps.funding.models.interests import ExpressionOfInterest
from goliard.apps.funding.models.questions import CallQuestion


class ScoringSheet(models.Model):
    """What one reviewer thinks of one interest. With a declared conflict there are no points."""

    interest = models.ForeignKey(ExpressionOfInterest, models.PROTECT, related_name="sheets")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="sheets", verbose_name=_("reviewer"))
    conflict = models.BooleanField(_("conflict of interest"), default=False)
    comment = models.TextField(_("comment"), blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)

    class Meta:
        verbose_name = _("scoring sheet")
        verbose_name_plural = _("scoring sheets")
        ordering = ["interest_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["interest", "reviewer"], name="sheet_once_a_reviewer")]

    def __str__(self) -> str:
        return f"{self.interest_id}: {self.reviewer_id}"


class SheetScore(models.Model):
    """The points for one question."""

    sheet = models.ForeignKey(ScoringSheet, models.CASCADE, related_name="scores")
    question = models.ForeignKey(CallQuestion, models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ["question__position"]
        constraints = [models.UniqueConstraint(fields=["sheet", "question"], name="score_once_a_question")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.points}"


class InterestDecision(models.Model):
    """The office's decision, with the ranking as it stood then."""

    interest = models.OneToOneField(ExpressionOfInterest, models.PROTECT, related_name="decision")
    is_selected = models.BooleanField(_("selected"))
    because_nl = models.TextField(_("reasons in Dutch"))
    because_en = models.TextField(_("reasons in English"))
    ranking = models.TextField(_("ranking"), blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), editable=False)

    class Meta:
        verbose_name = _("decision on an expression of interest")
        verbose_name_plural = _("decisions on expressions of interest")
        ordering = ["decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.interest_id}: {self.is_selected}"
