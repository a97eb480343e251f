"""The ledger of claims: places are never promised twice, however many ask at once.

Every claim on a condition locks the condition's row first, so that two claims on the same places wait for each other (on SQLite the
transaction itself is exclusive). The rule then sees every live claim and says yes or no.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.choices import AgreementState, ClaimState, VersionState
from goliard.apps.agreements.copies import RELATED, SIDES, condition_of
from goliard.apps.agreements.models import AgreementVersion, CooperationCondition, PlaceClaim
from goliard.apps.agreements.queries.places import claims_on, claims_on_flow, supply_of
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.projects.models import ProjectFlow
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.comparison import match
from goliard.rules.agreements.copy import Condition
from goliard.rules.agreements.places import QuotaExceeded, Supply, require_places
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.texts import Reason, Text

_GONE = Reason("claim-state", Text("Deze plaatsen zijn al teruggegeven of gebruikt.", "These places were already given back or used."))


@transaction.atomic
def claim_places(
    *,
    condition: CooperationCondition,
    academic_year: str,
    places: int,
    claimant: str,
    actor: Actor,
    now: datetime,
    unit: OrganizationalUnit | None = None,
) -> PlaceClaim:
    """Hold `places` of a condition in an academic year for `claimant` (opaque, such as `round:12`).

    Raises Refused when the agreement is not in effect, the condition does not hold in that year, there are not that many places left, or
    the claimant already holds places in that year; nothing is written then.
    """
    locked = CooperationCondition.objects.select_for_update(of=("self",)).select_related("version__agreement").get(pk=condition.pk)
    locked.version.refresh_from_db()  # an amendment may have been agreed while this waited for the lock
    if reason := _not_available(locked, academic_year):
        raise Refused([reason])
    _require_first(claimant, academic_year)
    try:
        require_places(supply_of(locked), claims_on(locked, academic_year), wanted=places, unit=unit.pk if unit else None)
    except QuotaExceeded as exceeded:
        raise Refused([exceeded.reason]) from None
    claim = PlaceClaim.objects.create(
        condition=locked, unit=unit, academic_year=academic_year, places=places, claimant=claimant, claimed_at=now
    )
    record(actor=actor, verb="claim-places", subject=claim, now=now, details={"places": places, "year": academic_year, "for": claimant})
    return claim


@transaction.atomic
def claim_flow_places(
    *,
    flow: ProjectFlow,
    academic_year: str,
    places: int,
    claimant: str,
    actor: Actor,
    now: datetime,
    unit: OrganizationalUnit | None = None,
) -> PlaceClaim:
    """Hold `places` of the mobilities that a project was granted. Granted once for the whole project: claims of all years count.

    Raises Refused when there are not that many left, or the claimant already holds places in that year; nothing is written then.
    """
    locked = ProjectFlow.objects.select_for_update(of=("self",)).get(pk=flow.pk)
    parse_academic_year(academic_year)
    _require_first(claimant, academic_year)
    try:
        require_places(Supply(locked.granted), claims_on_flow(locked), wanted=places, unit=None)
    except QuotaExceeded as exceeded:
        raise Refused([exceeded.reason]) from None
    claim = PlaceClaim.objects.create(
        project_flow=locked, unit=unit, academic_year=academic_year, places=places, claimant=claimant, claimed_at=now
    )
    record(actor=actor, verb="claim-places", subject=claim, now=now, details={"places": places, "year": academic_year, "for": claimant})
    return claim


@transaction.atomic
def use_places(*, claim: PlaceClaim, actor: Actor, now: datetime) -> PlaceClaim:
    """Turn places that are held into used ones. Raises Refused when they were given back."""
    return _move(claim, {ClaimState.HELD}, ClaimState.USED, actor, now)


@transaction.atomic
def release_places(*, claim: PlaceClaim, actor: Actor, now: datetime, reason: str = "") -> PlaceClaim:
    """Give places back, whether held or used; they are free at once."""
    return _move(claim, {ClaimState.HELD, ClaimState.USED}, ClaimState.RELEASED, actor, now, reason=reason)


def carry_claims(*, old: AgreementVersion, new: AgreementVersion) -> int:
    """Move the live claims on a version's conditions to the conditions of the version that takes its place; return how many.

    Conditions belong together as a comparison matches them. A claim on a condition that is gone stays with the old one, where it gives no
    place any more. Whoever claims waits until this is done, for it locks every condition of the old version.
    """
    before = list(CooperationCondition.objects.select_for_update(of=("self",)).filter(version=old).order_by("pk"))
    ours, theirs = _by_condition(old), _by_condition(new)
    pairs, _gone, _added = match(tuple(ours.values()), tuple(theirs.values()))
    keys = {id(condition): pk for pk, condition in (*ours.items(), *theirs.items())}
    live = PlaceClaim.objects.filter(condition__in=before).exclude(state=ClaimState.RELEASED)
    return sum(live.filter(condition=keys[id(one)]).update(condition=keys[id(other)]) for one, other in pairs)


def _by_condition(version: AgreementVersion) -> dict[int, Condition]:
    rows = version.conditions.select_related(*SIDES).prefetch_related(*RELATED)
    return {row.pk: condition_of(row) for row in rows}


@transaction.atomic
def reduce_places(*, claim: PlaceClaim, places: int, actor: Actor, now: datetime, reason: str = "") -> PlaceClaim:
    """Keep fewer of the places of a claim, in its state; the others are free at once, also after the agreement ended.

    Raises Refused for a claim that was given back, ValueError unless there are fewer, and one at least (`release_places` gives all back).
    """
    locked = PlaceClaim.objects.select_for_update().get(pk=claim.pk)
    if locked.state == ClaimState.RELEASED:
        raise Refused([_GONE])
    if not 1 <= places < locked.places:
        raise ValueError("Fewer places than there are, and one at least.")
    before, locked.places = locked.places, places
    locked.save(update_fields=["places"])
    details = {"places": {"before": before, "after": places}}
    record(actor=actor, verb="reduce-places", subject=locked, now=now, reason=reason, details=details)
    return locked


def _move(claim: PlaceClaim, sources: set[ClaimState], target: ClaimState, actor: Actor, now: datetime, *, reason: str = "") -> PlaceClaim:
    locked = PlaceClaim.objects.select_for_update().get(pk=claim.pk)
    if locked.state not in sources:
        raise Refused([_GONE])
    locked.state = target
    locked.save(update_fields=["state"])
    record(actor=actor, verb=f"{target.value}-places", subject=locked, now=now, reason=reason)
    return locked


def _require_first(claimant: str, academic_year: str) -> None:
    if PlaceClaim.objects.filter(claimant=claimant, academic_year=academic_year).exclude(state=ClaimState.RELEASED).exists():
        raise Refused([Reason("claimed-before", Text("Hiervoor zijn al plaatsen vastgelegd.", "Places are already held for this."))])


def _not_available(condition: CooperationCondition, academic_year: str) -> Reason | None:
    version = condition.version
    if version.agreement.state != AgreementState.IN_EFFECT or version.state != VersionState.AGREED:
        return Reason(
            "not-in-effect", Text("Alleen een overeenkomst die van kracht is geeft plaatsen.", "Only an agreement in effect gives places.")
        )
    year = parse_academic_year(academic_year)
    first, last = parse_academic_year(condition.first_year), parse_academic_year(condition.last_year)
    if not first.first <= year.first <= last.first:
        said = Text(
            f"De voorwaarde geldt van {first} tot en met {last}, niet in {year}.",
            f"The condition holds from {first} to {last}, not in {year}.",
        )
        return Reason("other-years", said)
    return None
