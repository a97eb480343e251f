"""A later round for the places that an earlier one left: who is invited to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.placement.choices import Invited
from goliard.apps.rounds.models import Round


class LaterRound(models.Model):
    """Who may take part in a round that follows another one (`Round.follows`)."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="as_later_round", verbose_name=_("round"))
    invites = models.CharField(_("who is invited"), max_length=10, choices=Invited.choices, default=Invited.EVERYBODY)

    class Meta:
        verbose_name = _("later round")
        verbose_name_plural = _("later rounds")

    def __str__(self) -> str:
        return f"{self.round_id}: {self.invites}"
