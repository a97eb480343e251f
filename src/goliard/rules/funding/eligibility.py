"""May this project exist under this call? Rules that refuse, each with its reason.

An International Credit Mobility project links institutions of programme countries with institutions of partner countries, and exists
since the call of 2015. Whether a country is one or the other depends on the date of the call (Programme Guide of each period).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from goliard.rules.values.texts import Reason, Text

FIRST_ICM_CALL = 2015
Track = Literal["icm", "europe", ""]
CountryStatus = Literal["programme", "partner", ""]


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """An organisation in a project: what it is, where, and as what it takes part."""

    name: str
    kind: str
    country: str
    status: CountryStatus
    role: str = "partner"
    is_home: bool = False
    is_recognised_research: bool = False
    is_placeholder: bool = False

    @property
    def may_send_and_receive(self) -> bool:
        """Whether it may stand as a side of a mobility: an institution of higher education, or a recognised research organisation."""
        return self.kind == "hei" or (self.kind == "research-institute" and self.is_recognised_research)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What the rules need to know of a project.

    `parties` holds the home institution too; `months` is the call's longest period, None for no limit.
    """

    track: Track
    call_year: int
    action_kind: str
    parties: tuple[PartyFacts, ...]
    months: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def refusals(project: ProjectFacts) -> tuple[Reason, ...]:
    """Return every reason why the project may not exist under its call; empty when it may."""
    found = [*_period(project)]
    if project.track == "icm":
        found += [*_icm_call(project.call_year), *_icm_sides(project.parties), *_icm_partners(project.parties)]
    return tuple(found)


def call_refusals(*, track: Track, year: int) -> tuple[Reason, ...]:
    """Return why a call of this track may not be recorded for this year; empty when it may."""
    return tuple(_icm_call(year)) if track == "icm" else ()


def _icm_call(year: int) -> Iterator[Reason]:
    if year < FIRST_ICM_CALL:
        yield Reason(
            "icm-since-2015",
            Text(
                f"International Credit Mobility bestaat sinds de call van {FIRST_ICM_CALL}; {year} kan niet.",
                f"International Credit Mobility exists since the call of {FIRST_ICM_CALL}; {year} is not possible.",
            ),
            source="Erasmus+ Programme Guide 2015",
            field="call",
        )


def _icm_sides(parties: tuple[PartyFacts, ...]) -> Iterator[Reason]:
    if not any(party.status == "programme" and party.kind == "hei" for party in parties):
        yield Reason(
            "icm-programme-side",
            Text(
                "Een ICM-project heeft minstens één hogeronderwijsinstelling in een programmaland nodig.",
                "An ICM project needs at least one higher education institution in a programme country.",
            ),
            source="Erasmus+ Programme Guide",
            field="partners",
        )
    if not any(party.status == "partner" and (party.may_send_and_receive or party.is_placeholder) for party in parties):
        yield Reason(
            "icm-partner-side",
            Text(
                "Een ICM-project heeft minstens één hogeronderwijsinstelling of erkende onderzoeksorganisatie in een partnerland nodig.",
                "An ICM project needs at least one higher education institution or recognised research organisation in a partner country.",
            ),
            source="Erasmus+ Programme Guide",
            field="partners",
        )


def _icm_partners(parties: tuple[PartyFacts, ...]) -> Iterator[Reason]:
    for party in parties:
        if party.is_home or party.role != "partner" or party.status == "partner":
            continue
        if party.status == "programme":
            yield Reason(
                "icm-partner-outside",
                Text(
                    f"{party.name} ligt in een programmaland ({party.country}) en kan geen partner van een ICM-project zijn.",
                    f"{party.name} lies in a programme country ({party.country}) and cannot be the partner of an ICM project.",
                ),
                source="Erasmus+ Programme Guide",
                field="partners",
            )
        else:
            yield Reason(
                "country-status-unknown",
                Text(
                    f"Van {party.country} is niet vastgelegd of het bij deze call een programma- of een partnerland was ({party.name}).",
                    f"It is not recorded whether {party.country} was a programme or a partner country at this call ({party.name}).",
                ),
                field="partners",
            )


def _period(project: ProjectFacts) -> Iterator[Reason]:
    start, end, months = project.starts_on, project.ends_on, project.months
    if start is None or end is None:
        return
    if end < start:
        yield Reason("period-order", Text("Het einde ligt voor het begin.", "The end lies before the start."), field="ends_on")
    elif months is not None and end >= add_months(start, months):
        last = _day_before(start, months)
        yield Reason(
            "period-too-long",
            Text(
                f"Een project van deze call duurt hoogstens {months} maanden; uiterlijk tot en met {last:%d-%m-%Y}.",
                f"A project of this call lasts at most {months} months; until {last:%Y-%m-%d} at the latest.",
            ),
            source="call",
            field="ends_on",
        )


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it has none: 31 August + 6 is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _day_before(start: date, months: int) -> date:
    return date.fromordinal(add_months(start, months).toordinal() - 1)
