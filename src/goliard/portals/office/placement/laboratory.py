"""The policy laboratory: what each policy does with the stored input of a run, before one is locked for the next round."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.placement.policies import may_read_placement
from goliard.apps.placement.queries.desk import faculties_in
from goliard.apps.placement.queries.stored import rule_of, stored_market
from goliard.portals.office.placement.finding import seen_run
from goliard.portals.office.placement.words import language
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.placement.laboratory import Share, compare
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
    faculties = faculties_in(run.round)
    part_of = {applicant: key for applicant, (key, _name) in faculties.items()}
    rows, left_out = [], []
    for policy in POLICIES.values():
        title = policy.title.in_language(language())
        if policy.name == "min-cost-flow" and len(market.applicants) > MOST:
            left_out.append((title, Text(f"meer dan {MOST} kandidaten.", f"more than {MOST} applicants.").in_language(language())))
            continue
        try:
            (measures,) = compare(market, [policy], ties, part_of)
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
            (titles.get(key, key), [(title, _counted(each.by_group.get(letter))) for title, _own, each, _all in rows])
            for letter, key in letters.items()
        ],
        "faculties": [
            (name, [(title, _counted(each.by_part.get(key))) for title, _own, each, _all in rows])
            for key, name in sorted(set(faculties.values()), key=lambda pair: pair[1])
        ],
    }
    return render(request, "office/placement/laboratory.html", context)


def _share(share: Share) -> dict[str, object]:
    average = "–" if share.average_rank is None else round(Decimal(share.average_rank.numerator) / share.average_rank.denominator, 2)
    return {"applicants": share.applicants, "placed": share.placed, "first": share.first_wishes, "average": average}


def _counted(share: Share | None) -> dict[str, object] | None:
    """Fewer than five are not counted: the numbers would tell of people."""
    return _share(share) if share and share.applicants >= FEWEST else None
