"""Balance of an agreement: what was exchanged with its partners over the last academic years."""

from __future__ import annotations

from datetime import date

from goliard.apps.agreements.models import Agreement, ExchangeCount
from goliard.apps.projects.choices import Direction
from goliard.rules.agreements.balance import Balance, YearCount, balance
from goliard.rules.values.academic_year import AcademicYear, parse_academic_year

STARTS_IN = 9  # the month in which the home institution's academic year begins


def academic_year_on(day: date) -> AcademicYear:
    """Return the home institution's academic year of a day."""
    first = day.year if day.month >= STARTS_IN else day.year - 1
    return AcademicYear(first, first + 1)


def balance_of(agreement: Agreement, today: date, *, years: int = 3) -> Balance:
    """Return the balance with the agreement's partners over the last `years` academic years, students and staff together."""
    partners = [party.organisation_id for party in agreement.parties.all() if not party.organisation.is_home]
    rows = ExchangeCount.objects.filter(organisation_id__in=partners).values_list("academic_year", "direction", "people")
    counts = tuple(_count(year, direction, people) for year, direction, people in rows)
    return balance(counts, until=academic_year_on(today), years=years, tolerance=agreement.tolerance)


def _count(year: str, direction: str, people: int) -> YearCount:
    incoming = people if direction == Direction.INCOMING else 0
    return YearCount(parse_academic_year(year), incoming, people - incoming)
