"""What a run writes: one CSV row an applicant, and a report of counts, cut-offs, audit and hashes without any applicant in it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from goliard.rules.placement.audit import AuditReport
from goliard.rules.placement.cut_offs import CutOff
from goliard.rules.placement.run import PlacementRun
from goliard.rules.placement.sentences import plain

OUT_COLUMNS = ("applicant", "destination", "wish", "reason")


def outcome_rows(run: PlacementRun, language: str) -> Iterable[tuple[str, str, str, str]]:
    """The rows of OUT in the order of applicant ids; destination and wish are empty without a place."""
    for outcome in run.outcomes:
        destination, rank = (outcome.wish.destination, str(outcome.wish.rank)) if outcome.wish else ("", "")
        yield outcome.applicant, destination, rank, outcome.because.in_language(language)


def csv_text(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """OUT as text: UTF-8 when encoded, comma, line feeds."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(OUT_COLUMNS)
    writer.writerows(rows)
    return text.getvalue()


def report(run: PlacementRun, code_version: str) -> dict[str, Any]:
    """REPORT as plain data. It is the office's: exact counts, no cell suppressed; see `public_report` for the one to publish."""
    ranks = Counter(wish.rank for wish in run.assignment.values())
    return {
        **heading(
            policy=run.policy,
            ties=run.ties.name,
            rule_version=run.rule_version,
            code_version=code_version,
            input_hash=run.input_hash,
            fingerprint=run.fingerprint,
        ),
        "counts": {
            "applicants": len(run.market.applicants),
            "wishes": sum(len(applicant.wishes) for applicant in run.market.applicants),
            "destinations": len(run.market.destinations),
            "places": sum(destination.places for destination in run.market.destinations),
            "placed": len(run.assignment),
            "unplaced": len(run.market.applicants) - len(run.assignment),
            "placed_by_wish": {str(rank): ranks[rank] for rank in sorted(ranks)},
        },
        "cut_offs": [_cut_off(run.cut_offs[destination.id]) for destination in run.market.destinations],
        "audit": audit_data(run.audit),
    }


def heading(*, policy: str, ties: str, rule_version: str, code_version: str, input_hash: str, fingerprint: str) -> dict[str, Any]:
    """What names the run."""
    return {
        "policy": policy,
        "ties": ties or None,
        "code_version": code_version,
        "rule_version": rule_version,
        "input_hash": input_hash,
        "fingerprint": fingerprint,
    }


def _cut_off(cut_off: CutOff) -> dict[str, Any]:
    reserves = [
        {"group": entry.group, "places": entry.places, "members_placed": cut_off.members.get(entry.group, 0)}
        for entry in cut_off.destination.reserves
    ]
    last = plain(cut_off.last_open.wish.score) if cut_off.is_full and cut_off.last_open else None
    return cut_off_data(cut_off.destination.id, cut_off.destination.places, len(cut_off.held), last, reserves)


def cut_off_data(destination: str, places: int, placed: int, last: str | None, reserves: list[dict[str, Any]]) -> dict[str, Any]:
    """One destination: `cut_off` is the score of the last open place, as text; null while places are free or all are reserved."""
    data: dict[str, Any] = {"destination": destination, "places": places, "placed": placed, "cut_off": last}
    return data | ({"reserves": reserves} if reserves else {})


def audit_data(audit: AuditReport) -> dict[str, Any]:
    """The audit: whether it passed, and per check how often it failed."""
    return {"passed": audit.passed, "checks": {str(check): number for check, number in audit.failures.items()}}


def report_text(data: dict[str, Any]) -> str:
    """REPORT as JSON text."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
