"""Publish a run: until when, what stands in the way, and every letter as it will leave, before anything does."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.services.letters import address_of
from goliard.apps.messaging.services.queue import texts
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.policies import may_read_placement
from goliard.apps.placement.queries.publication import Change, changes_of, publication_faults
from goliard.apps.placement.services.publishing import publish_placement
from goliard.apps.rounds.models import Round
from goliard.portals.office.placement.finding import done, own_run
from goliard.portals.office.placement.words import language
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest

PER_PAGE = 25


class AnswerByForm(forms.Form):
    """Until when offers are answered, in the round's local time."""

    answer_by = forms.DateTimeField(
        label=_("answer by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


def default_answer_by(round_: Round, now: datetime) -> datetime:
    """Return the round's day at its end, or a week from now where that has passed; local time without a zone, as the form shows it."""
    today = now.astimezone(ZoneInfo(round_.zone)).date()
    day = round_.answer_by if round_.answer_by and round_.answer_by > today else today + timedelta(days=7)
    return datetime.combine(day, time(23, 59))


@door(may_read_placement)
def publish(request: ActorRequest, pk: int) -> HttpResponse:
    """The letters and what stands in the way; a POST publishes."""
    run, now = own_run(request, pk), timezone.now()
    chosen = default_answer_by(run.round, now)
    form = AnswerByForm(request.POST or None, initial={"answer_by": chosen})
    if form.is_valid():
        chosen = form.cleaned_data["answer_by"].replace(tzinfo=None)
    answer_by = chosen.replace(tzinfo=ZoneInfo(run.round.zone))
    if form.is_valid() and "publish" in request.POST:
        words = _now("Published; the letters are on their way.")
        if done(request, lambda: publish_placement(run=run, answer_by=answer_by, actor=request.actor, now=now), words):
            return redirect("office:placement-offers", pk=run.round_id)
    changes = changes_of(run, answer_by)
    page = Paginator(changes, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "round": run.round,
        "form": form,
        "faults": [reason.because.in_language(language()) for reason in publication_faults(run, changes, timezone.localdate(now))],
        "changes": changes,
        "page": page,
        "letters": [_letter(change) for change in page.object_list],
        "counts": _counts(changes),
        "unknown": [change.outcome.application for change in changes if not address_of(change.outcome.application)],
    }
    return render(request, "office/placement/publish.html", context, status=422 if form.errors else 200)


def _letter(change: Change) -> dict[str, object]:
    application = change.outcome.application
    filled = {"name": application.person.full_name, "round": application.round.title(application.language), **change.values}
    subject, body = texts(change.letter.key, application.language, filled)
    return {
        "application": application,
        "address": address_of(application),
        "subject": subject,
        "body": body,
        "purpose": change.letter.purpose,
    }


def _counts(changes: list[Change]) -> dict[str, int]:
    return {
        "offers": sum(change.place is not None and change.state == OfferState.OPEN for change in changes),
        "moved": sum(change.place is not None and change.state == OfferState.ACCEPTED for change in changes),
        "none": sum(change.place is None for change in changes),
    }
