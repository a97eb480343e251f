"""Words that the tables of applications may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    """The life of an application; its transitions stand in `goliard.rules.lifecycles.round_application`."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ApprovalState(models.TextChoices):
    """What a line manager said."""

    NAMED = "named", _("not asked yet")
    ASKED = "asked", _("asked")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("not approved")


class Ground(models.TextChoices):
    """Why somebody has fewer opportunities, in the words of the Erasmus+ programme."""

    DISABILITY = "disability", _("disability")
    HEALTH = "health", _("health problems")
    ECONOMIC = "economic", _("economic obstacles")
    SOCIAL = "social", _("social obstacles")
    EDUCATION = "education", _("first of the family in higher education")
    CULTURAL = "cultural", _("cultural differences or a refugee background")
    GEOGRAPHIC = "geographic", _("remote or poor region")
    CARE = "care", _("care for children or relatives")
    OTHER = "other", _("something else")


class Assessment(models.TextChoices):
    """What the office made of a declaration."""

    OPEN = "open", _("not assessed yet")
    RECOGNISED = "recognised", _("recognised")
    REFUSED = "refused", _("not recognised")
