"""Words that the register's fields may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Continent(models.TextChoices):
    """The seven-continent model: the Americas are two, the Caribbean and Central America belong to the northern one, Armenia to Asia."""

    AFRICA = "africa", _("Africa")
    ANTARCTICA = "antarctica", _("Antarctica")
    ASIA = "asia", _("Asia")
    EUROPE = "europe", _("Europe")
    NORTH_AMERICA = "north-america", _("North America")
    OCEANIA = "oceania", _("Oceania")
    SOUTH_AMERICA = "south-america", _("South America")


class ProgrammeStatus(models.TextChoices):
    """What a country is to the Erasmus+ programme at a date."""

    PROGRAMME = "programme", _("programme country")
    PARTNER = "partner", _("partner country")


class AdviceColour(models.TextChoices):
    """The colour codes of the Ministry of Foreign Affairs; the same words as `goliard.rules.eligibility.facts.TravelAdvice`."""

    GREEN = "green", _("green")
    YELLOW = "yellow", _("yellow")
    ORANGE = "orange", _("orange")
    RED = "red", _("red")


class Verification(models.TextChoices):
    """How well a figure or fact is verified; the codes of the reference data."""

    OFFICIAL = "V1", _("official text")
    SECONDARY = "V2", _("secondary page")
    DERIVED = "D", _("derived")
    UNVERIFIED = "U", _("not verified")


class OrganisationKind(models.TextChoices):
    """What an organisation is."""

    HEI = "hei", _("higher education institution")
    RESEARCH_INSTITUTE = "research-institute", _("research institute")
    HOSPITAL = "hospital", _("hospital")
    COMPANY = "company", _("company")
    NGO = "ngo", _("non-governmental organisation")
    GOVERNMENT = "government", _("government")
    CONSORTIUM = "consortium", _("consortium")
    NATIONAL_AGENCY = "national-agency", _("National Agency")
    EU_BODY = "eu-body", _("European Union body")
    OTHER = "other", _("other organisation")


class GovernmentLevel(models.TextChoices):
    """At which level a government partner works."""

    LOCAL = "local", _("local")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")
    EUROPEAN = "european", _("European")
    INTERNATIONAL = "international", _("international")


class NameStatus(models.TextChoices):
    """Whether a source names this organisation for what it is shown for."""

    CONFIRMED = "confirmed", _("confirmed")
    CANDIDATE = "candidate", _("not confirmed by a source")
    PLACEHOLDER = "placeholder", _("not named in the sources")


class NameKind(models.TextChoices):
    """Which kind of name a name row is."""

    OFFICIAL = "official", _("official name")
    SHORT = "short", _("short name")
    ACRONYM = "acronym", _("abbreviation")
    ALIAS = "alias", _("other spelling")


class IdentifierScheme(models.TextChoices):
    """Who issues an identifier of an organisation."""

    HEI_ID = "hei-id", _("SCHAC code (EWP)")
    ERASMUS = "erasmus", _("Erasmus code")
    PIC = "pic", _("PIC")
    OID = "oid", _("Organisation ID (OID)")
    ECHE = "eche", _("Erasmus Charter (ECHE)")


class UnitKind(models.TextChoices):
    """What a unit of an organisation is."""

    INSTITUTION = "institution", _("institution as a whole")
    FACULTY = "faculty", _("faculty")
    INSTITUTE = "institute", _("institute")
    DEPARTMENT = "department", _("department")
    PROGRAMME = "programme", _("degree programme")
    OFFICE = "office", _("office")


class NetworkKind(models.TextChoices):
    """What binds the members of a network."""

    NETWORK = "network", _("university network")
    ASSOCIATION = "association", _("association")
    ALLIANCE = "alliance", _("European University alliance")
    ERASMUS_MUNDUS = "erasmus-mundus", _("Erasmus Mundus consortium")
    REGIONAL = "regional", _("regional consortium")
    INTERNATIONAL = "international", _("international consortium")
    SCIENCE_PARK = "science-park", _("science park")


class NetworkPurpose(models.TextChoices):
    """What a network is for."""

    LOBBY = "lobby", _("policy influence")
    GOOD_PRACTICE = "good-practice", _("exchange of good practice")
    JOINT_PROGRAMME = "joint-programme", _("joint programmes")
    CAMPUS = "campus", _("campus development")
    MOBILITY = "mobility", _("mobility")
    RESEARCH = "research", _("research")
    INNOVATION = "innovation", _("innovation and society")


class MembershipRole(models.TextChoices):
    """The role of a member in a network or consortium."""

    FOUNDER = "founder", _("founding member")
    MEMBER = "member", _("member")
    COORDINATOR = "coordinator", _("coordinator")


class JointProgrammeLevel(models.TextChoices):
    """The degree to which a joint programme leads."""

    MASTER = "master", _("master")
    DOCTORATE = "doctorate", _("doctorate")
