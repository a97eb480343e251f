"""The Django app `documents`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Documents."""

    name = "goliard.apps.documents"
    label = "documents"
    verbose_name = _("Documents")
