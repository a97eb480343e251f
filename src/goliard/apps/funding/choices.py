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


class StepKind(models.TextChoices):
    """The steps of a call, in the order of the process."""

    ANNOUNCEMENT = "announcement", _("announcement")
    ADVICE = "advice", _("advice talk")
    INTEREST = "interest", _("expression of interest")
    PRE_SELECTION = "pre-selection", _("pre-selection")
    DRAFT = "draft", _("draft application")
    FINAL = "final", _("final application")
    SUBMISSION = "submission", _("submission to the National Agency")
    AGENCY_DECISION = "agency-decision", _("decision of the National Agency")
    AWARD = "award", _("award")
    CLOSURE = "closure", _("closure")


class QuestionStage(models.TextChoices):
    """For what a question is asked."""

    INTEREST = "interest", _("expression of interest")
    APPLICATION = "application", _("application")


class InterestState(models.TextChoices):
    """The life of an expression of interest; its transitions stand in `goliard.rules.lifecycles.expression_of_interest`."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    SELECTED = "selected", _("selected")
    NOT_SELECTED = "not-selected", _("not selected")
    WITHDRAWN = "withdrawn", _("withdrawn")


class FlowStage(models.TextChoices):
    """Whose numbers a flow holds."""

    INTEREST = "interest", _("expression of interest")
    APPLICATION = "application", _("application")
    AWARDED = "awarded", _("awarded")


class FlowDirection(models.TextChoices):
    """Which way, seen from the home institution."""

    INCOMING = "incoming", _("incoming")
    OUTGOING = "outgoing", _("outgoing")


class FlowKind(models.TextChoices):
    """Who goes, what for and in which cycle, as one choice."""

    BACHELOR = "student/studies/first", _("bachelor students: study")
    MASTER = "student/studies/second", _("master students: study")
    DOCTORAL = "student/studies/third", _("PhD candidates: study or research")
    BACHELOR_TRAINEE = "student/traineeship/first", _("bachelor students: traineeship")
    MASTER_TRAINEE = "student/traineeship/second", _("master students: traineeship")
    DOCTORAL_TRAINEE = "student/traineeship/third", _("PhD candidates: traineeship")
    TEACHING = "staff/teaching/", _("staff: teaching")
    TRAINING = "staff/training/", _("staff: training")


class ApplicationState(models.TextChoices):
    """The life of an application; its transitions stand in `goliard.rules.lifecycles.application`."""

    DRAFT = "draft", _("draft")
    FINAL = "final", _("final")
    SUBMITTED = "submitted", _("submitted")
    DECIDED = "decided", _("decided")


class ExportKind(models.TextChoices):
    """In which form a submission is kept."""

    JSON = "json", "JSON"
    XLSX = "xlsx", "XLSX"
    PDF = "pdf", "PDF"


class FileLanguage(models.TextChoices):
    """In which language the files of an application are written: that of the National Agency."""

    ENGLISH = "en", _("English")
    DUTCH = "nl", _("Dutch")


class VersionStage(models.TextChoices):
    """Which version of a partnership was handed in."""

    DRAFT = "draft", _("first draft")
    FINAL = "final", _("final version")


class Outcome(models.TextChoices):
    """What the National Agency decided about a partnership."""

    AWARDED = "awarded", _("awarded")
    PARTLY = "partly", _("awarded in part")
    REFUSED = "refused", _("refused")
