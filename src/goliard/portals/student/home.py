"""Where a student lands: my applications, what is open to me, what the student system says of me; and one round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_apply
from goliard.apps.applications.queries.applications import applications_of, step_of_application
from goliard.apps.applications.queries.eligibility import Verdict, enrolments_on, person_facts, verdicts_of
from goliard.apps.applications.services.writing import start_application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.models import Enrolment, Person
from goliard.apps.rounds.choices import RoundKind, RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.opening import closed_refusal, coming_rounds, last_moment, open_rounds
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.finding import person_of, tell
from goliard.rules.applications.next_step import NextStep
from goliard.rules.values.texts import Reason

FOR_STAFF = {RoundKind.STAFF_MOBILITY}


@dataclass(frozen=True)
class Standing:
    """An application in the list: what happens next, until when, who acts."""

    application: Application
    step: NextStep


@dataclass(frozen=True)
class Chance:
    """A round that is open: until when, how many of its destinations are open to me, and why none is."""

    round: Round
    until: datetime
    open: int
    total: int
    reasons: tuple[Reason, ...] = ()


@door(may_apply)
def mine(request: ActorRequest) -> HttpResponse:
    """My applications with their next step, and the rounds that are open."""
    person, now = person_of(request), timezone.now()
    standings = [Standing(row, step_of_application(row, now)) for row in applications_of(person)]
    applied = {standing.application.round_id for standing in standings}
    enrolments = enrolments_on(person, localdate(now)) if person else []
    rounds = [row for row in open_rounds(now) if row.kind not in FOR_STAFF and row.pk not in applied]
    context = {
        "person": person,
        "standings": standings,
        "chances": [_chance(row, person, enrolments, localdate(now)) for row in rounds],
        "coming": [row for row in coming_rounds(now) if row.kind not in FOR_STAFF],
        **_record(person, enrolments, localdate(now)),
    }
    return render(request, "student/home.html", context)


@door(may_apply)
def round_page(request: ActorRequest, key: str) -> HttpResponse:
    """One round: what it asks, where I may go and why not the rest, how places are given out."""
    row: Round = get_object_or_404(Round, key=key, state=RoundState.OPEN)
    person, now = person_of(request), timezone.now()
    enrolments = enrolments_on(person, localdate(now)) if person else []
    verdicts = _verdicts(row, person, _chosen(request, enrolments), localdate(now))
    context = {
        "round": row,
        "until": last_moment(row),
        "introduction": row.introduction(get_language() or "en"),
        "closed": closed_refusal(row, now),
        "open": [each for each in verdicts if not each.refusals],
        "barred": [each for each in verdicts if each.refusals],
        "enrolments": enrolments,
        "chosen": _chosen(request, enrolments),
        "person": person,
        "criteria": _criteria(row),
        "application": next((each for each in applications_of(person) if each.round_id == row.pk), None),
    }
    return render(request, "student/round.html", context)


@require_POST
@door(may_apply)
def start(request: ActorRequest, key: str) -> HttpResponse:
    """Begin an application and go on to its wishes."""
    row: Round = get_object_or_404(Round.objects.exclude(state=RoundState.DRAFT), key=key)
    arrived = arrived_at(request)
    person = person_of(request)
    if person is None or row.kind in FOR_STAFF:
        return redirect("student:home")
    try:
        application = start_application(
            round=row, person=person, enrolment=_chosen(request, enrolments_on(person, localdate(arrived))),
            language=(get_language() or "en")[:2], actor=request.actor, now=arrived,
        )  # fmt: skip
    except Refused as refused:
        tell(request, refused)
        return redirect("student:round", key=key) if row.state == RoundState.OPEN else redirect("student:home")
    return redirect("student:wishes", public_id=application.public_id)


def _chosen(request: ActorRequest, enrolments: list[Enrolment]) -> Enrolment | None:
    """The enrolment with which somebody applies: the one that was chosen, else the newest."""
    wanted = request.POST.get("with") or request.GET.get("with") or ""
    return next((row for row in enrolments if str(row.pk) == wanted), enrolments[0] if enrolments else None)


def _verdicts(row: Round, person: Person | None, enrolment: Enrolment | None, day: date) -> list[Verdict]:
    return verdicts_of(row, person_facts(person, enrolment, day), day) if person else []


def _chance(row: Round, person: Person | None, enrolments: list[Enrolment], day: date) -> Chance:
    verdicts = _verdicts(row, person, enrolments[0] if enrolments else None, day)
    open_to = sum(1 for each in verdicts if not each.refusals)
    reasons = () if open_to else tuple(dict.fromkeys(why for each in verdicts for why in each.refusals))
    return Chance(row, last_moment(row), open_to, len(verdicts), reasons)


def _criteria(row: Round) -> list[tuple[str, str, int]]:
    language = get_language() or "en"
    rows = row.criteria.filter(destination__isnull=True)
    return [(each.name(language), each.description(language), each.weight) for each in rows]


def _record(person: Person | None, enrolments: list[Enrolment], day: date) -> dict[str, Any]:
    """What the student system says, as the student reads it."""
    if person is None:
        return {"enrolments": []}
    return {
        "enrolments": enrolments,
        "languages": person.language_results.all(),
        "citizenships": [each.country for each in person.citizenships.select_related("country") if each.holds_on(day)],
    }
