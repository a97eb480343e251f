"""Rounds that can be kept: one that has opened stays as it was, faculties are units, a host of one's own stands at home."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, PoolGroup, Round, RoundDestination, RoundRequirement
from goliard.apps.rounds.models.listed import listed
from goliard.apps.transfer.checks.finding import Finding
from goliard.apps.transfer.table import batches
from goliard.rules.values.texts import Text

_OPENED = Text("Deze ronde is geopend en verandert niet meer door een map.", "This round has opened and is no longer changed by a folder.")
_CLAIMED = Text(
    "De plaatsen van deze bestemming staan al in het grootboek: wijzig ze op het scherm van de ronde.",
    "The places of this destination stand in the ledger already: change them on the round's screen.",
)
_NO_UNIT = Text("Dit is geen eenheid van de eigen instelling.", "This is no unit of the home institution.")
_HOST = Text("Een eigen gastorganisatie staat bij de eigen instelling.", "A host that applicants find stands at the home institution.")
_MORE = Text("Er is meer gereserveerd dan er plaatsen zijn.", "More is reserved than there are places.")


def check_rounds(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """Nothing of a round changes once it has opened; what it names is there."""
    destinations = {pk for part in batches(touched["round_pools"]) for pk in _values(DestinationPool, part, "destination_id")}
    destinations |= touched["round_destinations"]
    rounds = touched["rounds"] | {pk for part in batches(destinations) for pk in _values(RoundDestination, part, "round_id")}
    for part in batches(rounds):
        rows = Round.objects.filter(pk__in=part).exclude(state=RoundState.DRAFT)
        yield from (Finding("rounds", row.pk, "key", _OPENED, row.key) for row in rows)
    for part in batches(destinations):
        wrong = RoundDestination.objects.filter(pk__in=part, is_own_host=True, organisation__is_home=False).select_related("round")
        yield from (Finding("round_destinations", row.pk, "organisation", _HOST, row.round.key) for row in wrong)
    yield from _pools(touched["round_pools"] | set(_pools_of_groups(touched["round_pool_groups"])))
    yield from _faculties(touched["round_requirements"])


def _pools(touched: set[int]) -> Iterable[Finding]:
    for part in batches(touched):
        for pool in DestinationPool.objects.filter(pk__in=part).select_related("claim").prefetch_related("group_places"):
            if pool.claim is not None and pool.claim.places != pool.places:
                yield Finding("round_pools", pool.pk, "places", _CLAIMED, str(pool.public_id))
            if sum(each.reserved for each in pool.group_places.all()) > pool.places:
                yield Finding("round_pools", pool.pk, "places", _MORE, str(pool.public_id))


def _pools_of_groups(touched: set[int]) -> Iterable[int]:
    return (pk for part in batches(touched) for pk in _values(PoolGroup, part, "pool_id"))


def _faculties(touched: set[int]) -> Iterable[Finding]:
    known = set(OrganizationalUnit.objects.filter(organisation__is_home=True).values_list("key", flat=True))
    for part in batches(touched):
        for row in RoundRequirement.objects.filter(pk__in=part).select_related("round"):
            if set(listed(row.faculty_keys)) - known:
                yield Finding("round_requirements", row.pk, "faculty_keys", _NO_UNIT, row.round.key)


def _values(model: type, pks: list[int], field: str) -> list[int]:
    return list(model._default_manager.filter(pk__in=pks).values_list(field, flat=True))  # type: ignore[attr-defined]
