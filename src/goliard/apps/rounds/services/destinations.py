"""Draw destinations from the places of agreements and projects, through the ledger of claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import models, transaction

from goliard.apps.agreements.choices import ClaimState, ConditionKind
from goliard.apps.agreements.models import CooperationCondition, PlaceClaim
from goliard.apps.agreements.services.places import claim_flow_places, claim_places, reduce_places, release_places
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.journal.services import record
from goliard.apps.projects.choices import PartnerRole
from goliard.apps.projects.models import ProjectFlow
from goliard.apps.rounds.choices import RoundKind, RoundState, TermChoice
from goliard.apps.rounds.models import DestinationPool, PoolGroup, Round, RoundDestination
from goliard.apps.rounds.queries.sources import KINDS
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

OVER = frozenset({RoundState.PLACED, RoundState.PUBLISHED, RoundState.ENDED})


@transaction.atomic
def draw_condition(
    *,
    round: Round,
    condition: CooperationCondition,
    places: int,
    actor: Actor,
    now: datetime,
    term: str = TermChoice.ANY,
    faculty: OrganizationalUnit | None = None,
) -> DestinationPool:
    """Draw places of a condition into a round: the ledger holds them, and the destination is made where it is not there yet.

    Level and subjects are those of the condition; the unit that claims is the faculty, else the round's owner. Raises Refused when the
    ledger does not have the places, or the round is over.
    """
    locked = changeable(round)
    if condition.kind not in KINDS.get(RoundKind(locked.kind), (condition.kind,)):
        text = Text("Deze afspraak is voor een ander soort mobiliteit.", "This condition is for another kind of mobility.")
        raise Refused([Reason("other-kind", text, field="condition")])
    home_sends = condition.sending.is_home
    sent, received = (condition.sending, condition.sending_unit), (condition.receiving, condition.receiving_unit)
    (_home, home_unit), (partner, unit) = (sent, received) if home_sends else (received, sent)
    destination = destination_at(locked, partner, unit, "outgoing" if home_sends else "incoming")
    pool = DestinationPool.objects.create(
        destination=destination, condition=condition, places=places, term=term, faculty=faculty or home_unit,
        eqf_levels=condition.eqf_levels if condition.kind in _STUDENTS else "",
        subjects=", ".join(dict.fromkeys(subject.isced_f for subject in condition.subjects.all())),
    )  # fmt: skip
    hold_places(pool=pool, places=places, actor=actor, now=now)
    record(actor=actor, verb="draw-places", subject=locked, now=now, details={"destination": partner.key, "places": places})
    return pool


_STUDENTS = frozenset({ConditionKind.STUDENT_STUDIES, ConditionKind.STUDENT_TRAINEESHIP})


@transaction.atomic
def draw_flow(
    *,
    round: Round,
    flow: ProjectFlow,
    organisation: Organisation,
    places: int,
    actor: Actor,
    now: datetime,
    term: str = TermChoice.ANY,
) -> DestinationPool:
    """Draw places of a project's granted mobilities into a round, at one of the project's partners. Raises Refused as `draw_condition`."""
    locked = changeable(round)
    if flow.kind.startswith("staff/") != locked.is_for_staff:
        text = Text("Deze stroom is voor een andere doelgroep.", "This flow is for another audience.")
        raise Refused([Reason("other-audience", text, field="flow")])
    partners = flow.project.partners.filter(organisation=organisation).exclude(role=PartnerRole.CONSORTIUM_MEMBER)
    if not partners.exists():
        raise Refused([Reason("no-partner", Text("Geen partner van dit project.", "No partner of this project."), field="organisation")])
    destination = destination_at(locked, organisation, None, flow.direction)
    levels = {"first": "6", "second": "7", "third": "8"}
    pool = DestinationPool.objects.create(
        destination=destination, project_flow=flow, places=places, term=term, eqf_levels=levels.get(flow.kind.rpartition("/")[2], "")
    )
    hold_places(pool=pool, places=places, actor=actor, now=now)
    record(actor=actor, verb="draw-places", subject=locked, now=now, details={"destination": organisation.key, "places": places})
    return pool


@transaction.atomic
def change_places(*, pool: DestinationPool, places: int, actor: Actor, now: datetime, reason: str = "") -> DestinationPool:
    """Hold more or fewer places; 0 gives all of them back. Raises Refused when the ledger does not have them, or the round is over.

    Once the policy is locked fewer or more places need a reason.
    """
    round_ = changeable(pool.destination.round)
    locked = DestinationPool.objects.select_for_update(of=("self",)).select_related("destination__round").get(pk=pool.pk)
    if round_.is_locked and not reason.strip():
        raise Refused([Reason("places-why", Text("Geef de reden.", "Give the reason."), field="reason")])
    before = locked.places
    if sum(each.reserved for each in locked.group_places.all()) > places:
        text = Text("Er zijn meer plaatsen gereserveerd dan er zouden zijn.", "More places are reserved than there would be.")
        raise Refused([Reason("reserved", text, field="places")])
    hold_instead(pool=locked, places=places, actor=actor, now=now, reason=reason)
    details = {"places": {"before": before, "after": places}, "pool": str(locked.public_id)}
    record(actor=actor, verb="change-places", subject=round_, now=now, reason=reason.strip(), details=details)
    return locked


@transaction.atomic
def withdraw_destination(*, destination: RoundDestination, reason: str, actor: Actor, now: datetime) -> RoundDestination:
    """Take a destination out of its round, with a reason; its places go back to the ledger. Wishes for it stay on record."""
    if not reason.strip():
        raise Refused([Reason("withdraw-why", Text("Geef de reden.", "Give the reason."), field="reason")])
    changeable(destination.round)
    locked = RoundDestination.objects.select_for_update(of=("self",)).select_related("round", "organisation").get(pk=destination.pk)
    for pool in locked.pools.select_for_update(of=("self",)):
        release_pool(pool=pool, actor=actor, now=now, reason=reason)
        pool.save(update_fields=["claim"])
    locked.is_withdrawn = True
    locked.save(update_fields=["is_withdrawn"])
    details = {"destination": locked.organisation.key}
    record(actor=actor, verb="withdraw-destination", subject=locked.round, now=now, reason=reason.strip(), details=details)
    return locked


@transaction.atomic
def keep_destination(
    *,
    row: RoundDestination,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> RoundDestination:
    """Save what is said and asked at a destination. Requirements and criteria are fixed once the round has opened; raises Refused then."""
    if (parts or removed) and row.round.state != RoundState.DRAFT:
        text = Text("Eisen en criteria liggen vast: de ronde is geopend.", "Requirements and criteria are fixed: the round has opened.")
        raise Refused([Reason("form-fixed", text)])
    for part in parts:
        part.round = row.round  # type: ignore[attr-defined]  # requirements and criteria name their round too
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def keep_pool(
    *,
    row: DestinationPool,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> DestinationPool:
    """Save what the places of a pool are for, and what is kept for groups. How many there are is `change_places`.

    Raises Refused once the policy is locked, when more is reserved than there is, or a reserve passes the group's own maximum.
    """
    round_ = changeable(row.destination.round)
    if round_.is_locked:
        text = Text("De plaatsingsregel ligt vast, en dit hoort erbij.", "The placement policy is locked, and this belongs to it.")
        raise Refused([Reason("policy-locked", text)])
    kept = parts_after(PoolGroup, row, parts, removed)
    if sum(each.reserved for each in kept) > row.places or any(each.maximum is not None and each.reserved > each.maximum for each in kept):
        text = Text(
            "Er is meer gereserveerd dan er plaatsen zijn of dan het maximum.", "More is reserved than there is, or than the maximum."
        )
        raise Refused([Reason("reserved", text, field="reserved")])
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def changeable(round: Round) -> Round:
    """Return the round locked for a change of its places; raises Refused once its placement is done."""
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.state in OVER:
        raise Refused([Reason("round-over", Text("De plaatsing van deze ronde is gedaan.", "The placement of this round is done."))])
    return locked


def destination_at(round: Round, partner: Organisation, unit: OrganizationalUnit | None, direction: str) -> RoundDestination:
    """Return the destination at a partner, made or taken back into the round where it is not there, inside a use case."""
    made, _ = RoundDestination.objects.get_or_create(round=round, organisation=partner, unit=unit, direction=direction)
    if made.is_withdrawn:
        made.is_withdrawn = False
        made.save(update_fields=["is_withdrawn"])
    return made


def hold_places(*, pool: DestinationPool, places: int, actor: Actor, now: datetime) -> None:
    """Hold so many places for a pool in the ledger, inside the transaction of a use case; no place, no claim. Raises Refused."""
    has_source = pool.condition_id is not None or pool.project_flow_id is not None
    pool.places, pool.claim = places, _claim(pool, places, actor, now) if places and has_source else None
    pool.save(update_fields=["places", "claim", "condition"])


def hold_pools(*, round: Round, actor: Actor, now: datetime) -> None:
    """Hold in the ledger what came out of a folder and is not held yet, inside the transaction in which the round opens.

    Raises Refused, with the partner's name, where the ledger does not have the places.
    """
    rows = DestinationPool.objects.filter(destination__round=round, destination__is_withdrawn=False, claim=None, places__gt=0)
    for pool in rows.select_related("condition", "project_flow", "faculty", "destination__organisation", "destination__unit"):
        pool.destination.round = round
        try:
            hold_places(pool=pool, places=pool.places, actor=actor, now=now)
        except Refused as refused:
            name = Text(pool.destination.name("nl"), pool.destination.name("en"))
            raise Refused([replace(each, because=_named(name, each.because)) for each in refused.reasons]) from None


def _named(name: Text, because: Text) -> Text:
    return Text(f"{name.nl}: {because.nl}", f"{name.en}: {because.en}")


def hold_instead(*, pool: DestinationPool, places: int, actor: Actor, now: datetime, reason: str) -> None:
    """Hold more or fewer places inside the transaction of a use case: fewer stay in their claim; for more, the ledger is asked again.

    Raises Refused when the ledger does not have them; nothing may be kept of the transaction then.
    """
    if pool.claim is not None and pool.claim.state != ClaimState.RELEASED and 0 < places < pool.claim.places:
        pool.claim = reduce_places(claim=pool.claim, places=places, actor=actor, now=now, reason=reason.strip())
        pool.places = places
        pool.save(update_fields=["places"])
    elif places != pool.places:
        release_pool(pool=pool, actor=actor, now=now, reason=reason)
        hold_places(pool=pool, places=places, actor=actor, now=now)


def _claim(pool: DestinationPool, places: int, actor: Actor, now: datetime) -> PlaceClaim:
    round_ = pool.destination.round
    claimant = f"pool:{pool.public_id}"
    if pool.current_condition is not None:
        unit = pool.faculty or round_.owner
        return claim_places(
            condition=pool.current_condition,
            academic_year=round_.academic_year,
            places=places,
            claimant=claimant,
            actor=actor,
            now=now,
            unit=unit,
        )
    assert pool.project_flow is not None, "a pool has one source"
    return claim_flow_places(
        flow=pool.project_flow, academic_year=round_.academic_year, places=places, claimant=claimant, actor=actor, now=now
    )


def release_pool(*, pool: DestinationPool, actor: Actor, now: datetime, reason: str) -> None:
    """Give the places of a pool back to the ledger, inside the transaction of a use case that saves the pool."""
    if pool.claim is not None and pool.claim.state != ClaimState.RELEASED:
        release_places(claim=pool.claim, actor=actor, now=now, reason=reason.strip())
    if pool.claim is not None and pool.claim.condition is not None:
        pool.condition = pool.claim.condition  # an amendment of the agreement took the claim along
    pool.claim = None
