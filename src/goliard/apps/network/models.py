"""Tables of the network: signing keys, copies of the registry's catalogue, notifications and the log of exchanges."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.network.choices import Direction, KeyUse, NotificationState


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
    """A partner says that something changed: only an id, to be pulled later. Repeated ones that wait are one row.

    One that cannot be pulled is tried again at `due_at`; after a day it counts as pulled and keeps its `last_error`.
    """

    api = models.CharField(_("about"), max_length=40)
    hei_id = models.CharField(_("sender"), max_length=120)
    subject = models.CharField(_("id"), max_length=64)
    first_at = models.DateTimeField(_("first received"))
    received_at = models.DateTimeField(_("last received"))
    times = models.PositiveIntegerField(_("times"), default=1)
    pulled_at = models.DateTimeField(_("pulled"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

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


class NotificationDelivery(models.Model):
    """We say to a partner that something of ours changed: only an id, which the partner pulls later.

    While one waits, further changes of the same thing are counted in it (`times`). It is claimed until a moment; where the process that
    claimed it is gone by then, another one sends it (again).
    """

    api = models.CharField(_("about"), max_length=40)
    hei_id = models.CharField(_("partner"), max_length=120)
    subject = models.CharField(_("id"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=NotificationState.choices, default=NotificationState.WAITING)
    times = models.PositiveIntegerField(_("times"), default=1)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("due"))
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("notification to a partner")
        verbose_name_plural = _("notifications to partners")
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="notification_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["api", "hei_id", "subject"], condition=models.Q(state="waiting"), name="notification_to_partner_waits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.api} {self.subject} → {self.hei_id}"


class Peer(models.Model):
    """A partner's node: what the catalogue says of it, and when its index was last looked through.

    `apis` holds one entry an API: `{"name", "version", "urls", "limits", "takes_signatures", "signs_answers", "is_spoken"}`.
    """

    hei_id = models.CharField(_("institution"), max_length=120, unique=True)
    is_in_catalogue = models.BooleanField(_("in the catalogue"), default=False)
    apis = models.JSONField(default=list, blank=True, editable=False)
    admin_provider = models.CharField(_("provider"), max_length=200, blank=True)
    admin_emails = models.JSONField(default=list, blank=True, editable=False)
    checked_at = models.DateTimeField(_("compared with the catalogue"))
    indexed_at = models.DateTimeField(_("index last looked through"), null=True, blank=True)
    indexed_whole_at = models.DateTimeField(_("whole index last looked through"), null=True, blank=True)
    index_due_at = models.DateTimeField(_("index due"), null=True, blank=True)
    index_attempts = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    index_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("node of a partner")
        verbose_name_plural = _("nodes of partners")
        ordering = ["hei_id"]

    def __str__(self) -> str:
        return self.hei_id


class Exchange(models.Model):
    """One request and its answer, without values that people typed. Old rows make way for new ones.

    `answer` is kept of answers that do not count, with personal data masked; `skew` is how many seconds the partner's clock was ahead;
    `faults` are the lines of its schema that an answer broke, with line and path.
    """

    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    endpoint = models.CharField(_("endpoint"), max_length=60)
    hei_id = models.CharField(_("partner"), max_length=120, blank=True)
    key_id = models.CharField(_("key"), max_length=64, blank=True)
    asked = models.CharField(_("asked"), max_length=300, blank=True)
    status = models.PositiveSmallIntegerField(_("status"))
    message = models.CharField(_("message"), max_length=300, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    answer = models.TextField(_("answer"), blank=True, editable=False)
    skew = models.IntegerField(_("clock ahead by, in seconds"), null=True, blank=True)
    faults = models.JSONField(default=list, blank=True, editable=False)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("exchange")
        verbose_name_plural = _("exchanges")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["hei_id", "-id"], name="exchange_of_partner")]

    def __str__(self) -> str:
        return f"{self.direction} {self.endpoint} {self.status}"
