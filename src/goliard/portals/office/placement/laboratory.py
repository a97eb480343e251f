"""The policy laboratory: what each policy does with the stored input of a run, before one is locked for the next round."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.placement.policies import may_read_placement
from goliard.apps.placement.queries.stored import rule_of, stored_market
from goliard.portals.office.placement.finding import seen_run
from goliard.portals.office.placement.words import language
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.placement.laboratory import Measures, Share, compare
from goliard.rules.placement.market import MarketProblem
from goliard.rules.placement.policies import POLICIES
from goliard.rules.placement.public_report import FEWEST
from goliard.rules.values.texts import Text

MOST = 500  # applicants for whom the policy with most wishes served answers within the time of a page


@door(may_read_placement)
def laboratory(request: ActorRequest, pk: int) -> HttpResponse:
    """Every policy on the same input: placed, first wishes, average rank, envy, unmet reserves, empty places, and the same by group."""
    run = seen_run(request, pk)
    market, (own, ties) = stored_market(run), rule_of(run)
    rows, left_out = [], []
    for policy in POLICIES.values():
        title = policy.title.in_language(language())
        if policy.name == "min-cost-flow" and len(market.applicants) > MOST:
            left_out.append((title, Text(f"meer dan {MOST} kandidaten.", f"more than {MOST} applicants.").in_language(language())))
            continue
        try:
            (measures,) = compare(market, [policy], ties)
        except MarketProblem as problem:
            left_out.append((title, problem.because.in_language(language())))
        else:
            rows.append((title, policy.name == own.name, measures, _share(measures.everyone)))
    letters = run.told.get("groups", {})
    titles = dict(run.round.groups.values_list("key", "title_nl" if language().startswith("nl") else "title_en"))
    context = {
        "run": run,
        "round": run.round,
        "rows": rows,
        "left_out": left_out,
        "groups": [
            (titles.get(key, key), _by_group(letter, [(title, each) for title, _own, each, _all in rows]))
            for letter, key in letters.items()
        ],
    }
    return render(request, "office/placement/laboratory.html", context)


def _share(share: Share) -> dict[str, object]:
    average = "–" if share.average_rank is None else round(Decimal(share.average_rank.numerator) / share.average_rank.denominator, 2)
    return {"applicants": share.applicants, "placed": share.placed, "first": share.first_wishes, "average": average}


def _by_group(letter: str, measured: list[tuple[str, Measures]]) -> list[tuple[str, dict[str, object] | None]]:
    """A group of fewer than five is not counted: its numbers would tell of its members."""
    found: list[tuple[str, dict[str, object] | None]] = []
    for title, measures in measured:
        share = measures.by_group.get(letter)
        found.append((title, _share(share) if share and share.applicants >= FEWEST else None))
    return found
