"""What happens next with an application, until when, and who acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from goliard.rules.values.texts import Text


class Acts(StrEnum):
    """Who has to do something."""

    APPLICANT = "applicant"
    OFFICE = "office"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class StageFacts:
    """Where an application and its round stand. `last_moment` is the last moment in time, reopening included; `zone` names its clocks."""

    state: str
    round_state: str
    last_moment: datetime
    zone: str
    results_on: date | None = None
    has_changes: bool = False  # something was changed since it was handed in
    asked_until: datetime | None = None  # the office asked for a document, until then


@dataclass(frozen=True, slots=True)
class NextStep:
    """One sentence, the moment or day until which it holds (None: none is known), and who acts."""

    what: Text
    who: Acts
    until: datetime | date | None = None


def next_step(facts: StageFacts, now: datetime) -> NextStep:
    """Return what happens next."""
    if facts.state == "withdrawn":
        return NextStep(Text("Je hebt deze aanmelding ingetrokken.", "You withdrew this application."), Acts.NOBODY)
    if facts.asked_until and now <= facts.asked_until:
        return NextStep(
            Text("Het bureau vraagt je om een document.", "The office asks you for a document."), Acts.APPLICANT, facts.asked_until
        )
    in_time = now <= facts.last_moment
    if facts.state == "draft":
        return _of_draft(facts, in_time=in_time)
    if in_time and facts.has_changes:
        text = Text(
            "Je hebt na het indienen iets gewijzigd: dien opnieuw in, anders telt wat je eerder indiende.",
            "You changed something after you submitted: submit again, or what you submitted before counts.",
        )
        return NextStep(text, Acts.APPLICANT, facts.last_moment)
    return _of_submitted(facts, in_time=in_time)


def _of_draft(facts: StageFacts, *, in_time: bool) -> NextStep:
    if in_time:
        text = Text("Maak je aanmelding compleet en dien haar in.", "Complete your application and submit it.")
        return NextStep(text, Acts.APPLICANT, facts.last_moment)
    text = Text("De termijn is verstreken; dit concept is niet ingediend.", "The deadline has passed; this draft was not submitted.")
    return NextStep(text, Acts.NOBODY)


def _of_submitted(facts: StageFacts, *, in_time: bool) -> NextStep:
    if facts.round_state in {"published", "ended"}:
        return NextStep(Text("De uitslag is bekend.", "The results are known."), Acts.APPLICANT)
    if in_time and facts.round_state == "open":
        text = Text(
            "Ingediend. Tot de termijn kun je nog wijzigen en opnieuw indienen.", "Submitted. Until the deadline you can still change it."
        )
        return NextStep(text, Acts.OFFICE, facts.results_on)
    return NextStep(
        Text(
            "Het bureau beoordeelt de aanmeldingen en deelt de plaatsen toe.",
            "The office assesses the applications and gives out the places.",
        ),
        Acts.OFFICE,
        facts.results_on,
    )
