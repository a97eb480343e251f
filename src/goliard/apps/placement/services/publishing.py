"""Adopt a run, publish it: offers, replaced offers and letters, in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from goliard.apps.applications.services.letters import send_letter
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.placement.choices import OfferOrigin, OfferState, RunKind, RunState
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.queries.publication import Change, changed_since, changes_of, publication_faults
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.rounds.services.rounds import move_round
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.placement_run import PLACEMENT_RUN
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def adopt_placement(*, run: PlacementRun, actor: Actor, now: datetime) -> PlacementRun:
    """Make a run the result of its round, still unpublished.

    Raises Refused unless its audit passed, and where anything it was computed from changed since; TransitionRefused.
    """
    locked = locked_run(run)
    if not locked.audit_passed:
        raise Refused([Reason("audit-failed", Text("De controle van deze run is niet geslaagd.", "The audit of this run did not pass."))])
    if locked.kind != RunKind.PLACEMENT:
        raise Refused([Reason("run-kind", Text("Alleen een plaatsing wordt vastgesteld.", "Only a placement is adopted."))])
    if outdated := list(changed_since(locked, localdate(now))):
        raise Refused(outdated)
    move_round(row=locked.round, action="place", actor=actor, now=now)
    return _moved(locked, "adopt", actor, now)


@transaction.atomic
def put_back_placement(*, run: PlacementRun, reason: str, actor: Actor, now: datetime) -> PlacementRun:
    """Take an adoption back, with a reason: the round is scored again. Raises Refused, TransitionRefused."""
    locked = locked_run(run)
    move_round(row=locked.round, action="rescore", actor=actor, now=now, reason=reason)
    return _moved(locked, "put-back", actor, now, reason)


@transaction.atomic
def discard_placement(*, run: PlacementRun, actor: Actor, now: datetime, reason: str = "") -> PlacementRun:
    """Set a run aside; it stays on record. Raises TransitionRefused."""
    return _moved(locked_run(run), "discard", actor, now, reason)


@transaction.atomic
def publish_placement(*, run: PlacementRun, answer_by: datetime, actor: Actor, now: datetime) -> PlacementRun:
    """Publish a run: an offer to everybody with a new place, to be answered by a moment, and a letter to everybody whom it concerns.

    A better place replaces an offer that stands. Raises Refused with everything that stands in the way: above all an audit that did not
    pass, a holder who would lose, and places that the ledger does not hold.
    """
    locked = locked_run(run)
    list(DestinationPool.objects.select_for_update(of=("self",)).filter(destination__round=locked.round_id))
    state = PLACEMENT_RUN.next_state(state=locked.state, action="publish", actor=actor)
    changes = changes_of(locked, answer_by)
    faults = list(publication_faults(locked, changes, localdate(now)))
    if answer_by <= now:
        text = Text("Kies een moment na nu als antwoordtermijn.", "Choose a moment after now to answer by.")
        faults.append(Reason("answer-by", text, field="answer_by"))
    if faults:
        raise Refused(faults)
    for change in changes:
        _offer(locked, change, answer_by, now)
    locked.round.placement_runs.filter(state=RunState.PUBLISHED).update(state=RunState.SUPERSEDED)
    locked.state, locked.published_at = state, now
    locked.save(update_fields=["state", "published_at"])
    if locked.kind == RunKind.PLACEMENT:
        move_round(row=locked.round, action="publish", actor=actor, now=now)
    offers = sum(change.place is not None for change in changes)
    details = {"offers": offers, "letters": len(changes), "answer_by": answer_by, "fingerprint": locked.fingerprint}
    record(actor=actor, verb="publish-placement", subject=locked, now=now, details=details)
    return locked


def locked_run(run: PlacementRun) -> PlacementRun:
    """Lock the round of a run, then the run, and return the run as it is now."""
    Round.objects.select_for_update(of=("self",)).get(pk=run.round_id)
    return PlacementRun.objects.select_for_update(of=("self",)).select_related("round").get(pk=run.pk)


def _moved(locked: PlacementRun, action: str, actor: Actor, now: datetime, reason: str = "") -> PlacementRun:
    locked.state = PLACEMENT_RUN.next_state(state=locked.state, action=action, actor=actor)
    locked.save(update_fields=["state"])
    record(actor=actor, verb=f"{action}-placement", subject=locked, now=now, reason=reason.strip())
    return locked


def _offer(run: PlacementRun, change: Change, answer_by: datetime, now: datetime) -> None:
    outcome, before, state, once = change.outcome, change.replaces, change.state, f"run-{run.number}"
    if before is not None:
        before.state, before.ended_at = OfferState.REPLACED, now
        before.save(update_fields=["state", "ended_at"])
    if change.place is not None:
        kept_answer = before.answered_at if before is not None and state == OfferState.ACCEPTED else None
        Offer.objects.create(
            application=outcome.application, run=run, pool=change.place, rank=outcome.rank, score=outcome.score, origin=OfferOrigin.RUN,
            state=state, reasons=outcome.reasons, offered_at=now, answer_by=answer_by, answered_at=kept_answer,
            is_hoping=before is not None and before.is_hoping and (outcome.rank or 1) > 1,
        )  # fmt: skip
    send_letter(letter=change.letter, application=outcome.application, values=change.values, now=now, once=once)
