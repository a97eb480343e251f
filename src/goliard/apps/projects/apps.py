"""The Django app `projects`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Projects."""

    name = "goliard.apps.projects"
    label = "projects"
    verbose_name = _("Projects")
