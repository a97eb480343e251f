"""A copy of an agreement as the rules see it: who may send how many to whom, for what, in which years.

The shape is that of an agreement in Erasmus Without Paper (iias 7), so that a copy from the network, one that a partner typed on its
page and our own can be compared. Sets stand for what has no order.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from goliard.rules.values.academic_year import AcademicYear
from goliard.rules.values.texts import Text


class ConditionKind(StrEnum):
    """The four mobilities of an agreement."""

    STUDENT_STUDIES = "student-studies"
    STUDENT_TRAINEESHIP = "student-traineeship"
    STAFF_TEACHING = "staff-teaching"
    STAFF_TRAINING = "staff-training"

    @property
    def is_student(self) -> bool:
        """Whether students travel; then amounts are months, else days."""
        return self in {ConditionKind.STUDENT_STUDIES, ConditionKind.STUDENT_TRAINEESHIP}

    @property
    def needs_language(self) -> bool:
        """Whether a recommended language is mandatory (iias 7: studies and teaching)."""
        return self in {ConditionKind.STUDENT_STUDIES, ConditionKind.STAFF_TEACHING}

    @property
    def text(self) -> Text:
        """The mobility in words."""
        return _KINDS[self]

    @property
    def unit(self) -> Text:
        """What its amounts count."""
        return Text("maanden", "months") if self.is_student else Text("dagen", "days")


_KINDS = {
    ConditionKind.STUDENT_STUDIES: Text("studenten voor studie", "students for studies"),
    ConditionKind.STUDENT_TRAINEESHIP: Text("studenten voor stage", "students for traineeships"),
    ConditionKind.STAFF_TEACHING: Text("medewerkers voor onderwijs", "staff for teaching"),
    ConditionKind.STAFF_TRAINING: Text("medewerkers voor training", "staff for training"),
}


@dataclass(frozen=True, slots=True, order=True)
class Side:
    """An institution in an agreement, by its HEI id or (outside the network) its key, and where agreed its unit."""

    hei: str
    unit: str = ""

    def __str__(self) -> str:
        return f"{self.hei} ({self.unit})" if self.unit else self.hei


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A subject area: ISCED-F code, and the clarification where one was given."""

    isced_f: str
    clarification: str = ""

    def __str__(self) -> str:
        return f"{self.isced_f} {self.clarification}".strip()


@dataclass(frozen=True, slots=True, order=True)
class Language:
    """A recommended language with its CEFR level, for one subject or (empty) all."""

    language: str
    level: str = ""
    isced_f: str = ""

    def __str__(self) -> str:
        return f"{self.language} {self.level}".strip() + (f" ({self.isced_f})" if self.isced_f else "")


@dataclass(frozen=True, slots=True)
class Condition:
    """One cooperation condition. `amount` is months (students) or days (staff) a year in total over all its mobilities; None if unsaid."""

    kind: ConditionKind
    sending: Side
    receiving: Side
    first_year: AcademicYear
    last_year: AcademicYear
    mobilities: int
    amount: Decimal | None = None
    eqf_levels: frozenset[int] = field(default=frozenset())
    subjects: frozenset[Subject] = field(default=frozenset())
    languages: frozenset[Language] = field(default=frozenset())
    is_blended: bool = False
    other_terms: str = ""

    def holds_in(self, year: AcademicYear) -> bool:
        """Whether the condition holds in an academic year of either hemisphere: the calendar year in which it begins decides."""
        return self.first_year.first <= year.first <= self.last_year.first

    def named(self) -> Text:
        """The condition in a few words, for lists of differences."""
        way = f"{self.sending} → {self.receiving}"
        return Text(f"{self.kind.text.nl}, {way}", f"{self.kind.text.en}, {way}")


@dataclass(frozen=True, slots=True)
class Copy:
    """One side's copy of an agreement: its parties and its conditions, in no order that matters."""

    parties: frozenset[str]
    conditions: tuple[Condition, ...]
    other_terms: str = ""
    is_terminated: bool = False
