"""Words that the funding tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionKind(models.TextChoices):
    """Which kind of project an action funds."""

    MOBILITY = "mobility", _("Key Action 1: mobility")
    COOPERATION = "cooperation", _("Key Action 2: cooperation")
    JEAN_MONNET = "jean-monnet", _("Jean Monnet")
    ERASMUS_MUNDUS = "erasmus-mundus", _("Erasmus Mundus")
    OTHER = "other", _("other action")


class MobilityTrack(models.TextChoices):
    """Which way a mobility action leads: inside the programme's countries, or between them and the rest of the world."""

    EUROPE = "europe", _("between programme countries")
    ICM = "icm", _("International Credit Mobility")


class Sector(models.TextChoices):
    """The sector of education that a programme or project serves."""

    HIGHER_EDUCATION = "higher-education", _("higher education")
    SCHOOL = "school", _("school education")
    VOCATIONAL = "vocational", _("vocational education and training")
    ADULT = "adult", _("adult education")
    YOUTH = "youth", _("youth")
    SPORT = "sport", _("sport")


class CallState(models.TextChoices):
    """Where a call stands."""

    ANNOUNCED = "announced", _("announced")
    OPEN = "open", _("open")
    SUBMITTED = "submitted", _("submitted")
    DECIDED = "decided", _("decided")
    CLOSED = "closed", _("closed")


class Measure(models.TextChoices):
    """What a published figure of a call counts."""

    PROJECTS = "projects", _("projects")
    COUNTRIES = "countries", _("countries")
    PARTNERS = "partners", _("partner institutions")
    MOBILITIES = "mobilities", _("students and staff awarded")
    MOBILITIES_GRANTED = "mobilities-granted", _("mobilities granted")
    MOBILITIES_REALISED = "mobilities-realised", _("mobilities realised")
    AWARD_CENTS = "award-cents", _("award in cents")


class Qualifier(models.TextChoices):
    """How exact a published number is."""

    EXACT = "", _("exactly")
    OVER = "over", _("over")
    MORE_THAN = "more-than", _("more than")
    ABOUT = "about", _("about")
    SINCE = "since", _("since")


class PriorityOwner(models.TextChoices):
    """Whose priority it is."""

    PROGRAMME = "programme", _("Erasmus+ programme")
    INSTITUTION = "institution", _("institution")


class PolicyDocumentKind(models.TextChoices):
    """What a policy document is."""

    GUIDE = "guide", _("programme guide")
    CHARTER = "charter", _("Erasmus Charter for Higher Education")
    POLICY_STATEMENT = "policy-statement", _("Erasmus Policy Statement")
    STRATEGIC_PLAN = "strategic-plan", _("strategic plan")
    EDUCATION_VISION = "education-vision", _("vision on education")
    FRAMEWORK = "framework", _("policy framework")


class FunderRole(models.TextChoices):
    """In which role an organisation stands behind a call."""

    NATIONAL_AGENCY = "national-agency", _("National Agency")
    EACEA = "eacea", _("European Education and Culture Executive Agency")
    COMMISSION = "commission", _("European Commission")
    OTHER = "other", _("other funder")
