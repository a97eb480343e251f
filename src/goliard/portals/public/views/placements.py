"""How places of a round were given out: the anonymous report, with the policy and the hashes by which it can be checked."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from goliard.apps.placement.queries.reports import RoundReport, report_of, reported_rounds
from goliard.portals.public.visits import found, language, public_page
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.placement.policies import POLICIES


@public_page
def reports(request: ActorRequest) -> HttpResponse:
    """The rounds with a report."""
    return render(request, "public/placements.html", {"rounds": reported_rounds()})


@public_page
def report(request: ActorRequest, key: str) -> HttpResponse:
    """One round."""
    told = _report(key)
    policy = POLICIES[told.run.policy].title.in_language(language())
    return render(request, "public/placement.html", {"report": told, "run": told.run, "round": told.run.round, "policy": policy})


@public_page
def report_json(request: ActorRequest, key: str) -> HttpResponse:
    """The same as data; `null` is suppressed."""
    told = _report(key)
    run = told.run
    rows = [
        {
            "destination": row.name.in_language(language()),
            "places": row.places,
            "named_by": row.named_by,
            "first_wishes": row.first_wishes,
            "placed": row.placed,
            "cut_off": row.cut_off,
        }
        for row in told.rows
    ]
    return JsonResponse(
        {
            "round": run.round.key,
            "policy": run.policy,
            "ties": run.ties,
            "policy_hash": run.policy_hash,
            "input_hash": run.input_hash,
            "fingerprint": run.fingerprint,
            "rule_version": run.rule_version,
            "code_version": run.code_version,
            "illustrative": run.is_illustrative,
            "applicants": told.applicants,
            "placed_by_wish": dict(told.by_wish),
            "destinations": rows,
        }
    )


def _report(key: str) -> RoundReport:
    round_ = found(reported_rounds().filter(key=key).first())
    told: RoundReport = found(report_of(round_))
    return told
