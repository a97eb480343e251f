"""Top-ups of students: fewer opportunities, traineeship, and the one-off green one of 2021-23."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from goliard.rules.grants.case import Case
from goliard.rules.grants.lines import Category, Line, nothing
from goliard.rules.grants.mobility import Activity
from goliard.rules.grants.rows import Figure
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Text


def top_ups(case: Case) -> list[Line]:
    """Every top-up that the mobility has a right to. Where two monthly ones do not cumulate, the larger stays."""
    if not case.is_student:
        return _staff(case)
    monthly = [*_fewer_opportunities(case), *_traineeship(case)]
    paid = [line for line in monthly if line.amount.cents]
    if len(paid) > 1 and not case.figure("topups_cumulate").is_yes:
        best = max(paid, key=lambda line: line.amount)
        monthly = [line if line is best else _not_beside(line, best) for line in monthly]
    return [*monthly, *_green(case)]


def _fewer_opportunities(case: Case) -> Iterator[Line]:
    """250 euros a month on a long stay; one sum on a short one, by its days. Several reasons give one top-up (FUBIP)."""
    if not case.mobility.fewer_opportunities:
        return
    if not case.table.knows("topup_fewer_opp_long"):
        because = Text(
            nl="deze call kent geen toeslag minder kansen (die begint in 2021)",
            en="this call has no top-up for fewer opportunities (it begins in 2021)",
        )
        yield nothing("topup_fewer_opportunities", Category.TOP_UPS, because)
    elif not case.is_short:
        yield _monthly(case, "topup_fewer_opportunities", case.figure("topup_fewer_opp_long"), "minder kansen", "fewer opportunities")
    else:
        long_enough = case.mobility.days > 14
        once = case.figure("topup_fewer_opp_short_15_30" if long_enough else "topup_fewer_opp_short_5_14")
        span = "15-30" if long_enough else "5-14"
        because = Text(
            nl=f"minder kansen, eenmalig bij {span} dagen",
            en=f"fewer opportunities, once for {span} days",
        )
        yield case.pay("topup_fewer_opportunities", Category.TOP_UPS, Fraction(once.number), because, (once,))


def _traineeship(case: Case) -> Iterator[Line]:
    """A monthly top-up on long traineeships, in calls that have one. KA171 has it under a name of its own: its amount was never found."""
    if case.mobility.activity is not Activity.TRAINEESHIP or case.is_short:
        return
    for name in ("topup_traineeship_long", "topup_traineeship_ka171"):
        if case.table.knows(name):
            yield _monthly(case, "topup_traineeship", case.figure(name), "stage", "traineeship")


def _green(case: Case) -> Iterator[Line]:
    """Once, for who travels green and gets no travel support (RU22, WUR)."""
    if not case.mobility.green or not case.table.knows("green_topup_one_off") or case.figure("travel_for_students").is_yes:
        return
    once = case.figure("green_topup_one_off")
    because = Text(nl="groene reis zonder reisbijdrage, eenmalig", en="green travel without travel support, once")
    yield case.pay("topup_green", Category.TOP_UPS, Fraction(once.number), because, (once,))


def _staff(case: Case) -> list[Line]:
    """Staff with fewer opportunities have real costs paid, not a top-up."""
    if not case.mobility.fewer_opportunities:
        return []
    because = Text(
        nl="medewerkers krijgen geen toeslag; werkelijke kosten vallen onder inclusiesteun",
        en="staff get no top-up; their real costs come under inclusion support",
    )
    return [nothing("topup_fewer_opportunities", Category.TOP_UPS, because)]


def _monthly(case: Case, rule: str, month: Figure, nl: str, en: str) -> Line:
    """Thirtieths of a monthly top-up over the days of the stay, travel days not counted."""
    month_days = case.figure("month_days")
    euros = Fraction(month.number) * case.mobility.days / Fraction(month_days.number)
    rate = Money.rounded(Fraction(month.number))
    because = Text(
        nl=f"{nl}: {case.mobility.days} dagen × {rate.text('nl')} per maand van {month_days.number} dagen",
        en=f"{en}: {case.mobility.days} days × {rate.text('en')} a month of {month_days.number} days",
    )
    return case.pay(rule, Category.TOP_UPS, euros, because, (month, month_days))


def _not_beside(line: Line, best: Line) -> Line:
    because = Text(
        nl=f"niet naast de hogere toeslag ({best.because.nl})",
        en=f"not beside the higher top-up ({best.because.en})",
    )
    return nothing(line.rule, line.category, because)
