"""Words that the tables of the network may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyUse(models.TextChoices):
    """What a key signs. The network refuses requests that are signed with a key for answers."""

    CLIENT = "client", _("our requests")
    SERVER = "server", _("our answers")


class Direction(models.TextChoices):
    """Who asked."""

    RECEIVED = "received", _("received")
    SENT = "sent", _("sent")


class NotificationState(models.TextChoices):
    """Where a notification to a partner stands. One that is being sent still waits: to be told twice harms nobody."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    CANCELLED = "cancelled", _("cancelled")
