"""Travel support: the band of the one-way distance pays the trip there and back (ANNEX3-16)."""

from __future__ import annotations

import math
from fractions import Fraction

from goliard.rules.grants.case import Case
from goliard.rules.grants.lines import Category, Evidence, Line, nothing
from goliard.rules.grants.rows import Figure, Rounding
from goliard.rules.values.money import RoundingMode, round_fraction
from goliard.rules.values.texts import Text


def travel(case: Case) -> Line:
    """The one travel line that every mobility has; where nothing is paid it says why."""
    if case.is_student:
        right = case.figure("travel_for_students")
        if not right.is_yes:
            because = Text(
                nl="studenten krijgen op deze route geen reisbijdrage",
                en="students get no travel support on this route",
            )
            return nothing("no_travel_support", Category.TRAVEL, because, (right,))
    kilometres = case.distance_km
    whole, gap = whole_kilometres(case, kilometres)
    band = case.table.band(whole)
    if band is None:
        because = Text(nl=f"{whole} km: korter dan de eerste afstandsklasse", en=f"{whole} km: shorter than the first band")
        return nothing("below_first_band", Category.TRAVEL, because, gap)
    green = band.green if case.mobility.green else None
    amount = case.table.present(green or band.standard)
    if _is_expensive(case, amount):
        return _real_costs(case)
    span_nl = f"{band.km_from}-{band.km_to} km" if band.km_to is not None else f"vanaf {band.km_from} km"
    span_en = f"{band.km_from}-{band.km_to} km" if band.km_to is not None else f"from {band.km_from} km"
    return case.pay(
        "green_travel" if green is not None else "standard_travel",
        Category.TRAVEL,
        Fraction(amount.number),
        Text(
            nl=f"{whole} km enkele reis, klasse {span_nl}{_mode_nl(case, green)}",
            en=f"{whole} km one way, band {span_en}{_mode_en(case, green)}",
        ),
        (amount, *gap),
    )


def _is_expensive(case: Case, amount: Figure) -> bool:
    """Whether there are real costs of which the band covers too small a share (WIKI-EXP). Calls without this rule were refused before."""
    costs = case.mobility.travel_costs
    if not costs.cents:
        return False
    share = Fraction(case.figure("expensive_travel_trigger").number) / 100
    return Fraction(amount.number) < Fraction(costs.cents, 100) * share


def _real_costs(case: Case) -> Line:
    """A share of the real costs replaces the amount of the band."""
    costs, share, trigger = case.mobility.travel_costs, case.figure("expensive_travel_rate"), case.figure("expensive_travel_trigger")
    euros = Fraction(costs.cents, 100) * Fraction(share.number) / 100
    because = Text(
        nl=f"{share.number:f} % van {costs.text('nl')} werkelijke kosten; de klasse dekt minder dan {trigger.number:f} %",
        en=f"{share.number:f} % of {costs.text('en')} real costs; the band covers less than {trigger.number:f} %",
    )
    return case.pay("expensive_travel", Category.TRAVEL, euros, because, (share, trigger))


def whole_kilometres(case: Case, kilometres: float) -> tuple[int, tuple[Evidence, ...]]:
    """The distance as the bands count it. The rounding rule counts as evidence only where another one would pick another band."""
    rounding = case.table.rounding("distance")
    whole = _rounded(kilometres, rounding)
    matters = case.table.band(math.floor(kilometres)) != case.table.band(math.ceil(kilometres))
    return whole, (rounding,) if matters else ()


def _rounded(kilometres: float, rounding: Rounding) -> int:
    return math.floor(kilometres) if rounding.mode is RoundingMode.DOWN else round_fraction(Fraction(kilometres), rounding.mode)


def _mode_nl(case: Case, green: Figure | None) -> str:
    if green is not None:
        return ", groene reis"
    return ", groene reis zonder eigen bedrag" if case.mobility.green else ""


def _mode_en(case: Case, green: Figure | None) -> str:
    if green is not None:
        return ", green travel"
    return ", green travel without an amount of its own" if case.mobility.green else ""
