"""One mobility seen in the light of one table: what follows from the facts before any euro is computed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from goliard.rules.grants.lines import Category, Evidence, Line, line
from goliard.rules.grants.mobility import Direction, Mobility, Participant
from goliard.rules.grants.rows import CountryGroup, Figure, Region
from goliard.rules.grants.table import Table
from goliard.rules.values.distance import great_circle_km
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period
from goliard.rules.values.texts import Text


class Length(StrEnum):
    """The two kinds of student stay."""

    SHORT = "short"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Case:
    """A mobility, its table, and the facts on which figures may depend."""

    mobility: Mobility
    table: Table
    facts: dict[str, str]
    group: CountryGroup | None
    third_country: Region | None

    @property
    def is_student(self) -> bool:
        return self.mobility.participant is Participant.STUDENT

    @property
    def is_short(self) -> bool:
        """A short stay of a student."""
        return self.facts.get("length") == Length.SHORT

    @property
    def programme_end(self) -> str:
        """The country of the institution that holds the grant."""
        return self.mobility.from_country if self.mobility.direction is Direction.OUTGOING else self.mobility.to_country

    @property
    def other_end(self) -> str:
        """The country on the other side."""
        return self.mobility.to_country if self.mobility.direction is Direction.OUTGOING else self.mobility.from_country

    @property
    def funded_days(self) -> int:
        """Days that individual support pays: the stay and the travel days (they count toward the funded duration: FHJ)."""
        return self.mobility.days + self.mobility.travel_days

    @property
    def distance_km(self) -> float:
        """One way, great circle, from the sending to the receiving institution."""
        return great_circle_km(self.mobility.from_point, self.mobility.to_point)

    def figure(self, name: str) -> Figure:
        """The figure that holds for this mobility. Raises `MissingFigure`."""
        return self.table.figure(name, self.facts)

    def pay(self, rule: str, category: Category, euros: Fraction, because: Text, evidence: Iterable[Evidence]) -> Line:
        """A line of an exact amount, rounded here and nowhere else."""
        rounding = self.table.rounding("line")
        return line(rule, category, Money.rounded(euros, rounding.mode), because, evidence)


def open_case(mobility: Mobility, table: Table) -> Case:
    """Establish the facts of a mobility; it need not be eligible."""
    outgoing = mobility.direction is Direction.OUTGOING
    third = table.region_of(mobility.to_country if outgoing else mobility.from_country)
    receiver_group = table.group_of(mobility.to_country)
    facts = {
        "direction": str(mobility.direction),
        "participant": str(mobility.participant),
        "activity": str(mobility.activity),
        "sender": mobility.from_country,
        "receiver": mobility.to_country,
        "area": "partner" if third is not None and third.partner else "programme",
        "third_country": "no" if third is None else "yes",
        "fewer_opportunities": "yes" if mobility.fewer_opportunities else "no",
    }
    if mobility.cycle is not None:
        facts["cycle"] = str(mobility.cycle)
    if mobility.participant is Participant.STUDENT:
        facts["length"] = str(length_of_stay(mobility, table))
    if receiver_group is not None and receiver_group.group is not None:
        facts["group"] = str(receiver_group.group)
    return Case(mobility, table, facts, receiver_group, third)


def length_of_stay(mobility: Mobility, table: Table) -> Length:
    """Short up to the table's limit, on the calendar where the dates are known; every stay is long where a call has no short ones."""
    if not table.knows("student_short_days_max"):
        return Length.LONG
    days = mobility.days if mobility.calendar_days is None else mobility.calendar_days
    return Length.SHORT if days <= table.figure("student_short_days_max").number else Length.LONG


def days_of_stay(period: Period, participant: Participant, table: Table) -> int:
    """The days from the first to the last as the programme counts them (WIKI-DUR).

    Months of 30 days for a long student stay, the calendar for a short one and for staff.
    """
    if participant is Participant.STAFF:
        return period.calendar_days
    has_short = table.knows("student_short_days_max")
    if has_short and period.calendar_days <= table.figure("student_short_days_max").number:
        return period.calendar_days
    return period.days_of_360
