"""Words that the tables of placement may hold."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunKind(models.TextChoices):
    """What a run is for."""

    PLACEMENT = "placement", _("placement")
    REOFFER = "reoffer", _("offering again")
    TRIAL = "trial", _("trial")


class RunState(models.TextChoices):
    """The life of a run; what people do stands in `goliard.rules.lifecycles.placement_run`."""

    WAITING = "waiting", _("waiting")
    COMPUTING = "computing", _("being computed")
    READY = "ready", _("ready, audit passed")
    FAILED = "failed", _("audit failed")
    REFUSED = "refused", _("refused")
    ADOPTED = "adopted", _("adopted as the result")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("replaced by a later run")
    DISCARDED = "discarded", _("set aside")


class RunStep(models.TextChoices):
    """How far a run is."""

    READING = "reading", _("reading the stored input")
    PLACING = "placing", _("giving out places, explaining, auditing")
    WRITING = "writing", _("writing the outcome")


class OfferState(models.TextChoices):
    """The life of an offer; the transitions stand in `goliard.rules.lifecycles.offer`."""

    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired without an answer")
    WITHDRAWN = "withdrawn", _("withdrawn by the office")
    REPLACED = "replaced", _("replaced by a better wish")


class Invited(models.TextChoices):
    """Who may take part in a later round for what is left. Whoever has a place in the earlier one may not."""

    EVERYBODY = "everybody", _("everybody without a place in the earlier round")
    UNPLACED = "unplaced", _("who took part in the earlier round and has no place")
    NEWCOMERS = "newcomers", _("who took no part in the earlier round")


class OfferOrigin(models.TextChoices):
    """How somebody came by an offer."""

    RUN = "run", _("by the placement policy")
    HAND = "hand", _("by hand")
