"""Individual support: the month of a long student stay, the day of a short one, the day of staff."""

from __future__ import annotations

from fractions import Fraction

from goliard.rules.grants.case import Case
from goliard.rules.grants.lines import Category, Evidence, Line
from goliard.rules.grants.rows import Figure
from goliard.rules.values.money import Money, round_fraction
from goliard.rules.values.texts import Text

FIRST_DAYS_OF_SHORT_STAY = 14  # the figure's own name says it: short_term_day_1_14 (AGH21, DAAD171)


def individual_support(case: Case) -> Line:
    """The one line of individual support that every mobility has. Travel days are paid in it."""
    if not case.is_student:
        return _staff(case)
    return _short_stay(case) if case.is_short else _long_stay(case)


def _long_stay(case: Case) -> Line:
    """Funded days as thirtieths of the month; an incomplete month pays its days (LAWINS-HR)."""
    month, month_days = case.figure("student_month"), case.figure("month_days")
    euros = Fraction(month.number) * case.funded_days / Fraction(month_days.number)
    because = Text(
        nl=f"{_days_nl(case)} × {_eur(month, 'nl')} per maand van {month_days.number} dagen",
        en=f"{_days_en(case)} × {_eur(month, 'en')} a month of {month_days.number} days",
    )
    return case.pay("student_month", Category.INDIVIDUAL_SUPPORT, euros, because, _evidence(case, month, month_days))


def _short_stay(case: Case) -> Line:
    """A day rate for the first fourteen funded days and a lower one after them."""
    first = case.figure("short_term_day_1_14")
    early = min(case.funded_days, FIRST_DAYS_OF_SHORT_STAY)
    late = case.funded_days - early
    euros = Fraction(first.number) * early
    nl, en = f"{_days_nl(case)}: {early} × {_eur(first, 'nl')}", f"{_days_en(case)}: {early} × {_eur(first, 'en')}"
    if not late:
        return case.pay("short_term_day", Category.INDIVIDUAL_SUPPORT, euros, Text(nl, en), (first,))
    after = case.figure("short_term_day_15_30")
    euros += Fraction(after.number) * late
    because = Text(nl=f"{nl} + {late} × {_eur(after, 'nl')}", en=f"{en} + {late} × {_eur(after, 'en')}")
    return case.pay("short_term_day", Category.INDIVIDUAL_SUPPORT, euros, because, (first, after))


def _staff(case: Case) -> Line:
    """The day rate to day 14, 70 % of it from day 15. Travel days count as funded days, so they come first to fill the fourteen."""
    day, full_days = case.figure("staff_day"), case.figure("staff_full_days")
    full = min(case.funded_days, int(full_days.number))
    late = case.funded_days - full
    euros = Fraction(day.number) * full
    nl, en = f"{_days_nl(case)}: {full} × {_eur(day, 'nl')}", f"{_days_en(case)}: {full} × {_eur(day, 'en')}"
    if not late:
        return case.pay("staff_day", Category.INDIVIDUAL_SUPPORT, euros, Text(nl, en), _evidence(case, day))
    factor = case.figure("staff_day_15_factor")
    late_rate, rounding = reduced_day_rate(case, day, factor)
    euros += late_rate * late
    share = f"{factor.number:f} %"
    because = Text(
        nl=f"{nl} + {late} × {Money.rounded(late_rate).text('nl')} ({share})",
        en=f"{en} + {late} × {Money.rounded(late_rate).text('en')} ({share})",
    )
    return case.pay("staff_day", Category.INDIVIDUAL_SUPPORT, euros, because, (*_evidence(case, day, factor), rounding))


def reduced_day_rate(case: Case, day: Figure, factor: Figure) -> tuple[Fraction, Evidence]:
    """The rate from day 15: the exact share of the day rate, unless the sending country's rule rounds it (Poland cuts 103.60 to 103)."""
    rounding = case.table.rounding("reduced_day_rate", case.mobility.from_country)
    exact = Fraction(day.number) * Fraction(factor.number) / 100
    if rounding.to == "euro":
        return Fraction(round_fraction(exact, rounding.mode)), rounding
    if rounding.to == "cent":
        return Fraction(Money.rounded(exact, rounding.mode).cents, 100), rounding
    return exact, rounding


def _evidence(case: Case, figure: Figure, *others: Figure) -> tuple[Evidence, ...]:
    """The figures, and the living-cost group where the first of them depends on it."""
    by_group = any(dimension == "group" for dimension, _ in figure.where)
    return (figure, *others, *((case.group,) if by_group and case.group is not None else ()))


def _eur(figure: Figure, language: str) -> str:
    return Money.rounded(Fraction(figure.number)).text(language)


def _days_nl(case: Case) -> str:
    days, travel = case.mobility.days, case.mobility.travel_days
    stay = f"{days} {'dag' if days == 1 else 'dagen'}"
    return f"({stay} + {travel} {'reisdag' if travel == 1 else 'reisdagen'})" if travel else stay


def _days_en(case: Case) -> str:
    days, travel = case.mobility.days, case.mobility.travel_days
    stay = f"{days} {'day' if days == 1 else 'days'}"
    return f"({stay} + {travel} travel {'day' if travel == 1 else 'days'})" if travel else stay
