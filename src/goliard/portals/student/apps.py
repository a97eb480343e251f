"""The Django app `portals_student`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Student portal."""

    name = "goliard.portals.student"
    label = "portals_student"
    verbose_name = _("Student portal")
