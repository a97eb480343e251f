"""One run: how far it is, its audit and hashes, what everybody gets and why, its files, and how it differs from another."""

from __future__ import annotations

import shlex
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import goliard
from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_read_declarations
from goliard.apps.placement.choices import RunState
from goliard.apps.placement.models import PlacementOutcome, PlacementRun
from goliard.apps.placement.policies import may_place, may_read_placement
from goliard.apps.placement.queries.desk import changed_between, outcomes_of
from goliard.apps.placement.queries.masked import masked_reasons, tells_of_groups
from goliard.apps.placement.queries.reports import minima_of
from goliard.apps.placement.queries.stored import rule_of, stored_market, stored_result
from goliard.apps.placement.services.publishing import adopt_placement, discard_placement, put_back_placement
from goliard.portals.office.placement.finding import done, own_run, seen_run
from goliard.portals.office.placement.words import CHECKS, language, name_in
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.placement_run import PLACEMENT_RUN
from goliard.rules.placement.as_tables import applicants_csv, destinations_csv, not_in_tables
from goliard.rules.placement.laboratory import Difference
from goliard.rules.placement.outputs import report, report_text
from goliard.rules.placement.policies import POLICIES
from goliard.rules.placement.sentences import spoken
from goliard.rules.values.texts import Text

PER_PAGE = 50
OPEN_FILES = frozenset({"D.csv", "outcome.csv"})  # the others name groups of people, or count them
COMPUTED = (RunState.READY, RunState.FAILED, RunState.ADOPTED, RunState.PUBLISHED, RunState.SUPERSEDED, RunState.DISCARDED)


@door(may_read_placement)
def run_page(request: ActorRequest, pk: int) -> HttpResponse:
    """A run; the page renews itself until it is computed, with or without script."""
    run = seen_run(request, pk)
    narrowed = {name: request.GET.get(name, "")[:100] for name in ("words", "pool", "placed")}
    rows = outcomes_of(run, **narrowed)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    others = run.round.placement_runs.exclude(pk=run.pk).filter(state__in=COMPUTED).defer("input_text", "told").order_by("-number")
    mine = may_place(request.actor, run.round)
    moves = {each.action for each in PLACEMENT_RUN.open_actions(state=run.state, actor=request.actor)} if mine else set()
    context = {
        "run": run,
        "round": run.round,
        "policy": POLICIES[run.policy].title.in_language(language()) if run.policy in POLICIES else run.policy,
        "faults": [Text(nl, en).in_language(language()) for nl, en in run.faults],
        "checks": [(CHECKS.get(name, name), number) for name, number in run.audit.items()],
        "findings": [(CHECKS.get(check, check), name_in(run, pool) if pool else "", number) for check, pool, number in run.findings],
        "cut_offs": sorted(((name_in(run, each["destination"]), _spoken(each)) for each in run.cut_offs), key=lambda pair: pair[0]),
        "names": sorted((name_in(run, each["destination"]), each["destination"]) for each in run.cut_offs),
        "minima": minima_of(run) if run.audit else [],
        "page": page,
        "outcomes": [_shown(outcome, run) for outcome in page.object_list],
        "narrowed": narrowed,
        "others": others,
        "moves": moves,
        "may_place": mine,
        **(_repeating(run, may_read_groups=_may_read_groups(request, run)) if mine and run.is_over else {}),
    }
    return render(request, "office/placement/run.html", context)


@require_POST
@door(may_read_placement)
def move(request: ActorRequest, pk: int, action: str) -> HttpResponse:
    """Adopt, take the adoption back, or set aside."""
    run = own_run(request, pk)
    given: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    reason = request.POST.get("reason", "")[:500]
    match action:
        case "adopt":
            done(request, lambda: adopt_placement(run=run, **given), _("Adopted. Look at every letter, then publish."))
        case "put-back":
            done(request, lambda: put_back_placement(run=run, reason=reason, **given), _("The round is being scored again."))
        case "discard":
            done(request, lambda: discard_placement(run=run, reason=reason, **given), _("Set aside; it stays on record."))
        case _:
            raise Http404
    return redirect("office:placement-run", pk=pk)


