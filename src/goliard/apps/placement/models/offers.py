"""Places that are offered, and the lists of those who wait for one."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models import Application
from goliard.apps.placement.choices import OfferOrigin, OfferState
from goliard.apps.placement.models.runs import PlacementRun
from goliard.apps.rounds.models import DestinationPool

LIVE = (OfferState.OPEN, OfferState.ACCEPTED)


class Offer(models.Model):
    """A place for one applicant, to be answered by a moment. One live offer an application.

    `is_hoping` says that the applicant would still take a better wish: beside an accepted offer, or after giving the place back.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="offers", verbose_name=_("application"))
    run = models.ForeignKey(PlacementRun, models.PROTECT, null=True, blank=True, related_name="offers", verbose_name=_("run"))
    pool = models.ForeignKey(DestinationPool, models.PROTECT, related_name="offers", verbose_name=_("place"))
    rank = models.PositiveSmallIntegerField(_("wish"), null=True, blank=True)
    score = models.CharField(_("score"), max_length=40, blank=True)
    origin = models.CharField(_("given"), max_length=4, choices=OfferOrigin.choices, default=OfferOrigin.RUN)
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices, default=OfferState.OPEN, editable=False)
    reasons = models.JSONField(default=list, editable=False)  # [[rule, Dutch, English], …] as they stood in the outcome
    reason = models.CharField(_("reason"), max_length=500, blank=True, help_text=_("Why a person gave or withdrew it."))
    offered_at = models.DateTimeField(_("offered"), editable=False)
    answer_by = models.DateTimeField(_("answer by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, editable=False)
    is_hoping = models.BooleanField(_("would take a better wish"), default=False, editable=False)

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        ordering = ["answer_by", "pk"]
        indexes = [models.Index(fields=["state", "answer_by"], name="offer_due")]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=models.Q(state__in=LIVE), name="one_live_offer_an_application"),
            models.CheckConstraint(
                condition=models.Q(origin=OfferOrigin.RUN, run__isnull=False) | (models.Q(origin=OfferOrigin.HAND) & ~models.Q(reason="")),
                name="offer_by_hand_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.pool_id} {self.state}"

    @property
    def is_live(self) -> bool:
        """Whether it holds a place."""
        return self.state in LIVE


class WaitingListEntry(models.Model):
    """Somebody who would rather have this place than what they got, as the newest published run found it. The order is that of standing."""

    run = models.ForeignKey(PlacementRun, models.CASCADE, related_name="waiting", verbose_name=_("run"))
    application = models.ForeignKey(Application, models.PROTECT, related_name="waiting", verbose_name=_("application"))
    pool = models.ForeignKey(DestinationPool, models.PROTECT, related_name="waiting", verbose_name=_("place"))
    rank = models.PositiveSmallIntegerField(_("wish"))
    position = models.PositiveIntegerField(_("position"))
    score = models.CharField(_("score"), max_length=40)
    left_at = models.DateTimeField(_("left the list"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("entry of a waiting list")
        verbose_name_plural = _("entries of waiting lists")
        ordering = ["pool_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["run", "pool", "application"], name="waiting_once"),
            models.UniqueConstraint(fields=["run", "pool", "position"], name="waiting_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id}/{self.position}: {self.application_id}"
