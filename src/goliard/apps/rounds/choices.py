"""Words that the tables of rounds may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundKind(models.TextChoices):
    """For whom and for what a round is."""

    UNIVERSITY_WIDE = "university-wide", _("university-wide exchange")
    FACULTY = "faculty", _("exchange of a faculty")
    ICM_PROJECT = "icm-project", _("mobility of an ICM project")
    STAFF_MOBILITY = "staff-mobility", _("staff mobility")
    TRAINEESHIP = "traineeship", _("traineeships abroad")


class Audience(models.TextChoices):
    """Who applies in a round."""

    STUDENTS = "students", _("students")
    STAFF = "staff", _("staff")


class StayPurpose(models.TextChoices):
    """What somebody goes for; which of them a round takes is a matter of the round."""

    STUDY = "study", _("study")
    TRAINEESHIP = "traineeship", _("traineeship")
    RESEARCH = "research", _("research")
    ACTIVITY = "activity", _("short activity, such as a summer school or a conference")
    TEACHING = "teaching", _("teaching")
    TRAINING = "training", _("training")


PURPOSES_OF = {
    Audience.STUDENTS: (StayPurpose.STUDY, StayPurpose.TRAINEESHIP, StayPurpose.RESEARCH, StayPurpose.ACTIVITY),
    Audience.STAFF: (StayPurpose.TEACHING, StayPurpose.TRAINING, StayPurpose.RESEARCH, StayPurpose.ACTIVITY),
}


class RoundState(models.TextChoices):
    """The life of a round; the transitions stand in `goliard.rules.lifecycles.round`."""

    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    SCORING = "scoring", _("being scored")
    PLACED = "placed", _("placed")
    PUBLISHED = "published", _("results published")
    ENDED = "ended", _("ended")


class TermChoice(models.TextChoices):
    """In which part of the academic year places are."""

    ANY = "any", _("any semester")
    AUTUMN = "autumn", _("autumn")
    SPRING = "spring", _("spring")
    YEAR = "year", _("whole year")


class TiesChoice(models.TextChoices):
    """How equal scores are ordered, said beforehand."""

    APPLICANT = "applicant", _("by the number of the application")
    SEED = "seed", _("a lottery with a published seed")


class RoundingRule(models.TextChoices):
    """How a total is cut to its decimals."""

    HALF_UP = "half-up", _("half up")
    HALF_EVEN = "half-even", _("half to even")
    DOWN = "down", _("down")


class GroupKind(models.TextChoices):
    """What makes somebody a member of a group with reserved places, a maximum or a reported minimum."""

    FEWER_OPPORTUNITIES = "fewer-opportunities", _("students with fewer opportunities")
    EARLY_CAREER = "early-career", _("staff early in their career")
    UNIT = "unit", _("people of a unit")
    BACHELOR = "bachelor", _("bachelor students")
    MASTER = "master", _("master students")


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SHORT = "short", _("one line")
    LONG = "long", _("longer text")
    CHOICE = "choice", _("one of a list")
    SEVERAL = "several", _("several of a list")
    YES_NO = "yes-no", _("yes or no")
    NUMBER = "number", _("number")
    DATE = "date", _("date")


class CriterionSource(models.TextChoices):
    """Where the value of a criterion comes from."""

    AVERAGE = "average", _("average mark in the student system")
    CREDITS = "credits", _("credits in the student system")
    COMMITTEE = "committee", _("points of the committee")
    FEWER_OPPORTUNITIES = "fewer-opportunities", _("declared fewer opportunities")


class CriterionAim(models.TextChoices):
    """What a criterion serves; applicants see how much weight each aim has."""

    EXCELLENCE = "excellence", _("excellence")
    MOTIVATION = "motivation", _("motivation and fit")
    INCLUSION = "inclusion", _("inclusion")
