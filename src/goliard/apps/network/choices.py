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
