"""Words that the fields of accounts may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.rules.access.actor import Role


class RoleName(models.TextChoices):
    """The roles of the rules, with their names on screen."""

    ADMINISTRATOR = Role.ADMINISTRATOR.value, _("administrator")
    OFFICER = Role.OFFICER.value, _("officer")
    FACULTY_OFFICER = Role.FACULTY_OFFICER.value, _("faculty officer")
    STAFF = Role.STAFF.value, _("staff member")
    STUDENT = Role.STUDENT.value, _("student")
    PARTNER_CONTACT = Role.PARTNER_CONTACT.value, _("partner contact")
    AUDITOR = Role.AUDITOR.value, _("auditor")


class TokenRole(models.TextChoices):
    """The roles that a token of the API may act as: those that read the office's records. None administers accounts."""

    OFFICER = Role.OFFICER.value, _("officer")
    FACULTY_OFFICER = Role.FACULTY_OFFICER.value, _("faculty officer")
    AUDITOR = Role.AUDITOR.value, _("auditor")
