"""Rules that no shipped table shows: an officer may write them, so they must work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.faults import MissingFigure, TableFault
from goliard.rules.grants.lines import Category
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.rows import TravelBand
from goliard.rules.grants.table import Table
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.toml_dump import dump_table
from goliard.rules.grants.toml_parse import parse_table
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money

LEIDEN, BERLIN, ADDIS = Point(52.16, 4.49), Point(52.52, 13.41), Point(9.03, 38.74)
TRAINEE = Mobility(Direction.OUTGOING, Participant.STUDENT, Activity.TRAINEESHIP, Cycle.FIRST, 90, "DE", "NL", BERLIN, LEIDEN)
STAFF = Mobility(Direction.OUTGOING, Participant.STAFF, Activity.TRAINING, None, 20, "PL", "TR", BERLIN, LEIDEN)
MASTER = Mobility(Direction.OUTGOING, Participant.STUDENT, Activity.STUDIES, Cycle.SECOND, 90, "NL", "ET", LEIDEN, ADDIS)


def changed(action: str, call: int, old: str, new: str) -> Table:
    """A shipped table with one place written otherwise."""
    text = dump_table(published_table(action, call))
    assert text.count(old) == 1, text.count(old)
    return parse_table(text.replace(old, new))


def test_top_ups_that_do_not_cumulate_leave_the_larger() -> None:
    table = changed("KA131", 2023, 'name = "topups_cumulate"\nvalue = true', 'name = "topups_cumulate"\nvalue = false')
    priced = price_mobility(replace(TRAINEE, fewer_opportunities=True), table)
    assert [(line.rule, line.amount) for line in priced.lines if line.category is Category.TOP_UPS] == [
        ("topup_fewer_opportunities", Money(75_000)),
        ("topup_traineeship", Money(0)),
    ]
    assert "niet naast de hogere toeslag" in priced.lines[-1].because.nl


def test_an_officer_who_has_read_the_guide_turns_a_warning_into_a_refusal() -> None:
    """The restriction on development-aid countries ships unverified; with another status the same row refuses."""
    shipped = published_table("KA171", 2022)
    assert [warning.rule for warning in price_mobility(MASTER, shipped).warnings] == ["outgoing_development_aid"]
    rows = dump_table(shipped).split("[[restrictions]]")
    rows[1] = rows[1].replace('status = "U"', 'status = "V1"')
    with pytest.raises(Ineligible, match="development aid"):
        price_mobility(MASTER, parse_table("[[restrictions]]".join(rows)))


def test_an_unverified_limit_only_warns() -> None:
    table = changed("KA171", 2022, 'name = "staff_days_min"\nvalue = 5\nunit = "days"\nstatus = "V2"', (
        'name = "staff_days_min"\nvalue = 5\nunit = "days"\nstatus = "U"'
    ))  # fmt: skip
    guest = Mobility(Direction.INCOMING, Participant.STAFF, Activity.TEACHING, None, 3, "ET", "NL", ADDIS, LEIDEN)
    priced = price_mobility(guest, table)
    assert [warning.rule for warning in priced.warnings] == ["staff_days_min"]
    assert "staff_days_min" in priced.unverified


@pytest.mark.parametrize(
    ("to", "mode", "cents"), [("exact", "half-up", 10_360), ("cent", "down", 10_360), ("euro", "half-up", 10_400), ("euro", "down", 10_300)]
)
def test_how_the_rate_from_day_15_is_rounded_is_data(to: str, mode: str, cents: int) -> None:
    table = changed("KA131", 2024, 'sender = "PL"\nto = "euro"\nmode = "down"', f'sender = "PL"\nto = "{to}"\nmode = "{mode}"')
    there, here = price_mobility(STAFF, table), price_mobility(replace(STAFF, days=19), table)
    assert there.total - here.total == Money(cents)


def test_a_missing_band_stops_with_its_name() -> None:
    table = changed("KA131", 2024, "km_from = 500\nkm_to = 1999\nstandard = 309\ngreen = 417\ngreen_status = \"V2\"\nstatus = \"V2\"", (
        "km_from = 500\nkm_to = 1999\ngreen_status = \"MISSING\"\nstatus = \"MISSING\""
    ))  # fmt: skip
    for green, name in ((False, "standard"), (True, "green")):
        with pytest.raises(MissingFigure) as missing:
            price_mobility(replace(STAFF, green=green), table)
        assert missing.value.name == f"travel {name} 500-1999 km of KA131 2024"


@pytest.mark.parametrize("bands", [(), published_table("KA131", 2024).travel_bands[:1]])
def test_no_band_is_no_reason_to_pay_nothing(bands: tuple[TravelBand, ...]) -> None:
    table = replace(published_table("KA131", 2024), travel_bands=bands)
    with pytest.raises(MissingFigure, match=r"travel band of \d+ km of KA131 2024"):
        price_mobility(STAFF, table)


def test_a_rounding_stands_once() -> None:
    table = published_table("KA131", 2024)
    with pytest.raises(TableFault, match="a rounding stands twice"):
        replace(table, roundings=(*table.roundings, table.roundings[0]))


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"to_country": "NL"}, ["to_country"]),
        ({"to_country": "QQ"}, ["to_country"]),
        ({"from_country": "QQ"}, ["from_country"]),
        ({"days": -1}, ["days"]),
        ({"travel_days": -1, "zero_grant_days": -1, "days_used_in_cycle": -1}, ["travel_days", "zero_grant_days", "days_used_in_cycle"]),
        ({"cycle": None, "activity": Activity.TEACHING}, ["activity", "cycle"]),
    ],
)
def test_facts_that_cannot_be(change: dict[str, object], fields: list[str]) -> None:
    with pytest.raises(Ineligible) as refusal:
        price_mobility(replace(MASTER, **change), published_table("KA171", 2022))  # type: ignore[arg-type]
    assert [reason.field for reason in refusal.value.reasons] == fields


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('[[groups]]\ngroup = 3', '[[groups]]\ngroup = 4', "a living-cost group is 1, 2 or 3"),
        ('[[groups]]\ngroup = 3\n', "[[groups]]\n", "a group has a number, or the status MISSING"),
        ('group = 2\ncountries = ["AD", ', 'group = 2\ncountries = ["DE", ', "DE stands in two living-cost groups"),
        ('countries = ["CA", "US"]', 'countries = ["CA", "CA"]', "holds a country twice"),
        ('countries = ["CA", "US"]', 'countries = ["CA", "usa"]', "no code of two capitals"),
        ('countries = ["CA", "US"]', 'countries = ["CA", "ET"]', "ET stands in two regions"),
        ("km_to = 99\n", "km_to = 9\n", "km_to lies before km_from"),
        ("km_to = 99\n", "km_to = 98\n", "does not follow"),
        ('to = "exact"', 'to = "franc"', "to is none of cent, euro, km, exact"),
        ('cycles = ["first", "second"]', 'cycles = ["fourth"]', "fourth is no cycle"),
    ],
)  # fmt: skip
def test_a_table_with_a_slip_is_refused(old: str, new: str, sentence: str) -> None:
    with pytest.raises(TableFault, match=sentence):
        changed("KA171", 2022, old, new)
