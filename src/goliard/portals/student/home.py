"""Where a student lands: my applications, what is open to me, what the student system says of me; and one round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_apply, may_apply_as_staff
from goliard.apps.applications.queries.applications import applications_of, step_of_application
from goliard.apps.applications.queries.eligibility import (
    Verdict,
    appointments_on,
    enrolments_on,
    person_facts,
    standings_on,
    verdicts_of,
)
from goliard.apps.applications.queries.help import contacts_for, letters_about
from goliard.apps.applications.services.writing import start_application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.models import Appointment, Enrolment, Person
from goliard.apps.placement.queries.later import may_not_take_part
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.opening import closed_refusal, coming_rounds, last_moment, open_rounds
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.audience import Audience, audience_of, lead
from goliard.portals.student.finding import person_of, tell
from goliard.rules.applications.next_step import NextStep
from goliard.rules.values.texts import Reason


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
    return _mine(request)


@door(may_apply_as_staff)
def mine_as_staff(request: ActorRequest) -> HttpResponse:
    """The same for a member of staff."""
    return _mine(request)


@door(may_apply)
def round_page(request: ActorRequest, key: str) -> HttpResponse:
    """One round: what it asks, where I may go and why not the rest, how places are given out."""
    return _round(request, key)


@door(may_apply_as_staff)
def round_page_for_staff(request: ActorRequest, key: str) -> HttpResponse:
    """The same for a member of staff."""
    return _round(request, key)


@require_POST
@door(may_apply)
def start(request: ActorRequest, key: str) -> HttpResponse:
    """Begin an application and go on to its wishes."""
    return _start(request, key)


@require_POST
@door(may_apply_as_staff)
def start_as_staff(request: ActorRequest, key: str) -> HttpResponse:
    """The same for a member of staff."""
    return _start(request, key)


def _mine(request: ActorRequest) -> HttpResponse:
    person, now, audience = person_of(request), timezone.now(), audience_of(request)
    standings = [Standing(row, step_of_application(row, now)) for row in applications_of(person) if audience.takes(row.round)]
    applied = {standing.application.round_id for standing in standings}
    rounds = [row for row in open_rounds(now) if audience.takes(row) and row.pk not in applied]
    record = _record(person, audience, localdate(now))
    context = {
        "person": person,
        "standings": standings,
        "audience": audience,
        "contacts": contacts_for(next(iter([*record["appointments"], *record["enrolments"]]), None), localdate(now)),
        "letters": letters_about([standing.application for standing in standings]),
        "chances": [_chance(row, person, localdate(now)) for row in rounds],
        "coming": [row for row in coming_rounds(now) if audience.takes(row)],
        **record,
    }
    return render(request, "student/home.html", context)


def _round(request: ActorRequest, key: str) -> HttpResponse:
    row, person, now = _open_round(request, key), person_of(request), timezone.now()
    standings = standings_on(person, row, localdate(now)) if person else []
    verdicts = _verdicts(row, person, _chosen(request, standings), localdate(now))
    context = {
        "round": row,
        "until": last_moment(row),
        "introduction": row.introduction(get_language() or "en"),
        "closed": closed_refusal(row, now) or may_not_take_part(row, person),
        "open": [each for each in verdicts if not each.refusals],
        "barred": [each for each in verdicts if each.refusals],
        "audience": audience_of(request),
        "enrolments": standings,
        "chosen": _chosen(request, standings),
        "person": person,
        "criteria": _criteria(row),
        "application": next((each for each in applications_of(person) if each.round_id == row.pk), None),
    }
    return render(request, "student/round.html", context)


def _start(request: ActorRequest, key: str) -> HttpResponse:
    rows = Round.objects.exclude(state=RoundState.DRAFT).filter(audience=audience_of(request).word)
    row: Round = get_object_or_404(rows, key=key)
    arrived = arrived_at(request)
    person = person_of(request)
    if person is None:
        return lead(request, "home")
    chosen = _chosen(request, standings_on(person, row, localdate(arrived)))
    if refusal := may_not_take_part(row, person):
        tell(request, Refused([refusal]))
        return lead(request, "round", key=key)
    try:
        application = start_application(
            round=row, person=person, enrolment=chosen if isinstance(chosen, Enrolment) else None,
            appointment=chosen if isinstance(chosen, Appointment) else None, language=(get_language() or "en")[:2],
            actor=request.actor, now=arrived,
        )  # fmt: skip
    except Refused as refused:
        tell(request, refused)
        return lead(request, "round", key=key) if row.state == RoundState.OPEN else lead(request, "home")
    return lead(request, "wishes", public_id=application.public_id)


def _open_round(request: ActorRequest, key: str) -> Round:
    """An open round of the audience; a round for others is none."""
    row: Round = get_object_or_404(Round, key=key, state=RoundState.OPEN, audience=audience_of(request).word)
    return row


def _chosen(request: ActorRequest, standings: Sequence[Enrolment | Appointment]) -> Enrolment | Appointment | None:
    """The enrolment or appointment with which somebody applies: the one that was chosen, else the newest."""
    wanted = request.POST.get("with") or request.GET.get("with") or ""
    return next((row for row in standings if str(row.pk) == wanted), standings[0] if standings else None)


def _verdicts(row: Round, person: Person | None, standing: Enrolment | Appointment | None, day: date) -> list[Verdict]:
    return verdicts_of(row, person_facts(person, standing, day), day) if person else []


def _chance(row: Round, person: Person | None, day: date) -> Chance:
    standings = standings_on(person, row, day) if person else []
    verdicts = _verdicts(row, person, standings[0] if standings else None, day)
    if refusal := may_not_take_part(row, person):
        return Chance(row, last_moment(row), 0, len(verdicts), (refusal,))
    open_to = sum(1 for each in verdicts if not each.refusals)
    reasons = () if open_to else tuple(dict.fromkeys(why for each in verdicts for why in each.refusals))
    return Chance(row, last_moment(row), open_to, len(verdicts), reasons)


def _criteria(row: Round) -> list[tuple[str, str, int]]:
    language = get_language() or "en"
    rows = row.criteria.filter(destination__isnull=True)
    return [(each.name(language), each.description(language), each.weight) for each in rows]


def _record(person: Person | None, audience: Audience, day: date) -> dict[str, Any]:
    """What the student system or the staff system says, as the person reads it."""
    if person is None:
        return {"enrolments": [], "appointments": []}
    return {
        "enrolments": [] if audience.is_staff else enrolments_on(person, day),
        "appointments": appointments_on(person, day) if audience.is_staff else [],
        "languages": person.language_results.all(),
        "citizenships": [each.country for each in person.citizenships.select_related("country") if each.holds_on(day)],
    }
