"""Words that the tables of scoring may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SheetState(models.TextChoices):
    """How far a member is with a sheet. With a conflict of interest the file is never opened and the sheet never counts."""

    WAITING = "waiting", _("waiting for a declaration")
    READING = "reading", _("being read")
    CONFLICT = "conflict", _("conflict of interest")
    SUBMITTED = "submitted", _("handed in")
