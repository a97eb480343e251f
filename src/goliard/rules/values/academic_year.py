"""Academic year and term as the Erasmus Without Paper network writes them: `2026/2027` and `2026/2027-1/2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

_YEAR = re.compile(r"([0-9]{4})/([0-9]{4})")
_TERM = re.compile(r"([0-9]{4}/[0-9]{4})-([1-9])/([1-9])")


class InvalidAcademicYear(InvalidValue):
    """The text is no academic year."""

    expected = Text(
        "een academisch jaar zoals 2026/2027, of 2026/2026 voor een jaar dat in januari begint",
        "an academic year such as 2026/2027, or 2026/2026 for a year that starts in January",
    )


class InvalidAcademicTerm(InvalidValue):
    """The text is no academic term."""

    expected = Text("een periode zoals 2026/2027-1/2 (eerste van twee)", "a term such as 2026/2027-1/2 (first of two)")


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """An academic year. `last` is `first + 1` in the north (autumn to summer) and equals `first` in the south (January to December).

    Years compare by `first`, then `last`. Raises `ValueError` where `last` is neither, or a year has not four digits.
    """

    first: int
    last: int

    def __post_init__(self) -> None:
        if not 1 <= self.first <= self.last <= 9999 or self.last - self.first > 1:
            raise InvalidAcademicYear(f"{self.first}/{self.last}")

    def __str__(self) -> str:
        return f"{self.first:04}/{self.last:04}"

    @property
    def southern(self) -> bool:
        """Whether the year starts in January."""
        return self.first == self.last

    def shifted(self, years: int) -> AcademicYear:
        """Return the year that many years later (earlier when negative), of the same hemisphere."""
        return AcademicYear(self.first + years, self.last + years)


@dataclass(frozen=True, slots=True, order=True)
class AcademicTerm:
    """The `number`-th of `total` terms of a year, both from 1 to 9. Raises `ValueError` where `number` is above `total`."""

    year: AcademicYear
    number: int
    total: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= self.total <= 9:
            raise InvalidAcademicTerm(f"{self.year}-{self.number}/{self.total}")

    def __str__(self) -> str:
        return f"{self.year}-{self.number}/{self.total}"


def parse_academic_year(text: str) -> AcademicYear:
    """Read `yyyy/yyyy`. Raises `InvalidAcademicYear`. Source: EWP academic-term 2.0, `AcademicYearId`."""
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        raise InvalidAcademicYear(text)
    return AcademicYear(int(found[1]), int(found[2]))


def parse_academic_term(text: str) -> AcademicTerm:
    """Read `yyyy/yyyy-n/m`. Raises `InvalidAcademicTerm`, or `InvalidAcademicYear` for its year.

    Source: EWP academic-term 2.0, `EwpAcademicTermId`.
    """
    found = _TERM.fullmatch(text.strip())
    if found is None:
        raise InvalidAcademicTerm(text)
    return AcademicTerm(parse_academic_year(found[1]), int(found[2]), int(found[3]))


def academic_years(first: AcademicYear, last: AcademicYear) -> tuple[AcademicYear, ...]:
    """Return every year from `first` to `last`, both included; none where `last` lies before `first`."""
    return tuple(first.shifted(step) for step in range(last.first - first.first + 1))
