"""Next year's round from this year's, and a later round for the places that are left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models, transaction

from goliard.apps.agreements.choices import ClaimState
from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.apps.agreements.services.places import reduce_places
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, PoolGroup, Round, RoundDestination, RoundRequirement
from goliard.apps.rounds.services.destinations import draw_condition, draw_flow, release_pool
from goliard.apps.rounds.services.hosts import offer_places
from goliard.rules.access.actor import Actor
from goliard.rules.funding.eligibility import add_months
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.texts import Reason, Text

KEPT_OUT = frozenset({"id", "public_id", "round", "destination", "pool"})
DATES = ("opens_on", "closes_on", "results_on", "answer_by")
UNLOCKED = {"state": RoundState.DRAFT, "policy_text": "", "policy_hash": "", "policy_locked_at": None}


@dataclass(frozen=True, slots=True)
class Copied:
    """The new round, and which places could not be drawn again: the partner's key and why."""

    round: Round
    not_drawn: tuple[tuple[str, Reason], ...]


@transaction.atomic
def copy_round(*, round: Round, key: str, actor: Actor, now: datetime) -> Copied:
    """Make next year's draft: form, requirements, criteria and groups as they are, dates a year later, places drawn anew.

    Places come from the conditions that are in force now; what agreements no longer give is told and left out. Raises Refused for a key
    that is taken.
    """
    year = str(parse_academic_year(round.academic_year).shifted(1))
    moved = {name: add_months(value, 12) if (value := getattr(round, name)) else None for name in DATES}
    titles = {name: getattr(round, name).replace(round.academic_year, year) for name in ("title_nl", "title_en")}
    made = _copy(round, key, **moved, **titles, academic_year=year, follows=None)
    refused, pairs = [], []
    for destination in round.destinations.filter(is_withdrawn=False).select_related("organisation"):
        for pool in destination.pools.all():
            try:
                with transaction.atomic():
                    pairs.append((pool, _draw_again(made, pool, pool.places, actor, now)))
            except Refused as said:
                refused += [(destination.organisation.key, reason) for reason in said.reasons]
    _copy_parts(round, made)
    _keep_for_groups(pairs, made)
    record(actor=actor, verb="copy-round", subject=made, now=now, details={"from": round.key, "left out": [key for key, _ in refused]})
    return Copied(made, tuple(refused))


