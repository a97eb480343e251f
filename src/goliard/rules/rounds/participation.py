"""Who takes part, against who could: per group how many there are, apply and get a place, with small numbers suppressed.

A number below five is never shown, nor one from which it follows: not beside a total (a second number is then hidden too), and not as a
difference (fewer than five who applied and got no place hide how many got one).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from goliard.rules.placement.public_report import FEWEST, suppressed


@dataclass(frozen=True, slots=True)
class GroupCount:
    """People of a group: all there are, who applied, who got a place."""

    population: int
    applicants: int
    placed: int


@dataclass(frozen=True, slots=True)
class Participation:
    """A group as it may be shown; `None` is suppressed or unknown.

    `rate` is applicants in percent of the population (one decimal); `against` is that rate divided by the rate of everybody (two decimals):
    1 is as many as one would expect, below 1 the group is under-represented.
    """

    group: str
    population: int | None
    applicants: int | None
    placed: int | None
    rate: Decimal | None
    against: Decimal | None


def participation(counts: Mapping[str, GroupCount]) -> tuple[Participation, ...]:
    """Return every group as it may be shown, in the order given, and everybody together at the end (group "")."""
    everybody = GroupCount(
        sum(each.population for each in counts.values()),
        sum(each.applicants for each in counts.values()),
        sum(each.placed for each in counts.values()),
    )
    populations = suppressed({name: each.population for name, each in counts.items()})
    small = {name for name, shown in populations.parts.items() if shown is None}
    applicants = suppressed({name: each.applicants for name, each in counts.items()}, small)
    close = {name for name, each in counts.items() if 0 < each.applicants - each.placed < FEWEST}
    unseen = {name for name, shown in applicants.parts.items() if shown is None}
    placed = suppressed({name: each.placed for name, each in counts.items()}, close | unseen)
    overall = _rate(applicants.total, populations.total)
    rows = [
        _row(name, populations.parts[name], applicants.parts[name], placed.parts[name], overall) for name in counts
    ]  # fmt: skip
    total_placed = placed.total
    if total_placed is not None and 0 < everybody.applicants - everybody.placed < FEWEST:
        total_placed = None
    return (*rows, _row("", populations.total, applicants.total, total_placed, overall))


def _row(group: str, population: int | None, applicants: int | None, placed: int | None, overall: Decimal | None) -> Participation:
    rate = _rate(applicants, population)
    against = None if rate is None or not overall else (rate / overall).quantize(Decimal("0.01"), ROUND_HALF_UP)
    shown = None if rate is None else rate.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Participation(group, population, applicants, placed, shown, against)


def _rate(part: int | None, whole: int | None) -> Decimal | None:
    return None if part is None or not whole else Decimal(part * 100) / Decimal(whole)
