"""Applications as they stand, and what counts of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application, ApplicationSubmission
from goliard.apps.people.models import Person
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.queries.opening import last_moment
from goliard.rules.applications.lateness import too_late
from goliard.rules.applications.next_step import NextStep, StageFacts, next_step
from goliard.rules.values.texts import Reason, Text

NOT_OPEN = Reason("application.not-open", Text("Deze ronde is niet (meer) open.", "This round is not open (any more)."), source="round")
DECIDED = frozenset({RoundState.PLACED, RoundState.PUBLISHED, RoundState.ENDED})


def applications() -> QuerySet[Application, Any]:
    """Return every application with what screens print of it."""
    related = Application.objects.select_related("round", "person__account", "enrolment__unit", "appointment__unit", "round__owner")
    return related.prefetch_related("round__reopenings")


def applications_of(person: Person | None) -> list[Application]:
    """Return a person's applications, the latest deadline first; none for nobody."""
    if person is None:
        return []
    return list(applications().filter(person=person).order_by("-round__closes_on", "-pk"))


def newest_submission(application: Application) -> ApplicationSubmission | None:
    """Return what was handed in last, or None."""
    return application.submissions.order_by("-number").first()


def last_moment_of(application: Application) -> datetime:
    """Return the last moment at which this application may change: the round's, or a later one for this person."""
    return max(filter(None, [last_moment(application.round), application.reopened_until]))


def closed_to(application: Application, arrived: datetime) -> Reason | None:
    """Return why what arrived then can change nothing any more, or None while it can.

    Who was given more time may use it while the office assesses, until places are given out.
    """
    round = application.round
    was_reopened = application.reopened_until is not None
    is_closed = (
        round.state in DECIDED
        or round.state == RoundState.DRAFT
        or (round.state != RoundState.OPEN and not was_reopened)
        or arrived < round.opens
    )
    if not is_closed and arrived <= round.deadline:
        return None  # later deadlines only add time: they are read by who comes after the first one
    late = too_late(arrived=arrived, last_moment=last_moment_of(application), zone=round.zone)
    return late or (NOT_OPEN if is_closed else None)


def step_of_application(application: Application, now: datetime, *, has_changes: bool = False) -> NextStep:
    """Return what happens next, until when, and who acts."""
    asked = application.requests.filter(answered_at=None, until__gte=now).order_by("until").first()
    facts = StageFacts(
        state=application.state,
        round_state=application.round.state,
        last_moment=last_moment_of(application),
        zone=application.round.zone,
        results_on=application.round.results_on,
        has_changes=has_changes,
        asked_until=asked.until if asked else None,
    )
    return next_step(facts, now)


def counting_applications(round_pk: int) -> QuerySet[Application, Any]:
    """Return the applications of a round that were handed in and not withdrawn: those that are assessed and placed."""
    return applications().filter(round_id=round_pk, state=ApplicationState.SUBMITTED)
