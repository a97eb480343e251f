"""The whole command over arrays: from two files to OUT and REPORT, or decline and leave it to the reference."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from goliard.fast.placement.arrays import Ints, MarketArrays
from goliard.fast.placement.audit import audit
from goliard.fast.placement.cut_offs import Lasts, lasts, refusals
from goliard.fast.placement.deferred_acceptance import deferred_acceptance
from goliard.fast.placement.reasons import reasons
from goliard.fast.placement.scan import market_of, scan
from goliard.fast.placement.snapshot import input_hash
from goliard.fast.placement.undecided import undecided_ties
from goliard.rules.placement.audit import AuditReport
from goliard.rules.placement.explain import Wording
from goliard.rules.placement.outputs import audit_data, csv_text, cut_off_data, heading
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, SERIAL_DICTATORSHIP, Policy
from goliard.rules.placement.run import RULE_VERSION, TieUndecided, fingerprint, require_passed
from goliard.rules.placement.tables import read_destinations
from goliard.rules.placement.ties import TieRule


@dataclass(frozen=True)
class Written:
    """The text of OUT and the data of REPORT."""

    out: str
    report: dict[str, Any]


def place_files(
    applicants: bytes, destinations: bytes, *, destinations_name: str, policy: Policy, ties: TieRule, language: str, code_version: str
) -> Written | None:
    """What the reference would write, or `None` to decline.

    Raises as the reference does: `TableProblem` (destinations), `TieUndecided`, `AuditFailed`.
    """
    if policy not in {DEFERRED_ACCEPTANCE, SERIAL_DICTATORSHIP}:
        return None
    places = read_destinations(destinations, destinations_name)
    table = scan(applicants, places)
    if table is None:
        return None
    if policy is SERIAL_DICTATORSHIP and not _one_score_each(table.start, table.score):
        return None  # the reference says whose scores differ
    market = market_of(table, tuple(places[name] for name in sorted(places)), ties)
    given = deferred_acceptance(market)
    last = lasts(market, given)
    refused = refusals(market, given, last)
    if not ties.is_named:
        undecided = undecided_ties(market, given, refused)
        if undecided:
            raise TieUndecided(undecided)
    report = audit(market, given, policy.promises)
    require_passed(report)
    digest = input_hash(table, market.destinations)
    texts = reasons(market, given, last, refused, Wording(ties, policy.passed_over, policy.tied), language=language)
    named = [""] * len(given)
    ranks = [""] * len(given)
    for applicant, claim in enumerate(given.tolist()):
        if claim >= 0:
            named[applicant] = market.destinations[market.target[claim]].id
            ranks[applicant] = str(market.rank[claim])
    return Written(
        csv_text(zip(market.applicants, named, ranks, texts, strict=True)),
        {
            **heading(
                policy=policy.name,
                ties=ties.name,
                rule_version=RULE_VERSION,
                code_version=code_version,
                input_hash=digest,
                fingerprint=fingerprint(digest, policy.name, ties),
            ),
            **_counts(market, given, last, report),
        },
    )


def _one_score_each(start: Ints, score: Ints) -> bool:
    first = np.repeat(start[:-1], np.diff(start))
    return bool(np.all(score == score[first]))


def _counts(market: MarketArrays, given: Ints, last: Lasts, report: AuditReport) -> dict[str, Any]:
    placed = given[given >= 0]
    ranks = Counter(market.rank[placed].tolist())
    return {
        "counts": {
            "applicants": len(given),
            "wishes": len(market.target),
            "destinations": len(market.destinations),
            "places": int(market.places.sum()),
            "placed": len(placed),
            "unplaced": len(given) - len(placed),
            "placed_by_wish": {str(rank): ranks[rank] for rank in sorted(ranks)},
        },
        "cut_offs": _cut_offs(market, last),
        "audit": audit_data(report),
    }


def _cut_offs(market: MarketArrays, last: Lasts) -> list[dict[str, Any]]:
    members = {
        (int(market.bucket_of[number]), group): int(last.members[number])
        for number, group in zip(range(len(market.places), len(market.bucket_of)), _named_groups(market), strict=True)
    }
    rows = []
    for place, (destination, taken, claim) in enumerate(
        zip(market.destinations, last.taken.tolist(), last.last_open.tolist(), strict=True)
    ):
        score = market.scores.text(int(market.score[claim])) if taken >= destination.places and claim >= 0 else None
        reserves = [
            {"group": entry.group, "places": entry.places, "members_placed": members[place, entry.group]} for entry in destination.reserves
        ]
        rows.append(cut_off_data(destination.id, destination.places, taken, score, reserves))
    return rows


def _named_groups(market: MarketArrays) -> list[str]:
    return [group for destination in market.destinations for group in sorted(destination.named_groups())]
