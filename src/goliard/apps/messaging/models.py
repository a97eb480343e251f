"""Templates of letters, and their deliveries."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.models import StoredFile
from goliard.apps.messaging.choices import BounceSource, DeliveryState


class LetterTemplate(models.Model):
    """A letter in both languages. `{{ name }}` stands for a value that the use case gives; which ones it may use stands in `letters.py`."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    subject_nl = models.CharField(_("subject in Dutch"), max_length=200)
    subject_en = models.CharField(_("subject in English"), max_length=200)
    body_nl = models.TextField(_("text in Dutch"))
    body_en = models.TextField(_("text in English"))

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One message to one address. `dedupe` names what it is about and to whom: the same thing is never queued twice."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dedupe = models.CharField(max_length=200, unique=True)
    letter = models.SlugField(_("letter"), max_length=60)
    address = models.EmailField(_("to"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=250)
    body = models.TextField(_("text"))
    sealed = models.TextField(blank=True, editable=False)  # secrets of the text, until it has left: see `sealing`
    attachment = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("attachment")
    )
    about_type = models.CharField(max_length=100, blank=True)
    about_id = models.CharField(max_length=100, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("due"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    claimed_by = models.CharField(max_length=100, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["about_type", "about_id"], name="delivery_about"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} → {self.address}"


class Bounce(models.Model):
    """A letter that did not arrive: at which address, for good or for now, and who says so. `report_id` names the report."""

    address = models.EmailField(_("address"), db_index=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="bounces", verbose_name=_("letter"))
    is_permanent = models.BooleanField(_("for good"))
    status = models.CharField(_("status"), max_length=12, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=6, choices=BounceSource.choices)
    report_id = models.CharField(max_length=200, blank=True, editable=False)
    reported_at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["report_id", "address"], condition=~models.Q(report_id=""), name="bounce_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.status}"
