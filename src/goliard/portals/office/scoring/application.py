"""The score of one application: every line, every sheet, every correction."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_read_declarations
from goliard.apps.applications.queries.applications import applications
from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.models import RoundDestination
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.policies import may_run_scoring, may_see_scores, may_see_scoring
from goliard.apps.scoring.queries.scores import scored_application
from goliard.apps.scoring.services.corrections import correct_score
from goliard.apps.scoring.services.sheets import return_sheet
from goliard.portals.office.rounds.acting import tell
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


@door(may_see_scoring)
def score(request: ActorRequest, pk: int) -> HttpResponse:
    """One application."""
    application = find(request, pk)
    language = get_language() or "en"
    scored = scored_application(application)
    names = {str(row.public_id): row.name(language) for row in _destinations(application)}
    shows_private = may_read_declarations(request.actor, timezone.localdate())
    context: dict[str, Any] = {
        "application": application,
        "round": application.round,
        "scores": [
            {
                "destination": names.get(destination, destination),
                "total": each.total,
                "lines": [line for line in each.lines if shows_private or not line.measure.is_private],
                "hidden": not shows_private and any(line.measure.is_private for line in each.lines),
            }
            for destination, each in (scored.at.items() if scored else ())
        ],
        "differs": scored is not None and scored.differs,
        "sheets": CommitteeSheet.objects.filter(application=application)
        .select_related("member__user")
        .prefetch_related("scores__criterion"),
        "recommendations": application.recommendations.filter(given_at__isnull=False),
        "corrections": application.score_corrections.select_related("criterion"),
        "criteria": application.round.criteria.select_related("destination__organisation", "destination__unit"),
        "may_run": may_run_scoring(request.actor, application.round),
    }
    return render(request, "office/scoring/application.html", context)


@require_POST
@door(may_see_scoring)
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a value, or take a correction back."""
    application = find(request, pk)
    refuse_unless(may_run_scoring(request.actor, application.round))
    key = request.POST.get("criterion", "")
    criterion = get_object_or_404(application.round.criteria, pk=int(key) if key.isdecimal() and len(key) < 18 else 0)
    text = request.POST.get("value", "").strip().replace(",", ".")
    try:
        value = Decimal(text) if text else None
        correct_score(
            application=application, criterion=criterion, value=value, reason=request.POST.get("reason", "")[:500], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip
    except InvalidOperation:
        messages.error(request, _("This is no number."))
    except Refused as refused:
        tell(request, refused)
    return redirect("office:application-score", pk=pk)


@require_POST
@door(may_see_scoring)
def give_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a sheet back to its member, with a reason."""
    sheet = get_object_or_404(CommitteeSheet.objects.select_related("application__round"), pk=pk)
    refuse_unless(may_run_scoring(request.actor, sheet.application.round) and may_see_scores(request.actor, sheet.application))
    try:
        return_sheet(sheet=sheet, reason=request.POST.get("reason", "")[:500], actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
    return redirect("office:application-score", pk=sheet.application_id)


def find(request: ActorRequest, pk: int) -> Application:
    """Return the application, if its score is for the actor to see: 403 for who declared a conflict of interest."""
    found: Application = get_object_or_404(applications(), pk=pk)
    refuse_unless(may_see_scores(request.actor, found))
    return found


def _destinations(application: Application) -> Any:
    return RoundDestination.objects.filter(round=application.round).select_related("organisation", "unit")
