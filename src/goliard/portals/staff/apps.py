"""The Django app `portals_staff`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Staff portal."""

    name = "goliard.portals.staff"
    label = "portals_staff"
    verbose_name = _("Staff portal")
