"""Ask for a run: gather the round's rows and store them as text, so that whoever computes it, and whenever, computes the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

import goliard
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.placement.choices import RunKind, RunState
from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.queries.gathering import AS_SCORED, Gathered, Scores, gathered, read_by_too_few
from goliard.apps.placement.queries.offering_again import gathered_again
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.locked import told_policy
from goliard.apps.rounds.queries.pools import policy_of
from goliard.apps.scoring.queries.scores import scores_of
from goliard.rules.access.actor import Actor
from goliard.rules.placement.run import RULE_VERSION, fingerprint
from goliard.rules.placement.snapshot import canonical_lines, input_hash
from goliard.rules.values.texts import Reason, Text

WHEN = {
    RunKind.PLACEMENT: {RoundState.SCORING},
    RunKind.TRIAL: {RoundState.SCORING, RoundState.PLACED, RoundState.PUBLISHED},
    RunKind.REOFFER: {RoundState.PUBLISHED},
}


@transaction.atomic
def ask_placement(
    *, round: Round, actor: Actor, now: datetime, kind: RunKind = RunKind.PLACEMENT, reason: str = "", scores: Scores | None = None
) -> PlacementRun:
    """Queue a run of what was handed in, under the policy that was locked, with the totals as they stand (or with `scores`).

    A trial shows what would change (after an appeal, with corrected scores) and needs a reason. The same input under the same rule that is
    there already is not computed twice. Nobody is placed on the word of one member of the committee. Raises Refused with everything that
    stands in the way.
    """
    locked = _ready(round, kind, reason)
    if scores is None and kind == RunKind.PLACEMENT and (alone := read_by_too_few(locked)):
        raise Refused(alone)
    known = scores_of(locked) if scores is None else scores
    what = gathered(locked, known, localdate(now))
    what.told[AS_SCORED] = {"totals": True} if scores is None else {}
    return _queued(locked, what, actor, now=now, kind=kind, reason=reason)


@transaction.atomic
def ask_reoffer(*, round: Round, actor: Actor, now: datetime) -> PlacementRun:
    """Queue a run for the places that came free, by the same policy, after the answers until now. Raises Refused as `ask_placement`."""
    locked = _ready(round, RunKind.REOFFER, "")
    again, base = gathered_again(locked, localdate(now))
    return _queued(locked, again, actor, now=now, kind=RunKind.REOFFER, follows=base)


def _ready(round: Round, kind: RunKind, reason: str) -> Round:
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.state not in WHEN[kind]:
        raise Refused([Reason("placement-state", Text("De ronde is daar niet aan toe.", "The round is not at that stage."))])
    if kind == RunKind.TRIAL and not reason.strip():
        raise Refused([Reason("trial-why", Text("Geef de reden van de proef.", "Give the reason for the trial."), field="reason")])
    if not locked.is_locked or canonical_json(told_policy(locked)) != locked.policy_text:
        text = Text(
            "De plaatsingsregel is niet die welke is vastgelegd: niets wordt geplaatst.",
            "The placement policy is not the one that was locked: nothing is placed.",
        )
        raise Refused([Reason("placement-lock", text)])
    return locked


def _queued(
    round: Round, what: Gathered, actor: Actor, *, now: datetime, kind: RunKind, reason: str = "", follows: PlacementRun | None = None
) -> PlacementRun:
    policy, ties = policy_of(round)
    hashed = input_hash(what.market)
    name = fingerprint(hashed, policy.name, ties)
    same = round.placement_runs.filter(
        fingerprint=name, kind=kind, state__in=[RunState.WAITING, RunState.COMPUTING, RunState.READY]
    ).first()
    if same is not None:
        return same
    last = round.placement_runs.order_by("-number").first()
    values: dict[str, Any] = {
        "policy": policy.name, "ties": ties.name, "policy_hash": round.policy_hash, "rule_version": RULE_VERSION,
        "code_version": goliard.__version__, "input_text": "".join(canonical_lines(what.market)), "input_hash": hashed, "fingerprint": name,
        "told": what.told, "applicants": len(what.market.applicants), "places": sum(each.places for each in what.market.destinations),
    }  # fmt: skip
    run = PlacementRun.objects.create(
        round=round, number=last.number + 1 if last else 1, kind=kind, follows=follows, reason=reason.strip(),
        asked_by=actor.id, asked_at=now, is_illustrative=round.is_illustrative, **values,
    )  # fmt: skip
    details = {"round": str(round.public_id), "kind": kind, "input": hashed, "fingerprint": name}
    record(actor=actor, verb="ask-placement", subject=run, now=now, reason=run.reason, details=details)
    return run
