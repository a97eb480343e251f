"""Words that the tables of scholarships may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScholarshipState(models.TextChoices):
    """The life of a request; its transitions stand in `goliard.rules.lifecycles.scholarship`."""

    SUBMITTED = "submitted", _("submitted")
    AWARDED = "awarded", _("awarded")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    PAID = "paid", _("paid")


class StayPurpose(models.TextChoices):
    """What the stay is for."""

    STUDY = "study", _("study")
    TRAINEESHIP = "traineeship", _("traineeship")
    RESEARCH = "research", _("research")


class StudyCycle(models.TextChoices):
    """In which cycle the student is."""

    FIRST = "first", _("bachelor")
    SECOND = "second", _("master")
    THIRD = "third", _("doctorate")
