"""Places: how a university-wide condition is split over units, the one ledger of claims, and what was exchanged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ClaimState, ConditionKind, CountSource
from goliard.apps.agreements.models.conditions import CooperationCondition
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.projects.choices import Direction
from goliard.apps.projects.models import ProjectFlow, ProjectMobility


class PlaceSplit(models.Model):
    """A part of a condition's yearly places that is set apart for a unit of the home institution."""

    condition = models.ForeignKey(CooperationCondition, models.CASCADE, related_name="splits")
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, related_name="place_splits", verbose_name=_("unit"))
    places = models.PositiveIntegerField(_("places a year"))

    class Meta:
        verbose_name = _("share of places")
        verbose_name_plural = _("shares of places")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["condition", "unit"], name="split_once_a_unit")]

    def __str__(self) -> str:
        return f"{self.condition_id}: {self.unit_id} {self.places}"


class PlaceClaim(models.Model):
    """A claim on places of one academic year, out of a condition of an agreement, a project's flow or a project's mobility.

    `claimant` is opaque (`round:12`, `nomination:34`): later apps claim, and the ledger knows none of them.
    """

    condition = models.ForeignKey(CooperationCondition, models.PROTECT, null=True, blank=True, related_name="claims")
    project_mobility = models.ForeignKey(ProjectMobility, models.PROTECT, null=True, blank=True, related_name="claims")
    project_flow = models.ForeignKey(ProjectFlow, models.PROTECT, null=True, blank=True, related_name="claims")
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="place_claims", verbose_name=_("unit"))
    academic_year = models.CharField(_("academic year"), max_length=9)
    places = models.PositiveIntegerField(_("places"))
    claimant = models.CharField(_("for"), max_length=100)
    state = models.CharField(_("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.HELD)
    claimed_at = models.DateTimeField(_("claimed"))

    class Meta:
        verbose_name = _("claim on places")
        verbose_name_plural = _("claims on places")
        ordering = ["claimed_at", "pk"]
        indexes = [models.Index(fields=["condition", "academic_year", "state"], name="claim_of_condition")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(condition__isnull=False, project_mobility__isnull=True, project_flow__isnull=True)
                | models.Q(condition__isnull=True, project_mobility__isnull=False, project_flow__isnull=True)
                | models.Q(condition__isnull=True, project_mobility__isnull=True, project_flow__isnull=False),
                name="claim_on_one_source",
            ),
            models.UniqueConstraint(
                fields=["claimant", "academic_year"], condition=~models.Q(state="released"), name="one_live_claim_a_claimant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} {self.academic_year}: {self.places}"


class ExchangeCount(models.Model):
    """How many went and came with a partner in an academic year."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="exchange_counts", verbose_name=_("partner"))
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="exchange_counts", verbose_name=_("home unit")
    )
    academic_year = models.CharField(_("academic year"), max_length=9)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices)
    kind = models.CharField(_("mobility"), max_length=20, choices=ConditionKind.choices)
    people = models.PositiveIntegerField(_("people"))
    months = models.CharField(_("months or days"), max_length=12, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=CountSource.choices, default=CountSource.TYPED)

    class Meta:
        verbose_name = _("exchange count")
        verbose_name_plural = _("exchange counts")
        ordering = ["organisation_id", "academic_year", "direction"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "unit", "academic_year", "direction", "kind"], name="count_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.academic_year} {self.direction}: {self.people}"
