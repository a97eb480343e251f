"""Is the stay that somebody plans one that the round takes? Purpose, dates, a programme of sessions, a host of one's own.

Days are counted as Erasmus+ counts them: the first and the last day of the activity are days of it. A doctoral candidate's short stay is
one of 5 to 30 days (Programme Guide 2021 and later), taken where the round says so. Teaching hours are asked for a week or a shorter stay
and in proportion for a part of a further week, in sevenths.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.texts import Reason, Text

SHORT_MIN, SHORT_MAX = 5, 30
WEEK = 7


@dataclass(frozen=True, slots=True)
class StayAsked:
    """Asked of a stay: purposes (empty: no stay is asked), days (`None`: no bound), teaching hours, a programme of sessions."""

    purposes: frozenset[str] = frozenset()
    days_min: int | None = None
    days_max: int | None = None
    doctoral_short_stays: bool = False
    teaching_hours: int = 0
    sessions: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a staff member's programme: what it is about, and its hours."""

    topic: str
    hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Host:
    """A host that the applicant found, as far as it is written down."""

    name: str = ""
    city: str = ""
    country: str = ""
    contact_name: str = ""
    contact_email: str = ""
    tasks: str = ""


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay as it is planned. `host` is the host that the applicant found, where they wish for one (`None`: they do not)."""

    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    sessions: tuple[Session, ...] = ()
    cycle: EqfLevel | None = None
    host: Host | None = None

    @property
    def days(self) -> int | None:
        """The days of the stay, both ends included; None while a date is not known."""
        return (self.ends_on - self.starts_on).days + 1 if self.starts_on and self.ends_on else None


def stay_faults(facts: StayFacts, asked: StayAsked, today: date) -> tuple[Reason, ...]:
    """Return everything that keeps the stay from being handed in; empty where the round asks for none."""
    if not asked.purposes:
        return tuple(_host(facts))
    return (*_purpose(facts, asked), *_dates(facts, asked, today), *_sessions(facts, asked), *_host(facts))


def hours_needed(days: int, weekly: int) -> int:
    """Return how many teaching hours a stay of so many days asks for: the week's own for a week or less, else in proportion, rounded up."""
    return weekly if days <= WEEK else math.ceil(Decimal(weekly * days) / WEEK)


def _purpose(facts: StayFacts, asked: StayAsked) -> Iterator[Reason]:
    if facts.purpose not in asked.purposes:
        yield _lacks("Kies waarvoor je gaat.", "Choose what you go for.")


def _dates(facts: StayFacts, asked: StayAsked, today: date) -> Iterator[Reason]:
    days = facts.days
    if days is None:
        yield _lacks("Geef de eerste en de laatste dag.", "Give the first and the last day.")
        return
    if days < 1:
        yield _lacks("De laatste dag ligt voor de eerste.", "The last day is before the first.")
    elif not _fits(days, facts, asked):
        short = asked.doctoral_short_stays and facts.cycle is EqfLevel.DOCTORATE
        nl, en = _span(asked)
        nl += f", of {SHORT_MIN} tot en met {SHORT_MAX} dagen voor promovendi" if short else ""
        en += f", or {SHORT_MIN} to {SHORT_MAX} days for PhD candidates" if short else ""
        yield _lacks(f"Je verblijf duurt {days} dagen; dit moet zijn: {nl}.", f"Your stay takes {days} days; it has to be {en}.")
    if facts.starts_on and facts.starts_on <= today:
        yield _lacks("De eerste dag is al voorbij.", "The first day has passed already.")


def _fits(days: int, facts: StayFacts, asked: StayAsked) -> bool:
    short = asked.doctoral_short_stays and facts.cycle is EqfLevel.DOCTORATE and SHORT_MIN <= days <= SHORT_MAX
    return short or ((asked.days_min is None or days >= asked.days_min) and (asked.days_max is None or days <= asked.days_max))


def _span(asked: StayAsked) -> tuple[str, str]:
    if asked.days_min is None:
        return f"hoogstens {asked.days_max} dagen", f"at most {asked.days_max} days"
    if asked.days_max is None:
        return f"minstens {asked.days_min} dagen", f"at least {asked.days_min} days"
    return f"{asked.days_min} tot en met {asked.days_max} dagen", f"{asked.days_min} to {asked.days_max} days"


def _sessions(facts: StayFacts, asked: StayAsked) -> Iterator[Reason]:
    if not asked.sessions:
        return
    if not any(each.topic.strip() for each in facts.sessions):
        yield _lacks("Noem minstens één sessie, met haar uren.", "Name at least one session, with its hours.")
    for each in facts.sessions:
        if not each.topic.strip():
            yield _lacks("Geef elke sessie een onderwerp.", "Give each session a topic.")
        elif each.hours is None or each.hours <= 0:
            yield _lacks(f"Geef de uren van «{each.topic}».", f"Give the hours of “{each.topic}”.")
    if facts.purpose == "teaching" and asked.teaching_hours and (days := facts.days) and days > 0:
        needed, planned = hours_needed(days, asked.teaching_hours), sum((each.hours or Decimal(0) for each in facts.sessions), Decimal(0))
        if planned < needed:
            told = format(planned.normalize(), "f")
            yield _lacks(
                f"Wie lesgeeft plant minstens {needed} uur in {days} dagen; er staan {told.replace('.', ',')} uur.",
                f"Who teaches plans at least {needed} hours in {days} days; there are {told} hours.",
            )


def _host(facts: StayFacts) -> Iterator[Reason]:
    if facts.host is None:
        return
    for value, nl, en in (
        (facts.host.name, "de naam van de gastorganisatie", "the name of the host"),
        (facts.host.city, "de plaats van de gastorganisatie", "the city of the host"),
        (facts.host.country, "het land van de gastorganisatie", "the country of the host"),
        (facts.host.contact_name, "je begeleider bij de gastorganisatie", "your supervisor at the host"),
        (facts.host.contact_email, "het e-mailadres van je begeleider", "the e-mail address of your supervisor"),
        (facts.host.tasks, "wat je er gaat doen", "what you are going to do there"),
    ):
        if not value.strip():
            yield _lacks(f"Geef {nl}.", f"Give {en}.")


def _lacks(nl: str, en: str) -> Reason:
    return Reason("application.stay", Text(nl, en), field="stay")
