"""What was stored of a run, as values of the rules again: the market with its words, the result, what the files of `goliard place` say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from goliard.apps.placement.models import PlacementRun
from goliard.rules.placement.market import Applicant, Destination, Market, Wish
from goliard.rules.placement.policies import POLICIES, Policy
from goliard.rules.placement.run import PlacementRun as Computed
from goliard.rules.placement.run import finish
from goliard.rules.placement.snapshot import read_snapshot
from goliard.rules.placement.ties import TieRule
from goliard.rules.values.texts import Reason, Text


def rule_of(run: PlacementRun) -> tuple[Policy, TieRule]:
    """Return the policy of a run, and how it orders equal scores."""
    return POLICIES[run.policy], TieRule(run.ties)


def stored_market(run: PlacementRun) -> Market:
    """Return the market of a run, with names and sentences. Raises ValueError where the text was changed."""
    return worded(read_snapshot(run.input_text), run.told)


def stored_assignment(run: PlacementRun, market: Market) -> dict[str, Wish]:
    """Return who got which wish, as the outcomes of a run tell it."""
    rows = run.outcomes.exclude(pool=None).values_list("application_id", "pool__public_id")
    given = {number: str(pool) for number, pool in rows}
    return {
        applicant.id: wish
        for applicant in market.applicants
        for wish in applicant.wishes
        if wish.destination == given.get(int(applicant.id))
    }


def stored_result(run: PlacementRun) -> Computed:
    """Return the result of a run as it was stored, explained and audited anew."""
    market = stored_market(run)
    return finish(market, *rule_of(run), stored_assignment(run, market))


def worded(market: Market, told: Mapping[str, Any]) -> Market:
    """Return the market with the names and the sentences that its text leaves out; neither changes an outcome."""
    names = {key: Text(*both) for key, both in told.get("names", {}).items()}
    barred = {key: tuple(Reason(rule, Text(nl, en)) for rule, nl, en in why) for key, why in told.get("barred", {}).items()}
    return Market(
        tuple(_worded_applicant(each, barred) for each in market.applicants),
        tuple(_named(each, names) for each in market.destinations),
    )


def told_reasons(reasons: Iterable[Reason]) -> list[list[str]]:
    """Return reasons as they are stored: rule, Dutch, English."""
    return [[reason.rule, reason.because.nl, reason.because.en] for reason in reasons]


def _worded_applicant(applicant: Applicant, barred: Mapping[str, tuple[Reason, ...]]) -> Applicant:
    if not any(wish.barred for wish in applicant.wishes):
        return applicant
    wishes = (
        replace(wish, barred=barred.get(f"{applicant.id} {wish.destination}", wish.barred)) if wish.barred else wish
        for wish in applicant.wishes
    )
    return replace(applicant, wishes=tuple(wishes))


def _named(destination: Destination, names: Mapping[str, Text]) -> Destination:
    return replace(destination, name=names.get(destination.id))
