"""What was decided about an agreement that ends."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ReviewDecision
from goliard.apps.agreements.models.agreements import Agreement


class AgreementReview(models.Model):
    """An evaluation of an agreement with its outcome; the newest one counts, earlier ones stay."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="reviews", verbose_name=_("agreement"))
    decision = models.CharField(_("decision"), max_length=8, choices=ReviewDecision.choices)
    because = models.TextField(_("evaluation"), help_text=_("How it went, and why this follows."))
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = _("review of an agreement")
        verbose_name_plural = _("reviews of agreements")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.decision}"