@door(may_read_placement)
def run_file(request: ActorRequest, pk: int, name: str) -> HttpResponse:
    """The stored input, the files that say the same, the outcome, and the report."""
    run = own_run(request, pk)
    refuse_unless(name in OPEN_FILES or _may_read_groups(request, run))
    if name == "input.txt":
        return _text(f"run-{run.number}-input.txt", run.input_text, "text/plain")
    if name in {"A.csv", "D.csv"}:
        market = stored_market(run)
        if not_in_tables(market, rule_of(run)[0]):
            raise Http404
        return _text(f"run-{run.number}-{name}", (applicants_csv if name == "A.csv" else destinations_csv)(market), "text/csv")
    if name == "outcome.csv" and run.state in COMPUTED:
        return csv_response(f"run-{run.number}-outcome.csv", _outcome_rows(run))
    if name == "report.json" and run.state in COMPUTED:
        return _text(f"run-{run.number}-report.json", report_text(report(stored_result(run), goliard.__version__)), "application/json")
    raise Http404


@door(may_read_placement)
def compare(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    """Whose outcome differs between another run and this one: who would be affected by corrected data."""
    run, before = seen_run(request, pk), seen_run(request, other)
    if run.round_id != before.round_id:
        raise Http404
    changed = changed_between(before, run)
    people = Application.objects.select_related("person").in_bulk([int(each.applicant) for each in changed])
    lines = [(people[int(each.applicant)], *_told(each, before, run), each.is_loss) for each in changed]
    context = {"run": run, "before": before, "round": run.round, "lines": lines, "losses": sum(each.is_loss for each in changed)}
    return render(request, "office/placement/compare.html", context)


def _told(change: Difference, before: PlacementRun, after: PlacementRun) -> tuple[str, str]:
    def told(run: PlacementRun, wish: Any) -> str:
        return _("%(place)s (wish %(rank)d)") % {"place": name_in(run, wish.destination), "rank": wish.rank} if wish else _("no place")

    return told(before, change.before), told(after, change.after)


def _shown(outcome: PlacementOutcome, run: PlacementRun) -> dict[str, Any]:
    reasons = [text.in_language(language()) for text in masked_reasons(outcome, run)]
    place = name_in(run, str(outcome.pool.public_id)) if outcome.pool else ""
    score = spoken(outcome.score, language()[:2])
    return {"row": outcome, "place": place, "score": score, "reasons": reasons[1:] if outcome.pool or len(reasons) > 1 else reasons}


def _spoken(limit: dict[str, Any]) -> dict[str, Any]:
    return {**limit, "cut_off": spoken(limit["cut_off"] or "", language()[:2])}


def _outcome_rows(run: PlacementRun) -> list[list[object]]:
    heading = [_("Number"), _("Name"), _("Place"), _("Wish"), _("Score"), _("Reasons")]
    shown = (_shown(outcome, run) for outcome in outcomes_of(run))
    return [heading, *([each["row"].application_id, each["row"].application.person.full_name, each["place"], each["row"].rank or "",
                        each["row"].score, " ".join(each["reasons"])] for each in shown)]  # fmt: skip


def _may_read_groups(request: ActorRequest, run: PlacementRun) -> bool:
    return not tells_of_groups(run) or may_read_declarations(request.actor, timezone.localdate())


def _repeating(run: PlacementRun, *, may_read_groups: bool) -> dict[str, Any]:
    """How anybody computes the same again: the files, and the command."""
    because = not_in_tables(stored_market(run), rule_of(run)[0])
    files = ["input.txt", *([] if because else ["A.csv", "D.csv"]), "outcome.csv", "report.json"]
    return {
        "files": [name for name in files if may_read_groups or name in OPEN_FILES],
        "kept_apart": not may_read_groups,
        "not_in_tables": because.in_language(language()) if because else "",
        "command": f"goliard place --snapshot input.txt --policy {run.policy} --ties {shlex.quote(run.ties)} --out OUT.csv",
    }


def _text(filename: str, text: str, kind: str) -> HttpResponse:
    response = HttpResponse(text.encode(), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
