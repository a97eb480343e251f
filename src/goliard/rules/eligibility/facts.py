"""What is known of a person on one day, and what a round or a destination asks. Values only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from goliard.rules.values.cefr import CefrLevel
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import IscedField


class TravelAdvice(StrEnum):
    """The colour code of the Ministry of Foreign Affairs for a destination."""

    GREEN = "green"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """A language (ISO 639-1) and the level in it."""

    language: str
    level: CefrLevel


@dataclass(frozen=True, slots=True)
class Person:
    """The person on the day that is judged, as the student system and the person's own statements tell it; `None` is not known.

    `credits` (EC) and `average` (Dutch marks, 1 to 10) are those of the present programme. `nationalities` are ISO 3166 codes. Somebody who
    applies as staff `is_staff`: `is_enrolled` then says whether the appointment holds, and `staff_category` is `academic` or `support`.
    """

    is_enrolled: bool
    cycle: EqfLevel | None = None
    programme: str = ""
    faculty: str = ""
    subject: IscedField | None = None
    credits: Decimal | None = None
    average: Decimal | None = None
    bachelor_average: Decimal | None = None
    languages: tuple[LanguageSkill, ...] = ()
    nationalities: frozenset[str] = frozenset()
    is_staff: bool = False
    staff_category: str = ""


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a round or a destination asks. Empty or `None` asks nothing; a destination's requirements come on top of its round's.

    `minimum_credits` is asked of bachelor students (who is in a master has them). `languages` are alternatives: one of them is enough.
    `barred_advice` lists the codes under which nobody goes. What is `for_staff` asks for an appointment in the place of an enrolment, and
    nothing of a student's results; `staff_categories` are those that may go.
    """

    minimum_credits: Decimal | None = None
    minimum_average: Decimal | None = None
    cycles: frozenset[EqfLevel] = frozenset()
    programmes: frozenset[str] = frozenset()
    faculties: frozenset[str] = frozenset()
    subjects: frozenset[IscedField] = frozenset()
    languages: tuple[LanguageSkill, ...] = ()
    only_nationalities: frozenset[str] = frozenset()
    barred_nationalities: frozenset[str] = frozenset()
    barred_advice: frozenset[TravelAdvice] = frozenset({TravelAdvice.ORANGE, TravelAdvice.RED})
    for_staff: bool = False
    staff_categories: frozenset[str] = frozenset()
