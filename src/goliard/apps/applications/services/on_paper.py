"""An application that came on paper: the office begins it, types it, and says so; the applicant sees who typed it and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import DECIDED, NOT_OPEN
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.people.models import Appointment, Enrolment, Person
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.opening import last_moment
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

TO_TYPE = timedelta(days=7)  # that the office has for typing what came in time


@transaction.atomic
def start_on_paper(
    *, round: Round, person: Person, standing: Enrolment | Appointment | None, received_on: date, reason: str, language: str,
    actor: Actor, now: datetime,
) -> Application:  # fmt: skip
    """Begin the application of somebody whose paper came in on a day, as the round's clocks count days; the office types it within a week.

    Raises Refused without a reason, for a day that is none of the round's, for somebody who began one, and once places are given out.
    """
    if reasons := _faults(round, person, received_on, reason, now):
        raise Refused(reasons)
    by = now + TO_TYPE
    is_staff = round.is_for_staff
    made = Application.objects.create(
        round=round,
        person=person,
        enrolment=standing if isinstance(standing, Enrolment) and not is_staff else None,
        appointment=standing if isinstance(standing, Appointment) and is_staff else None,
        language=language,
        started_at=now,
        saved_at=now,
        paper_received_on=received_on,
        paper_reason=reason.strip()[:500],
        reopened_until=by if by > last_moment(round) else None,
        reopening_reason=reason.strip()[:500] if by > last_moment(round) else "",
    )
    details = {"received_on": received_on, "typed_until": made.reopened_until}
    record(actor=actor, verb="start-on-paper", subject=made, now=now, reason=made.paper_reason, details=details)
    return made


def _faults(round: Round, person: Person, received_on: date, reason: str, now: datetime) -> list[Reason]:
    zone = ZoneInfo(round.zone)
    found = []
    if not reason.strip():
        text = Text("Geef de reden: de aanmelder leest die.", "Give the reason: the applicant reads it.")
        found.append(Reason("paper.why", text, field="reason"))
    if received_on > now.astimezone(zone).date():
        found.append(Reason("paper.future", Text("Deze dag is er nog niet.", "This day has not come."), field="received_on"))
    first, last = round.opens.astimezone(zone).date(), last_moment(round).astimezone(zone).date()
    if not first <= received_on <= last:
        nl = f"Op papier telt wat binnenkwam van {first:%d-%m-%Y} tot en met {last:%d-%m-%Y}."
        en = f"On paper counts what came in from {first:%Y-%m-%d} up to and including {last:%Y-%m-%d}."
        found.append(Reason("paper.late", Text(nl, en), field="received_on"))
    if round.state in DECIDED or round.state == RoundState.DRAFT:
        found.append(NOT_OPEN)
    if Application.objects.filter(round=round, person=person).exists():
        nl = "Deze persoon heeft al een aanmelding: geef daarvoor langer de tijd."
        found.append(Reason("paper.there", Text(nl, "This person has an application: give more time for that one."), field="person"))
    return found
