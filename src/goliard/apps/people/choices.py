"""Words that the fields of people may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.rules.values.cefr import CefrLevel
from goliard.rules.values.eqf import EqfLevel


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


class CycleChoice(models.IntegerChoices):
    """The cycles of higher education, by their EQF level."""

    SHORT_CYCLE = EqfLevel.SHORT_CYCLE.value, _("short cycle")
    BACHELOR = EqfLevel.BACHELOR.value, _("bachelor")
    MASTER = EqfLevel.MASTER.value, _("master")
    DOCTORATE = EqfLevel.DOCTORATE.value, _("doctorate")


class CefrChoice(models.TextChoices):
    """Levels of a language."""

    A1 = CefrLevel.A1.value, "A1"
    A2 = CefrLevel.A2.value, "A2"
    B1 = CefrLevel.B1.value, "B1"
    B2 = CefrLevel.B2.value, "B2"
    C1 = CefrLevel.C1.value, "C1"
    C2 = CefrLevel.C2.value, "C2"
    NATIVE = CefrLevel.NATIVE.value, _("native speaker")


class StaffCategory(models.TextChoices):
    """Which staff: the two are counted apart."""

    ACADEMIC = "academic", _("academic staff")
    SUPPORT = "support", _("support staff")


class Seniority(models.TextChoices):
    """How long somebody works in the field, as the reports of Erasmus+ count it."""

    JUNIOR = "junior", _("less than 10 years")
    INTERMEDIATE = "intermediate", _("10 to 20 years")
    SENIOR = "senior", _("more than 20 years")


class ToldBy(models.TextChoices):
    """Who says so."""

    STUDENT_SYSTEM = "student-system", _("student system")
    STAFF_SYSTEM = "staff-system", _("staff system")
    OFFICE = "office", _("the office")
