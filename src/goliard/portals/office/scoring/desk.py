"""The scoring of a round: members, dealing, and the totals as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from goliard.apps.accounts.queries import account_of_email
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.applications.queries.declarations import open_declarations
from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.models import Round
from goliard.apps.scoring.models import CommitteeMember
from goliard.apps.scoring.policies import may_run_scoring, may_see_scores_of, may_see_scoring
from goliard.apps.scoring.queries.committee import conflicts_of, members_of, sheets_done
from goliard.apps.scoring.queries.scores import ScoredApplication, scored_in
from goliard.apps.scoring.services.committee import deal_sheets, end_member, name_member
from goliard.portals.office.rounds.acting import tell
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest

MOST = 5  # members an application


@dataclass(frozen=True, slots=True)
class Row:
    """An application in the list: its total, or the highest and the lowest where they differ; `shut` for who declared a conflict."""

    application: Application
    scored: ScoredApplication | None
    highest: Decimal | None
    lowest: Decimal | None
    done: int
    dealt: int
    shut: bool


@door(may_see_scoring)
def scoring(request: ActorRequest, pk: int) -> HttpResponse:
    """The committee and every application with its total, the best first."""
    round_ = get_object_or_404(Round.objects.select_related("owner"), pk=pk)
    refuse_unless(may_see_scores_of(request.actor, round_))
    rows = rows_of(round_, conflicts_of(request.actor, round_))
    context = {
        "round": round_,
        "members": members_of(round_),
        "rows": rows,
        "complete": sum(row.lowest is not None for row in rows),
        "undecided": open_declarations(round_.pk),
        "criteria": round_.criteria.filter(destination__isnull=True),
        "may_run": may_run_scoring(request.actor, round_),
        "dealing": round_.state in {"closed", "scoring"},
        "choices": range(1, MOST + 1),
    }
    return render(request, "office/scoring/scoring.html", context)


def rows_of(round_: Round, shut: frozenset[int]) -> list[Row]:
    """Return the applications that count: totals first, from high to low, then those without one, each in order of number."""
    scored = {each.submitted.application: each for each in scored_in(round_)}
    done = sheets_done(round_)
    rows = []
    for application in counting_applications(round_.pk):
        each = None if application.pk in shut else scored.get(application.pk)
        totals = [at.total for at in each.at.values() if at.total is not None] if each and each.is_complete else []
        counted = done.get(application.pk, (0, 0))
        rows.append(
            Row(application, each, max(totals, default=None), min(totals, default=None), counted[0], counted[1], application.pk in shut)
        )
    return sorted(rows, key=lambda row: (row.highest is None, -(row.highest or 0), row.application.pk))


@door(may_see_scoring)
def export(request: ActorRequest, pk: int) -> HttpResponse:
    """Totals as a table of applicants for `goliard place`: a row a wish."""
    round_ = get_object_or_404(Round, pk=pk)
    refuse_unless(may_see_scores_of(request.actor, round_) and not conflicts_of(request.actor, round_))
    rows = [
        [each.submitted.application, wish.rank, wish.destination, str(each.at[wish.destination].total)]
        for each in scored_in(round_)
        if each.is_complete
        for wish in each.submitted.wishes
    ]
    return csv_response(f"scores-{round_.key}.csv", [["applicant", "wish", "destination", "score"], *rows])


@require_POST
@door(may_see_scoring)
def member(request: ActorRequest, pk: int) -> HttpResponse:
    """Name a member by the e-mail address of an account."""
    round_ = _run(request, pk)
    user = account_of_email(request.POST.get("email", ""))
    if user is None:
        messages.error(request, _("There is no account with this e-mail address."))
    else:
        try:
            name_member(round=round_, user=user, actor=request.actor, now=timezone.now())
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("%(name)s is a member of the committee.") % {"name": user.display_name})
    return redirect("office:round-scoring", pk=pk)


@require_POST
@door(may_see_scoring)
def leave(request: ActorRequest, pk: int, member_pk: int) -> HttpResponse:
    """Let a member leave."""
    round_ = _run(request, pk)
    row = get_object_or_404(CommitteeMember, pk=member_pk, round=round_)
    try:
        end_member(member=row, actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
    return redirect("office:round-scoring", pk=pk)


@require_POST
@door(may_see_scoring)
def deal(request: ActorRequest, pk: int) -> HttpResponse:
    """Deal the applications."""
    round_ = _run(request, pk)
    given = request.POST.get("each", "")
    each = int(given) if given.isdecimal() and 1 <= int(given[:3]) <= MOST else 1
    try:
        dealt = deal_sheets(round=round_, each=each, actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, ngettext("%(n)d sheet is dealt.", "%(n)d sheets are dealt.", dealt) % {"n": dealt})
    return redirect("office:round-scoring", pk=pk)


def _run(request: ActorRequest, pk: int) -> Round:
    found: Round = get_object_or_404(Round.objects.select_related("owner"), pk=pk)
    refuse_unless(may_run_scoring(request.actor, found))
    return found
