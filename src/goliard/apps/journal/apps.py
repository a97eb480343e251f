"""The Django app `journal`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Journal."""

    name = "goliard.apps.journal"
    label = "journal"
    verbose_name = _("Journal")
