"""A value that the office puts in the place of what records or sheets say, with a reason."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models import Application
from goliard.apps.rounds.models import Criterion
from goliard.rules.values.scaled import unscaled


class ScoreCorrection(models.Model):
    """The newest one of an application and a criterion counts; an empty value takes the correction back. Values are in thousandths."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="score_corrections")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="corrections", verbose_name=_("criterion"))
    thousandths = models.PositiveIntegerField(_("value, in thousandths"), null=True)
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made"), editable=False)

    class Meta:
        verbose_name = _("correction of a score")
        verbose_name_plural = _("corrections of scores")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.criterion_id}"

    @property
    def value(self) -> Decimal | None:
        """The value itself; None takes a correction back."""
        return unscaled(self.thousandths, 3)
