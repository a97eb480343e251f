"""One person told to one partner, and the signed link by which the partner's contact reads the list and answers."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.choices import Retention
from goliard.apps.nominations.choices import NominationState
from goliard.apps.people.models import Contact
from goliard.apps.placement.models import Offer
from goliard.apps.rounds.models import RoundDestination


class Nomination(models.Model):
    """A nomination out of an accepted offer. `public_id` is the identifier of the mobility that follows from it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offer = models.OneToOneField(Offer, models.PROTECT, related_name="nomination", verbose_name=_("offer"))
    destination = models.ForeignKey(RoundDestination, models.PROTECT, related_name="nominations", verbose_name=_("destination"))
    state = models.CharField(_("state"), max_length=10, choices=NominationState.choices, default=NominationState.PREPARED, editable=False)
    prepared_at = models.DateTimeField(_("prepared"), editable=False)
    sent_at = models.DateTimeField(_("nominated"), null=True, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.CharField(_("answered by"), max_length=200, blank=True, editable=False)
    remark = models.CharField(_("remark of the partner"), max_length=500, blank=True)
    reason = models.CharField(_("reason of the withdrawal"), max_length=500, blank=True)
    retention_class = models.CharField(_("retention"), max_length=12, choices=Retention.choices, default=Retention.APPLICATION)

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["destination_id", "pk"]
        indexes = [models.Index(fields=["destination", "state"], name="nomination_of_destination")]

    def __str__(self) -> str:
        return f"{self.destination_id}: {self.offer_id}"


class NominationLink(models.Model):
    """A link for one contact to the list of one destination. Only the hash of its secret is stored; it expires and can be revoked."""

    destination = models.ForeignKey(RoundDestination, models.CASCADE, related_name="nomination_links", verbose_name=_("destination"))
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="nomination_links", verbose_name=_("contact"))
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to nominations")
        verbose_name_plural = _("links to nominations")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.destination_id}: {self.contact_id}"
