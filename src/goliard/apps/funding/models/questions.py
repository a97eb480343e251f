"""The questions that a call asks, with the criteria by which answers are judged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import QuestionStage
from goliard.apps.funding.models.calls import FundingCall


class CallQuestion(models.Model):
    """A question in both languages with its criteria, and the longest answer in characters (0 for no limit)."""

    call = models.ForeignKey(FundingCall, models.CASCADE, related_name="questions")
    stage = models.CharField(_("asked in"), max_length=12, choices=QuestionStage.choices, default=QuestionStage.INTEREST)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    text_nl = models.CharField(_("question in Dutch"), max_length=500)
    text_en = models.CharField(_("question in English"), max_length=500)
    criteria_nl = models.TextField(_("criteria in Dutch"), blank=True)
    criteria_en = models.TextField(_("criteria in English"), blank=True)
    longest = models.PositiveIntegerField(_("longest answer, in characters"), default=3000)
    most_points = models.PositiveSmallIntegerField(_("most points"), default=10)

    class Meta:
        verbose_name = _("question of a call")
        verbose_name_plural = _("questions of calls")
        ordering = ["stage", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "stage", "position"], name="question_place_once")]

    def __str__(self) -> str:
        return self.text_en

    def text(self, language: str) -> str:
        """The question in `nl`, or the English one."""
        return self.text_nl if language.startswith("nl") else self.text_en

    def criteria(self, language: str) -> str:
        """The criteria in `nl`, or the English ones."""
        return self.criteria_nl if language.startswith("nl") else self.criteria_en
