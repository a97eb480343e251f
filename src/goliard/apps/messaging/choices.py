"""Words that the tables of messages may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("waiting")
    CLAIMED = "claimed", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("uncertain: it may have been sent")
    FAILED = "failed", _("given up")
    CANCELLED = "cancelled", _("cancelled")


class BounceSource(models.TextChoices):
    """Who said that a letter did not arrive."""

    TYPED = "typed", _("typed by the office")
    MAIL = "mail", _("report of a mail server")
