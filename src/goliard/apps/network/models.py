"""Tables of the network: signing keys, copies of the registry's catalogue, notifications and the log of exchanges."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.network.choices import Direction, KeyUse


class SigningKey(models.Model):
    """A key pair of ours. `key_id` is the SHA-256 of the public key, by which partners look it up.

    A key is published from its creation until `published_until`, and signs from `signs_from` until a later key of its use does.
    """

    use = models.CharField(_("signs"), max_length=8, choices=KeyUse.choices)
    key_id = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    public_der = models.BinaryField(editable=False)
    encrypted_private = models.TextField(editable=False)
    created_at = models.DateTimeField(_("made"))
    signs_from = models.DateTimeField(_("signs from"))
    published_until = models.DateTimeField(_("published until"), null=True, blank=True)

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["use", "signs_from", "pk"]

    def __str__(self) -> str:
        return f"{self.use} {self.key_id[:16]}"


class CatalogueCopy(models.Model):
    """A good copy of the registry's catalogue, compressed. The newest one counts; a failed refresh leaves it in place."""

    source = models.CharField(_("source"), max_length=500)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    compressed = models.BinaryField(editable=False)
    institutions = models.PositiveIntegerField(_("institutions"))
    fetched_at = models.DateTimeField(_("fetched"))
    checked_at = models.DateTimeField(_("last found unchanged"))
    failed_at = models.DateTimeField(_("last failure"), null=True, blank=True)
    failure = models.CharField(_("what failed"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("copy of the catalogue")
        verbose_name_plural = _("copies of the catalogue")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.sha256[:16]}"


class ReceivedNotification(models.Model):
    """A partner says that something changed: only an id, to be pulled later. Repeated ones that wait are one row."""

    api = models.CharField(_("about"), max_length=40)
    hei_id = models.CharField(_("sender"), max_length=120)
    subject = models.CharField(_("id"), max_length=64)
    first_at = models.DateTimeField(_("first received"))
    received_at = models.DateTimeField(_("last received"))
    times = models.PositiveIntegerField(_("times"), default=1)
    pulled_at = models.DateTimeField(_("pulled"), null=True, blank=True)

    class Meta:
        verbose_name = _("received notification")
        verbose_name_plural = _("received notifications")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["api", "hei_id", "subject"], condition=models.Q(pulled_at__isnull=True), name="notification_waits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hei_id} {self.api} {self.subject}"


class Exchange(models.Model):
    """One request and its answer, without bodies and without values that people typed. Old rows make way for new ones."""

    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    endpoint = models.CharField(_("endpoint"), max_length=60)
    hei_id = models.CharField(_("partner"), max_length=120, blank=True)
    key_id = models.CharField(_("key"), max_length=64, blank=True)
    asked = models.CharField(_("asked"), max_length=300, blank=True)
    status = models.PositiveSmallIntegerField(_("status"))
    message = models.CharField(_("message"), max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.direction} {self.endpoint} {self.status}"
