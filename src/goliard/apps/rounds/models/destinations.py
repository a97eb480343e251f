"""Where one can go in a round: places drawn from an agreement or a project's flow, and for which groups they are kept."""

from __future__ import annotations

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ClaimState
from goliard.apps.agreements.models import CooperationCondition, PlaceClaim
from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit
from goliard.apps.projects.choices import Direction
from goliard.apps.projects.models import ProjectFlow
from goliard.apps.rounds.choices import GroupKind, TermChoice
from goliard.apps.rounds.models.listed import isced_codes
from goliard.apps.rounds.models.rounds import Round
from goliard.rules.values.texts import Text

OWN_HOST = Text("een gastorganisatie die je zelf vond", "a host that you found yourself")
EQF_DIGITS = RegexValidator(r"^5?6?7?8?$", _("Give EQF levels in order, such as 67."))


class RoundDestination(models.Model):
    """Where one can wish to go in a round: a partner, or a unit of it. What is given out there stands in its pools of places.

    `is_own_host` is the wish for a host that the applicant found: it stands at the home institution, and the application names the host.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="destinations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="round_destinations", verbose_name=_("partner"))
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="host_destinations", verbose_name=_("unit of the partner")
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.OUTGOING)
    is_own_host = models.BooleanField(_("a host that applicants find themselves"), default=False, editable=False)
    info_nl = models.TextField(_("information in Dutch"), blank=True)
    info_en = models.TextField(_("information in English"), blank=True)
    nominate_by = models.DateField(_("nominate to the partner by"), null=True, blank=True)
    is_withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)

    class Meta:
        verbose_name = _("destination of a round")
        verbose_name_plural = _("destinations of rounds")
        ordering = ["organisation__name_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "organisation", "unit", "direction"], name="destination_once_a_round", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.organisation.name_en}"

    def info(self, language: str) -> str:
        """The information in `nl`, or in English."""
        return self.info_nl if language.startswith("nl") else self.info_en

    @property
    def country(self) -> Country | None:
        """The country where one goes; None where it is not known, and for a host that applicants find."""
        return None if self.is_own_host else self.organisation.country

    def name(self, language: str) -> str:
        """The partner, with its unit where the places are of one."""
        if self.is_own_host:
            return OWN_HOST.in_language(language)
        unit = f", {self.unit.name(language)}" if self.unit else ""
        return self.organisation.name(language) + unit


class DestinationPool(models.Model):
    """Places at a destination out of one source, with what they are for; empty means any.

    A pool without a source holds places that the office gives without an agreement: of companies, and for hosts that applicants find.
    `claim` is how the ledger holds them while the round lasts: a round never promises what the ledger does not have.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    destination = models.ForeignKey(RoundDestination, models.PROTECT, related_name="pools")
    condition = models.ForeignKey(
        CooperationCondition, models.PROTECT, null=True, blank=True, related_name="pools", verbose_name=_("condition of an agreement")
    )
    project_flow = models.ForeignKey(
        ProjectFlow, models.PROTECT, null=True, blank=True, related_name="pools", verbose_name=_("flow of a project")
    )
    claim = models.ForeignKey(PlaceClaim, models.PROTECT, null=True, blank=True, related_name="pools", editable=False)
    places = models.PositiveIntegerField(_("places"))
    term = models.CharField(_("semester"), max_length=8, choices=TermChoice.choices, default=TermChoice.ANY)
    eqf_levels = models.CharField(_("EQF levels"), max_length=4, blank=True, validators=[EQF_DIGITS])
    subjects = models.CharField(
        _("subjects (ISCED-F)"), max_length=200, blank=True, validators=[isced_codes], help_text=_("Codes with a comma between them.")
    )
    faculty = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="pools", verbose_name=_("only for the faculty")
    )

    class Meta:
        verbose_name = _("pool of places")
        verbose_name_plural = _("pools of places")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(condition__isnull=True) | models.Q(project_flow__isnull=True),
                name="pool_from_one_source_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination_id}: {self.places} {self.term}"

    @property
    def available(self) -> int:
        """How many places may be given out: no more than the ledger holds; all of them where no agreement or project gives them."""
        if self.condition_id is None and self.project_flow_id is None:
            return self.places
        held = self.claim.places if self.claim is not None and self.claim.state != ClaimState.RELEASED else 0
        return min(self.places, held)

    @property
    def current_condition(self) -> CooperationCondition | None:
        """The condition that gives the places now: an amendment of the agreement takes the claim along to its new text."""
        return self.claim.condition if self.claim is not None and self.claim.condition is not None else self.condition

    def name(self, language: str) -> str:
        """The destination with the semester."""
        return f"{self.destination.name(language)} ({self.get_term_display()})"


class RoundGroup(models.Model):
    """A group for which places are reserved or limited. `minimum` is reported after placement and never guaranteed."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    key = models.SlugField(_("key"), max_length=60)
    kind = models.CharField(_("who"), max_length=24, choices=GroupKind.choices)
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="round_groups", verbose_name=_("unit"),
        help_text=_("Only for people of a unit."),
    )  # fmt: skip
    title_nl = models.CharField(_("name in Dutch"), max_length=120)
    title_en = models.CharField(_("name in English"), max_length=120)
    minimum = models.PositiveSmallIntegerField(
        _("hoped-for minimum in the round"), default=0, help_text=_("Reported after placement, never guaranteed.")
    )

    class Meta:
        verbose_name = _("group of a round")
        verbose_name_plural = _("groups of rounds")
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="group_once_a_round"),
            models.CheckConstraint(
                condition=models.Q(kind=GroupKind.UNIT, unit__isnull=False)
                | (~models.Q(kind=GroupKind.UNIT) & models.Q(unit__isnull=True)),
                name="group_names_its_unit",
                violation_error_message=_("A group of a unit names the unit; other groups name none."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The name in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class PoolGroup(models.Model):
    """What a pool keeps for a group: so many places first (soft), and no more than so many (hard; empty for no maximum)."""

    pool = models.ForeignKey(DestinationPool, models.CASCADE, related_name="group_places")
    group = models.ForeignKey(RoundGroup, models.PROTECT, related_name="group_places", verbose_name=_("group"))
    reserved = models.PositiveSmallIntegerField(_("reserved places"), default=0)
    maximum = models.PositiveSmallIntegerField(_("at most"), null=True, blank=True)

    class Meta:
        verbose_name = _("places of a group")
        verbose_name_plural = _("places of groups")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["pool", "group"], name="group_once_a_pool")]

    def __str__(self) -> str:
        return f"{self.pool_id}: {self.group_id} {self.reserved}"
