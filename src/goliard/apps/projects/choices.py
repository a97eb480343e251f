"""Words that the project tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProjectState(models.TextChoices):
    """The life of a project's public record; the transitions stand in `goliard.rules.lifecycles.project`."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")


class PartnershipKind(models.TextChoices):
    """Whether the partnership is new or goes on from an earlier project."""

    NEW = "new", _("new partnership")
    CONTINUED = "continued", _("continued partnership")


class PartnerRole(models.TextChoices):
    """What a partner is in a project."""

    PARTNER = "partner", _("partner")
    COORDINATOR = "coordinator", _("coordinating organisation")
    CONSORTIUM_MEMBER = "consortium-member", _("consortium member in the home country")
    ASSOCIATED = "associated", _("associated partner")


class CoordinatorRole(models.TextChoices):
    """Main or co-coordinator."""

    MAIN = "main", _("coordinator")
    CO = "co", _("co-coordinator")


class CoordinatorSide(models.TextChoices):
    """For which side a coordinator stands."""

    HOME = "home", _("home institution")
    PARTNER = "partner", _("partner")


class Participant(models.TextChoices):
    """Who travels."""

    STUDENT = "student", _("students")
    STAFF = "staff", _("staff")


class Direction(models.TextChoices):
    """Which way, seen from the home institution; empty where no source says so."""

    INCOMING = "incoming", _("incoming")
    OUTGOING = "outgoing", _("outgoing")


class Purpose(models.TextChoices):
    """What a mobility is for."""

    STUDY = "study", _("study")
    TRAINEESHIP = "traineeship", _("traineeship")
    RESEARCH = "research", _("research")
    TEACHING = "teaching", _("teaching")
    TRAINING = "training", _("training")


class OutputKind(models.TextChoices):
    """What a cooperation project does with an innovative practice."""

    DEVELOPMENT = "development", _("development")
    TRANSFER = "transfer", _("transfer")
    IMPLEMENTATION = "implementation", _("implementation")
    VALORISATION = "valorisation", _("start-up or valorisation")


class ImpactLevel(models.TextChoices):
    """At which level an output has its effect."""

    LOCAL = "local", _("local")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")
    EUROPEAN = "european", _("European")
    INTERNATIONAL = "international", _("international")


class JeanMonnetKind(models.TextChoices):
    """What a Jean Monnet action pays for."""

    CHAIR = "chair", _("Jean Monnet Chair")
    MODULE = "module", _("Jean Monnet Module")
    CENTRE = "centre", _("Jean Monnet Centre of Excellence")
    OTHER = "other", _("other Jean Monnet activity")


class InitiativeState(models.TextChoices):
    """How far a joint programme in the making is; the transitions stand in `goliard.rules.lifecycles.initiative`."""

    IDEA = "idea", _("idea")
    FEASIBILITY = "feasibility", _("feasibility study")
    CONSORTIUM = "consortium", _("consortium being formed")
    APPLICATION = "application", _("application for funding")
    ENDED = "ended", _("ended without application")


class BudgetCategory(models.TextChoices):
    """The headings of a budget, as the grant engine names them."""

    INDIVIDUAL_SUPPORT = "individual_support", _("individual support")
    TRAVEL = "travel", _("travel")
    TOP_UPS = "top_ups", _("top-ups")
    ORGANISATIONAL_SUPPORT = "organisational_support", _("organisational support")
    INCLUSION_SUPPORT = "inclusion_support", _("inclusion support")
    EXCEPTIONAL_COSTS = "exceptional_costs", _("exceptional costs")


class ChangeState(models.TextChoices):
    """How far a request to add a partner is."""

    REQUESTED = "requested", _("requested")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class InterruptionKind(models.TextChoices):
    """Why a project stands still."""

    SUSPENSION = "suspension", _("suspension")
    FORCE_MAJEURE = "force-majeure", _("force majeure")
