"""A round at a glance: its stage, its deadline, who must act, what is locked, and where one can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.institutions.usage import told
from goliard.apps.rounds.choices import CriterionAim, RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.policies import may_edit_round
from goliard.apps.rounds.queries.opening import last_moment
from goliard.apps.rounds.queries.pools import facts_of
from goliard.rules.access.actor import Actor
from goliard.rules.placement.policies import POLICIES
from goliard.rules.rounds.readiness import locking_faults, opening_faults

STAGES = (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.SCORING, RoundState.PLACED, RoundState.PUBLISHED)
BACK = {"placed": "rescore", "published": "revise", "draft": "call-off", "open": "call-off"}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a round's life: its words, and whether it is past, the one now, or ahead."""

    words: str
    place: str


def glance_of(round_: Round, actor: Actor) -> dict[str, Any]:
    """Return what the panel of a round shows."""
    now = timezone.now()
    policy = POLICIES.get(round_.policy)
    facts = facts_of(round_)
    until = last_moment(round_)
    return {
        "round": round_,
        "stages": list(_stages(round_)),
        "until": until,
        "reopenings": list(round_.reopenings.all()),
        "acting": list(acting(round_, now)),
        "policy": policy.title.in_language(get_language() or "en") if policy else "",
        "faults": opening_faults(facts) if round_.state == RoundState.DRAFT else (),
        "locking": () if round_.is_locked else locking_faults(facts, now=now, last_moment=until),
        "aims": [(label, total) for aim, label in CriterionAim.choices if (total := _weight(round_, aim))],
        "may_edit": may_edit_round(actor, round_),
        "back": BACK.get(round_.state, ""),
        "may_draw": round_.state in {RoundState.DRAFT, RoundState.OPEN},
        "may_reopen": round_.state in {RoundState.OPEN, RoundState.CLOSED},
        "destinations": round_.destinations.count(),
        "places": sum(pool.places for row in round_.destinations.filter(is_withdrawn=False) for pool in row.pools.all()),
    }


def acting(round_: Round, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield who must do what next in a round."""
    office = told(round_.owner) if round_.owner else _("Office")
    if round_.state == RoundState.DRAFT:
        yield office, _("draw destinations, complete the form, and open the round")
    if round_.state in {RoundState.DRAFT, RoundState.OPEN} and not round_.is_locked:
        yield office, _("lock the placement policy before the deadline")
    if round_.state == RoundState.OPEN:
        if now <= last_moment(round_):
            yield _("Applicants"), _("hand in before the deadline")
        else:
            yield office, _("close the round")
    if round_.state == RoundState.CLOSED:
        yield office, _("begin scoring")
    if round_.state == RoundState.SCORING:
        yield _("Committee"), _("hand in the scoring sheets; then the office places")
    if round_.state == RoundState.PLACED:
        yield office, _("look the placement through and publish the results")
    if round_.state == RoundState.PUBLISHED:
        yield _("Applicants"), _("answer their offers")


def _stages(round_: Round) -> Iterator[Stage]:
    order = [stage.value for stage in STAGES]
    here = order.index(round_.state) if round_.state in order else len(order)
    for index, stage in enumerate(STAGES):
        yield Stage(str(stage.label), "past" if index < here else "next" if index == here else "ahead")


def _weight(round_: Round, aim: str) -> int:
    return sum(row.weight for row in round_.criteria.all() if row.destination_id is None and row.aim == aim)
