"""Words that the fields of people may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifierScheme(models.TextChoices):
    """Who numbers a person, and for what."""

    STUDENT_NUMBER = "student-number", _("student number")
    STAFF_NUMBER = "staff-number", _("staff number")
    ESI = "esi", _("European Student Identifier")
    SUBJECT = "subject", _("sign-in subject")
    CARD = "card", _("card number")
    ORCID = "orcid", _("ORCID")


class ContactRole(models.TextChoices):
    """What one turns to a contact for."""

    GENERAL = "general", _("general")
    COORDINATOR = "coordinator", _("institutional coordinator")
    OUTGOING = "outgoing", _("outgoing mobility")
    INCOMING = "incoming", _("incoming mobility")
    AGREEMENTS = "agreements", _("agreements")
    STAFF_MOBILITY = "staff-mobility", _("staff mobility")
    ACADEMIC = "academic", _("academic contact")
    FINANCE = "finance", _("finance")
    IT = "it", _("technical contact")
    SIGNATORY = "signatory", _("signatory")