@transaction.atomic
def open_later_round(
    *, round: Round, key: str, opens_on: date, closes_on: date, left: Mapping[int, int], actor: Actor, now: datetime
) -> Round:
    """Make a draft of a later round for what is left: `left` holds the unused places by the primary key of the pool.

    The places go back to the ledger and are drawn into the later round in one transaction. Raises Refused while the results of the first
    round are not published, for more places than a pool has, and when nothing is left.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.state not in {RoundState.PUBLISHED, RoundState.ENDED}:
        text = Text("De uitslag van deze ronde is nog niet bekend.", "The results of this round are not published yet.")
        raise Refused([Reason("not-published", text)])
    pools = {pool.pk: pool for pool in DestinationPool.objects.select_related("destination").filter(destination__round=locked)}
    if not any(left.values()) or any(places < 0 or places > pools[pk].places for pk, places in left.items()):
        raise Refused([Reason("nothing-left", Text("Er zijn geen plaatsen over.", "No places are left."))])
    made = _copy(locked, key, opens_on=opens_on, closes_on=closes_on, results_on=None, answer_by=None, follows=locked)
    pairs = [(pools[pk], _hand_over(made, pools[pk], places, actor, now)) for pk, places in left.items() if places]
    _copy_parts(locked, made)
    _keep_for_groups(pairs, made)
    record(actor=actor, verb="open-later-round", subject=made, now=now, details={"after": locked.key, "places": sum(left.values())})
    return made


def _copy(round: Round, key: str, **changes: object) -> Round:
    if not key or Round.objects.filter(key=key).exists():
        raise Refused([Reason("key-taken", Text("Kies een nieuwe sleutel.", "Choose a new key."), field="key")])
    kept = {field.attname: getattr(round, field.attname) for field in Round._meta.concrete_fields if field.name not in KEPT_OUT}
    kept |= {"key": key, "follows_id": getattr(changes.pop("follows"), "pk", None)} | UNLOCKED | changes
    return Round.objects.create(**kept)


def _copy_parts(old: Round, new: Round) -> None:
    there = {_place(row): row for row in new.destinations.all()}
    beside = {row.pk: there.get(_place(row)) for row in old.destinations.all()}
    for row in RoundRequirement.objects.filter(round=old):
        _again(row, new, beside)
    for parts in (old.questions, old.documents, old.groups, old.criteria):
        for part in parts.all():
            _again(part, new, beside)
    for old_pk, destination in beside.items():
        if destination is not None:
            source = RoundDestination.objects.get(pk=old_pk)
            destination.info_nl, destination.info_en = source.info_nl, source.info_en
            destination.save(update_fields=["info_nl", "info_en"])


def _place(row: RoundDestination) -> tuple[int, int | None, str]:
    return (row.organisation_id, row.unit_id, row.direction)


def _again(part: models.Model, round: Round, beside: Mapping[int, RoundDestination | None]) -> None:
    """Write a part for the new round; what belonged to a destination that is not there is left out."""
    destination_id = getattr(part, "destination_id", None)
    values = {field.attname: getattr(part, field.attname) for field in part._meta.concrete_fields if field.name not in KEPT_OUT}
    if destination_id is not None:
        destination = beside[destination_id]
        if destination is None:
            return
        values["destination_id"] = destination.pk
    type(part)._default_manager.create(round=round, **values)


def _draw_again(made: Round, pool: DestinationPool, places: int, actor: Actor, now: datetime) -> DestinationPool:
    if pool.project_flow is not None:
        partner = pool.destination.organisation
        return draw_flow(round=made, flow=pool.project_flow, organisation=partner, places=places, term=pool.term, actor=actor, now=now)
    source = pool.current_condition
    if source is None:
        host = None if pool.destination.is_own_host else pool.destination.organisation
        return offer_places(round=made, organisation=host, places=places, term=pool.term, actor=actor, now=now)
    condition = _in_force(source)
    drawn = draw_condition(round=made, condition=condition, places=places, term=pool.term, faculty=pool.faculty, actor=actor, now=now)
    drawn.eqf_levels, drawn.subjects = pool.eqf_levels, pool.subjects
    drawn.save(update_fields=["eqf_levels", "subjects"])
    return drawn


def _in_force(condition: CooperationCondition) -> CooperationCondition:
    """The same condition as it stands in the text that is in force now: same kind, same partners; of the agreement or its renewal."""
    rows = conditions_in_force().filter(
        kind=condition.kind, sending=condition.sending_id, receiving=condition.receiving_id, sending_unit=condition.sending_unit_id
    )
    agreement = condition.version.agreement_id
    found = list(rows.select_related("version__agreement"))
    fitting = [row for row in found if row.pk == condition.pk]
    fitting += [row for row in found if agreement in {row.version.agreement_id, row.version.agreement.renews_id}]
    if not fitting:
        text = Text("Geen overeenkomst die van kracht is geeft deze plaatsen.", "No agreement in effect gives these places.")
        raise Refused([Reason("not-in-effect", text)])
    return fitting[0]


def _hand_over(made: Round, pool: DestinationPool, places: int, actor: Actor, now: datetime) -> DestinationPool:
    """Give what is left of a pool back, and draw it into the later round; the rest stays held or used as it was."""
    kept = pool.places - places
    held = pool.claim.places if pool.claim is not None and pool.claim.state != ClaimState.RELEASED else 0
    if pool.claim is not None and held > kept:  # a round that ended gave them back already
        if kept:
            reduce_places(claim=pool.claim, places=kept, actor=actor, now=now, reason=made.key)
        else:
            release_pool(pool=pool, actor=actor, now=now, reason=made.key)
    pool.places = kept
    pool.save(update_fields=["places", "claim", "condition"])
    return _draw_again(made, pool, places, actor, now)


def _keep_for_groups(pairs: Sequence[tuple[DestinationPool, DestinationPool]], new: Round) -> None:
    groups = {row.key: row for row in new.groups.all()}
    for old, drawn in pairs:
        free = drawn.places
        for each in old.group_places.select_related("group"):
            reserved = min(each.reserved, free)
            free -= reserved
            PoolGroup.objects.create(pool=drawn, group=groups[each.group.key], reserved=reserved, maximum=each.maximum)
