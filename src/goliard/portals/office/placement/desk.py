"""The run desk: which rounds are to be placed, and one round with its policy, its runs and who must act."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.institutions.usage import told
from goliard.apps.placement.choices import RunKind, RunState
from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.policies import may_place, may_read_placement, visible_rounds
from goliard.apps.placement.queries.desk import Answered, answered, applicants_in, placing_rounds
from goliard.apps.placement.services.asking import ask_placement, ask_reoffer
from goliard.apps.placement.services.ending import end_placement
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.portals.office.placement.finding import done, own_round, seen_round
from goliard.portals.office.placement.words import language, named_troubles
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.placement.policies import POLICIES

KINDS = {"placement": RunKind.PLACEMENT, "trial": RunKind.TRIAL}


@door(may_read_placement)
def rounds(request: ActorRequest) -> HttpResponse:
    """The rounds whose deadline has passed."""
    rows = placing_rounds(visible_rounds(request.actor, Round.objects.all()))
    return render(request, "office/placement/rounds.html", {"rows": rows})


@door(may_read_placement)
def desk(request: ActorRequest, pk: int) -> HttpResponse:
    """One round."""
    round_ = seen_round(request, pk)
    runs = list(round_.placement_runs.defer("input_text", "told").order_by("-number"))
    now = timezone.now()
    counted = answered(round_, now)
    policy = POLICIES.get(round_.policy)
    context = {
        "round": round_,
        "runs": runs,
        "applicants": applicants_in(round_),
        "policy": policy.title.in_language(language()) if policy else round_.policy,
        "answered": counted,
        "acting": list(acting(round_, runs, counted)),
        "may_place": may_place(request.actor, round_),
        "is_scoring": round_.state == RoundState.SCORING,
        "is_published": round_.state == RoundState.PUBLISHED,
        "may_try": round_.state in {RoundState.SCORING, RoundState.PLACED, RoundState.PUBLISHED},
        "troubles": named_troubles(round_),
        "busy": any(not run.is_over for run in runs),
    }
    return render(request, "office/placement/desk.html", context)


@require_POST
@door(may_read_placement)
def ask(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """Ask for a run: a placement, a trial, or offering again."""
    round_, now = own_round(request, pk), timezone.now()
    reason = request.POST.get("reason", "")[:500]

    def queue() -> PlacementRun:
        if kind == "reoffer":
            return ask_reoffer(round=round_, actor=request.actor, now=now)
        return ask_placement(round=round_, kind=KINDS.get(kind, RunKind.PLACEMENT), reason=reason, actor=request.actor, now=now)

    run = done(request, queue)
    return redirect("office:placement-run", pk=run.pk) if run else redirect("office:placement-desk", pk=pk)


@require_POST
@door(may_read_placement)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    """End the round; what was not used goes back."""
    round_ = own_round(request, pk)
    words = _("The round has ended; places that were not accepted are free again.")
    done(request, lambda: end_placement(round=round_, actor=request.actor, now=timezone.now()), words)
    return redirect("office:placement-desk", pk=pk)


def acting(round_: Round, runs: list[PlacementRun], counted: Answered) -> Iterator[tuple[str, str]]:
    """Yield who must do what next."""
    office = told(round_.owner) if round_.owner else _("Office")
    if round_.state == RoundState.CLOSED:
        yield office, _("begin scoring")
    if round_.state == RoundState.SCORING:
        ready = any(run.state == RunState.READY and run.kind == RunKind.PLACEMENT for run in runs)
        yield office, _("look a run through and adopt it as the result") if ready else _("run the placement once everybody has a score")
    if round_.state == RoundState.PLACED:
        yield office, _("look at every letter, then publish")
    if counted.open:
        yield _("Applicants"), _("answer their offers: %(n)d") % {"n": counted.open}
    if counted.overdue:
        yield office, _("let offers without an answer expire: %(n)d") % {"n": counted.overdue}
    shown = max((run.number for run in runs if run.state == RunState.PUBLISHED), default=0)  # an older one was computed from older answers
    waiting = next((run for run in runs if run.kind == RunKind.REOFFER and run.state == RunState.READY and run.number > shown), None)
    if waiting:
        yield office, _("look at the letters of run %(n)d, then send its offers") % {"n": waiting.number}
