"""Applications that a committee member scores: first the declaration about conflicts of interest, then the file and the sheet."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import SubmittedDocument
from goliard.apps.applications.queries.applications import newest_submission
from goliard.apps.applications.queries.submitted import submitted_application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.models import RoundDestination
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.policies import may_hold_sheet, may_read_file, may_sit_on_committees
from goliard.apps.scoring.queries.committee import asked_of, sheets, sheets_of_member
from goliard.apps.scoring.services.sheets import declare_conflict, hand_in_sheet
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.downloads import sent_file
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences


@door(may_sit_on_committees)
def to_score(request: ActorRequest) -> HttpResponse:
    """My sheets in the rounds that are being scored."""
    return render(request, "staff/to_score.html", {"sheets": sheets_of_member(request.actor)})


@door(may_sit_on_committees)
def score_sheet(request: ActorRequest, public_id: str) -> HttpResponse:
    """The declaration; after it the application as it was handed in, and a value for every criterion."""
    sheet = _mine(request, public_id)
    if not may_read_file(request.actor, sheet):
        return render(request, "staff/declare.html", {"sheet": sheet})
    language = get_language() or "en"
    asked = asked_of(sheet, language)
    given = {each.criterion.pk: request.POST.get(f"value_{each.criterion.pk}", "") for each in asked}
    faults: list[str] = []
    if request.method == "POST":
        try:
            points = {pk: Decimal(text.strip().replace(",", ".")) for pk, text in given.items() if text.strip()}
            comment = request.POST.get("comment", "")[:5000]
            hand_in_sheet(sheet=sheet, points=points, comment=comment, actor=request.actor, now=timezone.now())
        except InvalidOperation:
            faults = [_("Give numbers, such as 7.5.")]
        except Refused as refused:
            faults = sentences(refused.reasons)
        else:
            messages.success(request, _("Your sheet is in. Thank you."))
            return redirect("staff:to-score")
    context = {
        **file_of(sheet, language),
        "sheet": sheet,
        "rows": [(each, given[each.criterion.pk]) for each in asked],
        "comment": request.POST.get("comment", ""),
        "faults": faults,
    }
    return render(request, "staff/score_sheet.html", context, status=422 if faults else 200)


@require_POST
@door(may_sit_on_committees)
def declare(request: ActorRequest, public_id: str) -> HttpResponse:
    """Say whether there is a conflict of interest."""
    sheet = _mine(request, public_id)
    if request.POST.get("conflict") not in {"yes", "no"}:
        messages.error(request, _("Choose one of the two."))
        return redirect("staff:score-sheet", public_id=public_id)
    has_conflict = request.POST["conflict"] == "yes"
    try:
        declare_conflict(sheet=sheet, has_conflict=has_conflict, actor=request.actor, now=timezone.now())
    except Refused as refused:
        for sentence in sentences(refused.reasons):
            messages.error(request, sentence)
        return redirect("staff:to-score")
    if has_conflict:
        messages.success(request, _("Thank you. The file stays shut for you, and another member reads it."))
        return redirect("staff:to-score")
    return redirect("staff:score-sheet", public_id=public_id)


@door(may_sit_on_committees)
def score_file(request: ActorRequest, public_id: str, pk: int) -> HttpResponseBase:
    """A document as it was handed in."""
    sheet = _mine(request, public_id)
    refuse_unless(may_read_file(request.actor, sheet))
    rows = SubmittedDocument.objects.filter(submission__application=sheet.application).select_related("file")
    return sent_file(get_object_or_404(rows, pk=pk).file)


def file_of(sheet: CommitteeSheet, language: str) -> dict[str, Any]:
    """Return what a member reads of an application: wishes, answers, documents and the record, as they were handed in."""
    submitted, submission = submitted_application(sheet.application), newest_submission(sheet.application)
    if submitted is None or submission is None:
        return {}
    rows = RoundDestination.objects.filter(round=sheet.application.round).select_related("organisation", "unit")
    names = {str(row.public_id): row.name(language) for row in rows}
    return {
        "wishes": [(wish.rank, names.get(wish.destination, ""), wish.term) for wish in submitted.wishes],
        "answers": [
            (each["text"]["nl" if language.startswith("nl") else "en"], names.get(each["destination"] or "", ""), each["answer"])
            for each in submitted.answers
        ],
        "documents": submission.documents.select_related("requirement", "file"),
        "record": submitted,
        "recommendations": sheet.application.recommendations.filter(given_at__isnull=False),
    }


def _mine(request: ActorRequest, public_id: str) -> CommitteeSheet:
    found: CommitteeSheet = get_object_or_404(sheets(), public_id=public_id)
    refuse_unless(may_hold_sheet(request.actor, found))
    return found
