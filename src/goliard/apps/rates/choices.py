"""Words that the rate tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Origin(models.TextChoices):
    """Where a version of a table came from."""

    SHIPPED = "shipped", _("shipped with Goliard")
    IMPORTED = "imported", _("imported from a file")
    CARRIED = "carried", _("carried forward from an earlier call")
    EDITED = "edited", _("edited on the screen")
