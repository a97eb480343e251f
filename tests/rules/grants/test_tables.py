"""The shipped tables, and tables as text."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.faults import MissingFigure, TableFault
from goliard.rules.grants.figures import CATALOGUE
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.rows import Figure, TravelBand
from goliard.rules.grants.status import Status, weakest
from goliard.rules.grants.table import Table
from goliard.rules.grants.tables import NoSuchTable, published_table, shipped
from goliard.rules.grants.toml_dump import dump_table, version
from goliard.rules.grants.toml_parse import parse_table
from goliard.rules.values.distance import Point

TABLES = [published_table(action, call) for action, call in shipped()]
LEIDEN, BERLIN = Point(52.16, 4.49), Point(52.52, 13.41)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.action}-{table.call}")
def test_a_shipped_table_is_its_own_text(table: Table) -> None:
    file = Path(__file__).parents[3] / "src/goliard/rules/grants/tables" / f"{table.action.lower()}-{table.call}.toml"
    assert dump_table(table) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.action}-{table.call}")
def test_every_figure_of_a_shipped_table_is_known_and_cites_what_exists(table: Table, shared: Path) -> None:
    with (shared / "data" / "rules" / "sources.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    bands = [figure for band in table.travel_bands for figure in (band.standard, band.green) if figure]
    for figure in (*table.figures, *bands):
        assert figure.name in CATALOGUE or figure.name.startswith("travel ")
        assert figure.sources or not figure.status.is_verified, f"{figure.label} has no source"
        cited = {
            source.split(" ")[0] for source in figure.sources if not source.startswith(("https://", "programme-rules", "requirements"))
        }
        assert cited <= known, f"{figure.label} cites {cited - known}"


def test_there_is_a_table_for_every_call_with_figures() -> None:
    assert shipped() == tuple(
        [("KA107", year) for year in (2018, 2019, 2020)]
        + [("KA131", year) for year in range(2021, 2027)]
        + [("KA171", year) for year in range(2022, 2027)]
        + [("LUSTRA", 2026)]
    )
    with pytest.raises(NoSuchTable):
        published_table("KA171", 2021)


def test_regenerating_the_tables_changes_nothing(shared: Path, tmp_path: Path) -> None:
    import runpy

    script = Path(__file__).parents[3] / "scripts/grant_tables.py"
    runpy.run_path(str(script))["main"](shared / "data" / "rules", tmp_path)
    for action, call in shipped():
        if action == "LUSTRA":  # the university's own table is kept by hand
            continue
        assert parse_table((tmp_path / f"{action.lower()}-{call}.toml").read_text(encoding="utf-8")) == published_table(action, call)


def test_a_version_names_the_content_and_not_the_layout() -> None:
    table = published_table("KA171", 2022)
    text = dump_table(table)
    assert version(parse_table("# read by an officer\n" + text.replace("\nstatus = ", "\n\nstatus   =   "))) == version(table)
    assert version(parse_table(text.replace("value = 850", "value = 851"))) != version(table)
    assert version(parse_table(text.replace('"GRON19"', '"GRON20"'))) != version(table)


def test_an_officer_adds_the_own_amounts_without_code() -> None:
    """The Dutch student amounts of KA131 are missing; a new table with the institution's own is used like the others."""
    table = published_table("KA131", 2024)
    student = Mobility(Direction.OUTGOING, Participant.STUDENT, Activity.STUDIES, Cycle.FIRST, 150, "NL", "DE", LEIDEN, BERLIN)
    with pytest.raises(MissingFigure, match=r"student_month \(area=programme, sender=NL\) of KA131 2024"):
        price_mobility(student, table)
    own = """
[[figures]]
name = "student_month"
where = { area = "programme", sender = "NL", group = 1 }
value = 412.50
unit = "EUR/month"
status = "V2"
sources = ["decision of the board"]
"""
    priced = price_mobility(student, parse_table(dump_table(table) + own))
    assert priced.lines[0].amount.cents == 206_250
    assert priced.lines[0].sources[0] == "decision of the board"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ("", "action is lacking"),
        ("action = ", "no TOML"),
        ("action = 1\ncall = 2022", "action has a value of the wrong kind"),
        ('action = "KA171"\ncall = true', "call has a value of the wrong kind"),
        ('action = "KA171"\ncall = -1', "call is out of range"),
        ('action = "KA171"\ncall = 2022\ncal = 1', "unknown key cal"),
        ('action = "KA171"\ncall = 2022\nfigures = 1', "figures has a value of the wrong kind"),
        ('action = "KA171"\ncall = 2022\nfigures = [1]', "figures is a list of tables"),
    ],
)
def test_what_is_no_table(wrong: str, sentence: str) -> None:
    with pytest.raises(TableFault, match=sentence):
        parse_table(wrong)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ('name = "stipend"\nvalue = 1\nunit = "EUR"\nstatus = "V1"', "is no figure that the engine knows"),
        ('name = "month_days"\nvalue = 30\nunit = "months"\nstatus = "V1"', "month_days is counted in days"),
        ('name = "month_days"\nvalue = true\nunit = "days"\nstatus = "V1"', "month_days is counted in days"),
        ('name = "topups_cumulate"\nvalue = 1\nunit = "yes/no"\nstatus = "V1"', "topups_cumulate is counted in yes/no"),
        ('name = "month_days"\nvalue = 30\nunit = "days"\nstatus = "V3"', "status is none of V1, V2, D, V2-weak, U, MISSING"),
        ('name = "month_days"\nvalue = 30\nunit = "days"\nstatus = "MISSING"', "value has a value, or the status MISSING"),
        ('name = "month_days"\nunit = "days"\nstatus = "U"', "value has a value, or the status MISSING"),
        ('name = "month_days"\nvalue = nan\nunit = "days"\nstatus = "V1"', "value is out of range"),
        ('name = "month_days"\nvalue = inf\nunit = "days"\nstatus = "V1"', "value is out of range"),
        ('name = "month_days"\nvalue = -1\nunit = "days"\nstatus = "V1"', "value is out of range"),
        ('name = "month_days"\nvalue = 1e99\nunit = "days"\nstatus = "V1"', "value is out of range"),
        ('name = "month_days"\nvalue = 0\nunit = "days"\nstatus = "V1"', "month_days is a whole number above zero"),
        ('name = "staff_full_days"\nvalue = 14.5\nunit = "days"\nstatus = "V1"', "staff_full_days is a whole number"),
        ('name = "month_days"\nvalue = 1\nunit = "days"\nstatus = "V1"\nwhere = {colour = "red"}', "colour = red is no condition"),
        ('name = "month_days"\nvalue = 1\nunit = "days"\nstatus = "V1"\nwhere = {group = 4}', "group = 4 is no condition"),
        ('name = "month_days"\nvalue = 1\nunit = "days"\nstatus = "V1"\nwhere = {sender = "nl"}', "sender = nl is no condition"),
        ('name = "month_days"\nvalue = 1\nunit = "days"\nstatus = "V1"\nsources = [1]', "sources is a list of texts"),
    ],
)
def test_what_is_no_figure(row: str, sentence: str) -> None:
    with pytest.raises(TableFault, match=sentence):
        parse_table(f'action = "KA171"\ncall = 2030\n[[figures]]\n{row}\n')


