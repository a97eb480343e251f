"""Balance: how many came and went with a partner over the years, and whether that is within what is tolerable."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.values.academic_year import AcademicYear
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class YearCount:
    """People who came and went in one academic year."""

    year: AcademicYear
    incoming: int
    outgoing: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The years, their sums, and the verdict. `difference` is outgoing minus incoming: above zero we owe places, below zero we are owed."""

    years: tuple[YearCount, ...]
    incoming: int
    outgoing: int
    tolerance: int | None

    @property
    def difference(self) -> int:
        """Outgoing minus incoming."""
        return self.outgoing - self.incoming

    @property
    def is_tolerable(self) -> bool:
        """Whether the difference is within the tolerance; without a tolerance everything is."""
        return self.tolerance is None or abs(self.difference) <= self.tolerance

    def reason(self) -> Reason | None:
        """Return why the balance asks for attention, or None."""
        if self.is_tolerable:
            return None
        more, fewer = (self.outgoing, self.incoming) if self.difference > 0 else (self.incoming, self.outgoing)
        nl = "uitgaand" if self.difference > 0 else "inkomend"
        en = "outgoing" if self.difference > 0 else "incoming"
        return Reason(
            "balance",
            Text(
                f"{more} {nl} tegenover {fewer} de andere kant op; afgesproken is een verschil van hoogstens {self.tolerance}.",
                f"{more} {en} against {fewer} the other way; a difference of {self.tolerance} at most is tolerable.",
            ),
        )


def balance(counts: tuple[YearCount, ...], *, until: AcademicYear, years: int = 3, tolerance: int | None = None) -> Balance:
    """Return the balance over the last `years` academic years up to and including `until`; several counts of a year add up.

    Raises ValueError for fewer than one year.
    """
    if years < 1:
        raise ValueError("A balance covers one year or more.")
    first = until.first - years + 1
    by_year: dict[int, list[YearCount]] = {}
    for count in counts:
        if first <= count.year.first <= until.first:
            by_year.setdefault(count.year.first, []).append(count)
    rows = tuple(
        YearCount(group[0].year, sum(each.incoming for each in group), sum(each.outgoing for each in group))
        for _first, group in sorted(by_year.items())
    )
    return Balance(rows, sum(row.incoming for row in rows), sum(row.outgoing for row in rows), tolerance)
