"""The Django app `accounts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Accounts."""

    name = "goliard.apps.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
