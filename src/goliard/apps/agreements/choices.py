"""Words that the agreement tables may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """The rungs of the ladder, and the kinds that stand beside it."""

    MOU = "mou", _("memorandum of understanding")
    EXCHANGE = "exchange", _("exchange agreement")
    IIA_PROGRAMME = "iia-programme", _("Erasmus+ agreement, programme countries")
    IIA_PARTNER = "iia-partner", _("Erasmus+ agreement, partner country")
    TRAINEESHIP = "traineeship", _("traineeship agreement with a host")
    JOINT = "joint", _("joint programme agreement")
    CONSORTIUM = "consortium", _("consortium agreement")


class AgreementState(models.TextChoices):
    """The life of an agreement; the transitions stand in `goliard.rules.lifecycles.agreement`."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed by both")
    IN_EFFECT = "in-effect", _("in effect")
    RENEWED = "renewed", _("renewed by a later agreement")
    ENDED = "ended", _("ended")


class VersionState(models.TextChoices):
    """Where a version of an agreement stands; what was agreed never changes again."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("proposed to the partner")
    AGREED = "agreed", _("agreed by both")
    SUPERSEDED = "superseded", _("replaced by a later version")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConditionKind(models.TextChoices):
    """Which mobility a condition allows, as Erasmus Without Paper divides it."""

    STUDENT_STUDIES = "student-studies", _("students for studies")
    STUDENT_TRAINEESHIP = "student-traineeship", _("students for traineeships")
    STAFF_TEACHING = "staff-teaching", _("staff for teaching")
    STAFF_TRAINING = "staff-training", _("staff for training")


class ClaimState(models.TextChoices):
    """A claim on places is held until it is used or given back."""

    HELD = "held", _("held")
    USED = "used", _("used")
    RELEASED = "released", _("given back")


class CountSource(models.TextChoices):
    """Where a number of exchanges comes from."""

    TYPED = "typed", _("typed")
    IMPORTED = "imported", _("imported")
    COMPUTED = "computed", _("from mobilities")


class ProposalKind(models.TextChoices):
    """What a partner did on its page."""

    COMMENT = "comment", _("comment")
    PROPOSAL = "proposal", _("proposed change")
    APPROVAL = "approval", _("approval")


class InfoKind(models.TextChoices):
    """Which service of an institution a contact on the fact sheet is for."""

    APPLICATION = "application", _("application procedure")
    HOUSING = "housing", _("housing")
    VISA = "visa", _("visa")
    INSURANCE = "insurance", _("insurance")
    ACCESSIBILITY = "accessibility", _("accessible buildings and support")
    RECOGNITION = "recognition", _("recognition")
    COURSES = "courses", _("course catalogue")
    GENERAL = "general", _("general information")
    FACULTIES = "faculties", _("faculties")
    GRADES = "grades", _("grade distribution")


class ImportMode(models.TextChoices):
    """What an import does when some rows have faults."""

    ALL = "all", _("nothing is imported")
    GOOD = "good", _("the agreements without a fault are imported")


class ImportState(models.TextChoices):
    """How far an import is."""

    WAITING = "waiting", _("waiting")
    READING = "reading", _("reading the rows")
    WRITING = "writing", _("writing the agreements")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused: nothing was imported")


class ReviewDecision(models.TextChoices):
    """What happens to an agreement that ends."""

    RENEW = "renew", _("renew as it is")
    CHANGE = "change", _("renew with changes")
    END = "end", _("let it end")
