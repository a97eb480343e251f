"""Runs in the background: claimed by a worker, followed while they are computed, written exactly once.

A worker reads the stored input, places, explains and audits outside any transaction and says how far it is; then one transaction writes the
outcomes, the journal entry and that the run is over. A worker that dies before that leaves nothing behind, and after a while another one
takes the run; from the same text it computes the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from goliard.apps.journal.services import record
from goliard.apps.placement.choices import RunState, RunStep
from goliard.apps.placement.models import PlacementOutcome, PlacementRun, WaitingListEntry
from goliard.apps.placement.queries.stored import rule_of, stored_market, told_reasons
from goliard.apps.rounds.models import DestinationPool
from goliard.rules.access.actor import Actor
from goliard.rules.placement.market import Market, MarketProblem
from goliard.rules.placement.outputs import audit_data, cut_off_data
from goliard.rules.placement.policies import Policy
from goliard.rules.placement.public_report import public_report
from goliard.rules.placement.reoffer import waiting_lists
from goliard.rules.placement.run import PlacementRun as Computed
from goliard.rules.placement.run import place
from goliard.rules.placement.sentences import plain
from goliard.rules.placement.ties import TieRule
from goliard.rules.values.texts import Text

Clock = Callable[[], datetime]
Place = Callable[[Market, Policy, TieRule], Computed]
LOST_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 3
BATCH = 500
BUSY = (RunState.WAITING, RunState.COMPUTING)
GIVEN_UP = Text(
    "De berekening is drie keer afgebroken; meld dit aan wie Goliard beheert.",
    "The calculation broke off three times; tell whoever runs Goliard.",
)


class Superseded(Exception):
    """Another worker has taken the run; whatever this one found is dropped."""


def compute_waiting(*, worker: str, clock: Clock) -> int:
    """Compute every run that waits, one after the other; return how many came to an end."""
    done = 0
    while (run := claim_placement(worker=worker, now=clock())) is not None:
        try:
            compute(run, clock)
            done += 1
        except Superseded:
            continue
    return done


@transaction.atomic
def claim_placement(*, worker: str, now: datetime) -> PlacementRun | None:
    """Take the run that has waited longest, or one whose worker has not been heard of for a while; None when there is none."""
    lost = Q(state=RunState.COMPUTING, beat_at__lt=now - LOST_AFTER)
    due = PlacementRun.objects.filter(Q(state=RunState.WAITING) | lost).order_by("asked_at", "pk")
    locked = due.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else due
    run = locked.first()
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        run.state, run.ended_at, run.faults = RunState.REFUSED, now, [[GIVEN_UP.nl, GIVEN_UP.en]]
        run.save(update_fields=["state", "ended_at", "faults"])
        return claim_placement(worker=worker, now=now)
    run.state, run.claimed_by, run.beat_at, run.step = RunState.COMPUTING, worker, now, RunStep.READING
    run.attempts += 1
    run.save(update_fields=["state", "claimed_by", "beat_at", "step", "attempts"])
    return run


def compute(run: PlacementRun, clock: Clock, place: Place = place) -> None:
    """Compute a claimed run and write what came of it. Raises Superseded where another worker has it by now."""
    try:
        market = stored_market(run)
        _beat(run, clock(), step=RunStep.PLACING)
        result = place(market, *rule_of(run))
    except MarketProblem as problem:
        _beat(run, clock(), state=RunState.REFUSED, ended_at=clock(), faults=[[problem.because.nl, problem.because.en]])
        return
    _beat(run, clock(), step=RunStep.WRITING)
    with transaction.atomic():
        now = clock()
        state = RunState.READY if result.audit.passed else RunState.FAILED
        _beat(run, now, state=state, ended_at=now, **_summary(result))
        _write(run, result)
        details = {"state": state, "placed": len(result.assignment), "fingerprint": result.fingerprint}
        record(actor=Actor(run.asked_by), verb="compute-placement", subject=run, now=now, details=details)


def _summary(result: Computed) -> dict[str, object]:
    cut_offs = []
    for destination in result.market.destinations:
        limit = result.cut_offs[destination.id]
        last = plain(limit.last_open.wish.score) if limit.is_full and limit.last_open else None
        cut_offs.append(cut_off_data(destination.id, destination.places, len(limit.held), last, []))
    return {
        "placed": len(result.assignment),
        "audit": audit_data(result.audit)["checks"],
        "findings": [[str(each.check), each.destination, each.applicant] for each in result.audit.findings],
        "cut_offs": cut_offs,
        "public": _public(result),
        "group_numbers": _by_group(result),
    }


def _public(result: Computed) -> dict[str, object]:
    """The report that anybody may read, as plain data."""
    told = public_report(result)
    rows = [[row.destination, row.places, row.named_by, row.first_wishes, row.placed, row.cut_off] for row in told.rows]
    return {"applicants": told.applicants, "rows": rows, "by_wish": dict(told.placed_by_wish.parts)}


def _by_group(result: Computed) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for applicant in result.market.applicants:
        for group in applicant.groups:
            numbers = found.setdefault(group, [0, 0])
            numbers[0] += 1
            numbers[1] += applicant.id in result.assignment
    return found


def _write(run: PlacementRun, result: Computed) -> None:
    pools = {str(key): pk for pk, key in DestinationPool.objects.filter(destination__round=run.round_id).values_list("pk", "public_id")}
    outcomes = (
        PlacementOutcome(
            run=run,
            application_id=int(each.applicant),
            pool_id=pools[each.wish.destination] if each.wish else None,
            rank=each.wish.rank if each.wish else None,
            score=plain(each.wish.score) if each.wish else "",
            reasons=told_reasons(each.reasons),
        )
        for each in result.outcomes
    )
    PlacementOutcome.objects.bulk_create(outcomes, batch_size=BATCH)
    waiting = (
        WaitingListEntry(
            run=run, application_id=int(claim.applicant.id), pool_id=pools[pool], rank=claim.wish.rank, position=position,
            score=plain(claim.wish.score),
        )
        for pool, claims in waiting_lists(result).items()
        if pool in pools
        for position, claim in enumerate(claims, 1)
    )  # fmt: skip
    WaitingListEntry.objects.bulk_create(waiting, batch_size=BATCH)


def _beat(run: PlacementRun, now: datetime, **told: object) -> None:
    """Say that the worker lives, and how far it is. Raises Superseded where the run is no longer this worker's."""
    mine = PlacementRun.objects.filter(pk=run.pk, claimed_by=run.claimed_by, attempts=run.attempts, state=RunState.COMPUTING)
    if not mine.update(beat_at=now, **told):
        raise Superseded