def figure(value: int, **where: str) -> Figure:
    return Figure("student_month", Decimal(value), "EUR/month", Status.V1, where=tuple(sorted(where.items())))


def table_of(*figures: Figure) -> Table:
    return Table("KA171", 2030, figures, (), (), (), (), ())


def test_the_figure_with_most_dimensions_wins() -> None:
    table = table_of(figure(1), figure(2, group="1"), figure(3, group="1", sender="NL"))
    assert table.figure("student_month", {"group": "1", "sender": "NL"}).value == 3
    assert table.figure("student_month", {"group": "1", "sender": "DE"}).value == 2
    assert table.figure("student_month", {"group": "2", "sender": "NL"}).value == 1


def test_a_table_does_not_say_two_things() -> None:
    with pytest.raises(TableFault, match="stands twice"):
        table_of(figure(1, group="1"), figure(2, group="1"))
    with pytest.raises(TableFault, match="can fit equally well"):
        table_of(figure(1, group="1"), figure(2, sender="NL"))
    assert table_of(figure(1, group="1"), figure(2, group="2")).knows("student_month")
    with pytest.raises(TableFault, match="does not follow"):
        replace(table_of(), travel_bands=(TravelBand(10, 99, figure(1), None), TravelBand(101, None, figure(2), None)))


def test_a_result_is_as_sure_as_its_weakest_figure() -> None:
    assert weakest([Status.V1, Status.D, Status.V2]) is Status.D
    assert weakest([Status.U, Status.V2_WEAK]) is Status.U
    assert weakest([]) is Status.V1
    assert [status for status in Status if status.is_verified] == [Status.V1, Status.V2, Status.D]


@given(st.text(max_size=400))
def test_any_text_is_a_table_or_a_fault(text: str) -> None:
    with pytest.raises(TableFault):
        parse_table(text)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_any_note_survives_the_way_to_text_and_back(note: str) -> None:
    table = replace(published_table("KA171", 2022), note=note)
    assert parse_table(dump_table(table)) == table
