"""Words that the tables of nominations may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NominationState(models.TextChoices):
    """The life of a nomination; the transitions stand in `goliard.rules.lifecycles.nomination`."""

    PREPARED = "prepared", _("to be nominated")
    SENT = "sent", _("nominated")
    CONFIRMED = "confirmed", _("confirmed by the partner")
    REFUSED = "refused", _("refused by the partner")
    WITHDRAWN = "withdrawn", _("withdrawn")
