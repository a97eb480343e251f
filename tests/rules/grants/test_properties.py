"""What must hold for every mobility and every plan, not only for the cases that somebody thought of."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.plan import PlanRow, price_plan
from goliard.rules.grants.report import plan_document
from goliard.rules.grants.stored import rows_from_data, rows_to_data
from goliard.rules.grants.tables import published_table, shipped
from goliard.rules.grants.toml_dump import dump_table, version
from goliard.rules.grants.toml_parse import parse_table
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money

POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
CALLS = st.sampled_from([2022, 2023, 2024, 2025])
PARTNERS = st.sampled_from(["ID", "MA", "US", "ET", "AM", "CO"])
HOSTS = st.sampled_from(["NL", "TR", "ES", "SE"])


@st.composite
def mobilities(draw: st.DrawFn) -> Mobility:
    """Mobilities of KA171 that are paid: doctoral candidates and staff, both ways."""
    incoming = draw(st.booleans())
    participant = draw(st.sampled_from(Participant))
    student = participant is Participant.STUDENT
    partner, host = draw(PARTNERS), draw(HOSTS)
    days = draw(st.one_of(st.integers(5, 30), st.integers(60, 360)) if student else st.integers(5, 60))
    return Mobility(
        direction=Direction.INCOMING if incoming else Direction.OUTGOING,
        participant=participant,
        activity=Activity.STUDIES if student else draw(st.sampled_from([Activity.TEACHING, Activity.TRAINING])),
        cycle=Cycle.THIRD if student else None,
        days=days,
        from_country=partner if incoming else host,
        to_country=host if incoming else partner,
        from_point=draw(POINTS),
        to_point=draw(POINTS),
        travel_days=draw(st.integers(0, 2)),
        green=draw(st.booleans()),
        fewer_opportunities=draw(st.booleans()),
    )


@st.composite
def plan_rows(draw: st.DrawFn) -> list[PlanRow]:
    rows = []
    for number, mobility in enumerate(draw(st.lists(mobilities(), min_size=1, max_size=6)), start=2):
        count = draw(st.integers(1, 60))
        rows.append(PlanRow(number, mobility, count, draw(st.integers(0, count))))
    return rows


@st.composite
def anything(draw: st.DrawFn) -> Mobility:
    """Any mobility that the types allow, sensible or not."""
    countries = st.sampled_from(["NL", "PL", "DE", "CY", "TR", "GB", "AD", "ID", "MA", "RU", "US", "GH", "RS", "XK", "QQ"])
    return Mobility(
        direction=draw(st.sampled_from(Direction)),
        participant=draw(st.sampled_from(Participant)),
        activity=draw(st.sampled_from(Activity)),
        cycle=draw(st.none() | st.sampled_from(Cycle)),
        days=draw(st.integers(-1, 400)),
        from_country=draw(countries),
        to_country=draw(countries),
        from_point=draw(POINTS),
        to_point=draw(POINTS),
        travel_days=draw(st.integers(0, 7)),
        green=draw(st.booleans()),
        fewer_opportunities=draw(st.booleans()),
        days_used_in_cycle=draw(st.integers(0, 100)),
        zero_grant_days=draw(st.integers(0, 50)),
        zero_grant=draw(st.booleans()),
        inclusion_costs=Money(draw(st.integers(0, 1) | st.integers(0, 10**6))),
        travel_costs=Money(draw(st.integers(0, 1) | st.integers(0, 10**6))),
        calendar_days=draw(st.none() | st.integers(1, 400)),
    )


@given(anything(), st.sampled_from([table for table in shipped() if table[0] != "LUSTRA"]))
def test_every_mobility_is_priced_or_refused_or_lacks_a_figure(mobility: Mobility, of: tuple[str, int]) -> None:
    try:
        lines = price_mobility(mobility, published_table(*of)).lines
    except (Ineligible, MissingFigure):
        return
    assert all(line.amount.cents >= 0 and line.because.nl and line.because.en for line in lines)
    assert {line.rule for line in lines} == {"zero_grant"} or [line.category for line in lines[:2]] == ["individual_support", "travel"]


def regime(mobility: Mobility) -> str:
    """The regime within which days are compared: staff, a short stay, a long one."""
    if mobility.participant is Participant.STAFF:
        return "staff"
    return "short" if mobility.days <= 30 else "long"


@given(mobilities(), st.integers(1, 60), CALLS)
def test_more_funded_days_never_pay_less_within_a_regime(mobility: Mobility, more: int, call: int) -> None:
    longer = replace(mobility, days=mobility.days + more)
    assume(regime(longer) == regime(mobility))
    table = published_table("KA171", call)
    try:
        there = price_mobility(longer, table).total
    except Ineligible:
        assume(False)
    assert there >= price_mobility(mobility, table).total


@given(mobilities(), CALLS)
def test_a_travel_day_never_pays_less(mobility: Mobility, call: int) -> None:
    table = published_table("KA171", call)
    with_travel = price_mobility(replace(mobility, travel_days=2), table).total
    assert with_travel >= price_mobility(replace(mobility, travel_days=0), table).total


@given(plan_rows(), st.data(), st.sampled_from([("KA171", 2022), ("KA171", 2024)]))
def test_splitting_a_row_changes_no_total(rows: list[PlanRow], data: st.DataObject, of: tuple[str, int]) -> None:
    table = published_table(*of)
    row = rows[0]
    part = data.draw(st.integers(1, row.count))
    fewer = data.draw(st.integers(max(0, row.fewer_opportunities - (row.count - part)), min(part, row.fewer_opportunities)))
    pieces = [replace(row, count=part, fewer_opportunities=fewer)]
    if part < row.count:
        pieces.append(replace(row, count=row.count - part, fewer_opportunities=row.fewer_opportunities - fewer))
    whole, split = price_plan(rows, table), price_plan([*pieces, *rows[1:]], table)
    assert split.by_category == whole.by_category
    assert (split.total, split.mobilities, split.unverified) == (whole.total, whole.mobilities, whole.unverified)


@given(st.integers(1, 300), st.integers(0, 299))
def test_tiers_of_organisational_support_see_the_plan_and_not_its_rows(count: int, part: int) -> None:
    """Call 2024 of KA131 has two tiers: the hundred-and-first participant counts wherever the row is cut."""
    part %= count
    table = published_table("KA131", 2024)
    mobility = Mobility(
        Direction.OUTGOING, Participant.STAFF, Activity.TRAINING, None, 5, "NL", "DE", Point(52.16, 4.49), Point(52.52, 13.41)
    )
    rows = [PlanRow(number, mobility, size) for number, size in ((2, count - part), (3, part)) if size]
    support = price_plan(rows, table).total.cents - count * 90_900
    assert support == 40_000 * min(count, 100) + 23_000 * max(0, count - 100)


@given(plan_rows(), st.randoms(use_true_random=False), CALLS)
def test_the_order_of_rows_does_not_matter(rows: list[PlanRow], chance: object, call: int) -> None:
    table = published_table("KA171", call)
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    here, there = price_plan(rows, table), price_plan(shuffled, table)
    assert sorted(map(repr, here.lines)) == sorted(map(repr, there.lines))
    assert (here.by_category, here.unverified) == (there.by_category, there.unverified)


@given(plan_rows(), CALLS)
def test_the_total_is_its_lines(rows: list[PlanRow], call: int) -> None:
    priced = price_plan(rows, published_table("KA171", call))
    assert priced.total.cents == sum(line.line.amount.cents * line.times for line in priced.lines)
    assert priced.total.cents == sum(amount.cents for amount in priced.by_category.values())
    assert priced.mobilities == sum(row.count for row in rows)


@given(plan_rows(), CALLS)
def test_stored_inputs_and_table_give_the_same_result_years_later(rows: list[PlanRow], call: int) -> None:
    table = published_table("KA171", call)
    stored_rows, stored_table = json.dumps(rows_to_data(rows)), dump_table(table)
    rows_again, table_again = rows_from_data(json.loads(stored_rows)), parse_table(stored_table)
    assert rows_again == rows
    assert version(table_again) == version(table)
    assert plan_document(price_plan(rows_again, table_again), table_again) == plan_document(price_plan(rows, table), table)
