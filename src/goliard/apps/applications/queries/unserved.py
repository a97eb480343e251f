"""Programmes whose students can go nowhere: no destination of a year's rounds, and no host of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goliard.apps.applications.queries.eligibility import faculty_of, round_offer
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.queries.placed_units import placed_units
from goliard.apps.people.models import Enrolment
from goliard.apps.rounds.choices import Audience, RoundState
from goliard.apps.rounds.models import Round
from goliard.rules.eligibility.facts import Person
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Reason

# what is asked of a person and not of a programme: somebody in it may fulfil it
PERSONAL = frozenset(f"eligibility.{name}" for name in ("enrolment", "credits", "average", "language", "nationality"))


@dataclass(frozen=True, slots=True)
class UnservedProgramme:
    """A programme in a cycle with its students, how many destinations are open to it, and how many are a host of one's own."""

    enrolment: Enrolment
    students: int
    destinations: int
    own_hosts: int
    reasons: tuple[Reason, ...] = ()

    @property
    def is_served(self) -> bool:
        """Whether there is a destination, or an alternative."""
        return bool(self.destinations or self.own_hosts)


def programmes_served(academic_year: str, day: date) -> list[UnservedProgramme]:
    """Return every programme with students on a day, those without any destination or alternative first, by unit and code.

    Rounds for students of the year count from their opening on. Credits, averages, languages and nationalities do not: they are a
    person's. Queries grow with the rounds, not with programmes.
    """
    rows = Enrolment.objects.filter(holding(day)).select_related("unit").order_by("pk")
    students: dict[tuple[str, int, int], int] = {}
    first: dict[tuple[str, int, int], Enrolment] = {}
    for row in rows:
        key = (row.programme, row.cycle, row.unit_id)
        students[key] = students.get(key, 0) + 1
        first.setdefault(key, row)
    rounds = Round.objects.filter(academic_year=academic_year, audience=Audience.STUDENTS).exclude(state=RoundState.DRAFT)
    offers = [round_offer(each, day) for each in rounds]
    placed = placed_units([row.unit for row in first.values()], on=day)
    found = []
    for key, enrolment in first.items():
        facts = Person(
            is_enrolled=True, cycle=EqfLevel(enrolment.cycle), programme=enrolment.programme,
            faculty=faculty_of(placed[enrolment.unit_id]),
            subject=parse_isced_field(enrolment.subject) if enrolment.subject else None,
        )  # fmt: skip
        verdicts = [verdict for offer in offers for verdict in offer.verdicts(facts)]
        barred = [[why for why in each.refusals if why.rule not in PERSONAL] for each in verdicts]
        open_to = [verdict for verdict, why in zip(verdicts, barred, strict=True) if not why]
        own = sum(1 for each in open_to if each.destination.is_own_host)
        reasons = () if open_to else tuple(dict.fromkeys(reason for why in barred for reason in why))
        found.append(UnservedProgramme(enrolment, students[key], len(open_to) - own, own, reasons))
    return sorted(found, key=lambda each: (each.is_served, each.enrolment.unit.name_en, each.enrolment.programme, each.enrolment.cycle))
