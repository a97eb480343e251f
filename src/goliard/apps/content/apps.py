"""The Django app `content`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Content."""

    name = "goliard.apps.content"
    label = "content"
    verbose_name = _("Content")
