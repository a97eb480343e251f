"""The Django app `messaging`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Messages."""

    name = "goliard.apps.messaging"
    label = "messaging"
    verbose_name = _("Messages")
