"""The page that explains the engine (`docs/algorithms/grants.md`) is true: every worked example in it is run, its arithmetic included."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from goliard.cli import main
from goliard.rules.grants.case import days_of_stay
from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.instalments import instalments, settle
from goliard.rules.grants.lines import Category
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.organisation import organisational_support
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.transfers import TransferKind, room_for_transfer
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period

PAGE = (Path(__file__).parents[3] / "docs/algorithms/grants.md").read_text(encoding="utf-8")
Row = dict[str, str]
EXAMPLE = re.compile(r"<!-- ([^\n]*?) -->\n((?:\|[^\n]*\n)+)")
AMOUNTS = {"individual support", "travel", "top-ups", "inclusion support"}


@cache
def tables() -> list[tuple[str, list[Row]]]:
    """Every table of the page that has a comment above it, with the comment."""
    return [(comment, rows(table)) for comment, table in EXAMPLE.findall(PAGE)]


def rows(table: str) -> list[Row]:
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]
    return [dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]]


def named(comment: str) -> list[Row]:
    found = [row for name, table in tables() if name == comment for row in table]
    assert found, f"the page has no table {comment}"
    return found


def amount(cell: str) -> Money:
    """The amount at the end of `14 × 160 + 6 × 112 = €2,912.00`; what stands before it must come to the same."""
    arithmetic, _, euros = cell.rpartition("= ")
    money = Money(round(Fraction(euros.lstrip("€").replace(",", "")) * 100))
    if arithmetic:
        terms = [term.replace(" ", "") for term in arithmetic.replace(" - ", " + -1 × ").split("+")]
        assert Money.rounded(sum((product(term) for term in terms), Fraction(0))) == money, cell
    return money


def product(term: str) -> Fraction:
    numerator, *divisors = term.split("/")
    value = Fraction(1)
    for factor in numerator.split("×"):
        value *= Fraction(factor)
    for divisor in divisors:
        value /= Fraction(divisor)
    return value


def mobility(facts: Row) -> Mobility:
    places = {row["place"]: row for row in named("places")}

    def point(place: str) -> Point:
        return Point(float(places[place]["latitude"]), float(places[place]["longitude"]))

    return Mobility(
        direction=Direction(facts["direction"]),
        participant=Participant(facts["participant"]),
        activity=Activity(facts["activity"]),
        cycle=Cycle(facts["cycle"]) if facts["cycle"] else None,
        days=int(facts["days"]),
        from_country=places[facts["from"]]["country"],
        to_country=places[facts["to"]]["country"],
        from_point=point(facts["from"]),
        to_point=point(facts["to"]),
        travel_days=int(facts.get("travel days", 0)),
        green=facts.get("green") == "yes",
        fewer_opportunities=facts.get("fewer opportunities") == "yes",
        days_used_in_cycle=int(facts.get("days used in cycle", 0)),
        teaching_hours=int(facts["teaching hours"]) if "teaching hours" in facts else None,
        travel_costs=Money(int(Decimal(facts.get("travel costs", "0")) * 100)),
        inclusion_costs=Money(int(Decimal(facts.get("inclusion costs", "0")) * 100)),
    )


def person(comment: str) -> Row:
    return next(row for row in named("people") if row["who"] == comment.split(": ")[1])


WORKED = [(comment, row) for comment, table in tables() if comment.startswith("worked: ") for row in table]


@pytest.mark.parametrize(("comment", "row"), WORKED, ids=lambda part: part if isinstance(part, str) else "-".join(part.values()))
def test_worked_example(comment: str, row: Row) -> None:
    facts = person(comment) | row
    table = published_table(facts["action"], int(facts["call"]))
    if row.get("refused because of"):
        with pytest.raises(Ineligible) as refusal:
            price_mobility(mobility(facts), table)
        assert [reason.field for reason in refusal.value.reasons] == [row["refused because of"]]
    elif row.get("missing"):
        with pytest.raises(MissingFigure, match=row["missing"]):
            price_mobility(mobility(facts), table)
    else:
        priced = price_mobility(mobility(facts), table)
        assert [warning.rule for warning in priced.warnings] == list(filter(None, [row.get("warning", "")]))
        for heading in AMOUNTS & set(row):
            assert priced.of(Category(heading.replace(" ", "_").replace("-", "_"))) == amount(row[heading])


@pytest.mark.parametrize("row", named("periods"))
def test_days(row: Row) -> None:
    period = Period(date.fromisoformat(row["first day"]), date.fromisoformat(row["last day"]))
    counted = {who: days_of_stay(period, Participant(who), published_table("KA171", 2022)) for who in ("student", "staff")}
    assert counted == {"student": int(row["student"]), "staff": int(row["staff"])}


@pytest.mark.parametrize("row", named("organisational support"))
def test_organisational_support(row: Row) -> None:
    lines = organisational_support(int(row["participants"]), published_table(row["action"], int(row["call"])))
    assert Money(sum(line.amount.cents for line in lines)) == amount(row["organisational support"])


@pytest.mark.parametrize("row", named("instalments"))
def test_instalments(row: Row) -> None:
    first, rest = instalments(amount(row["grant"]), Decimal(row["first share"]), published_table("KA171", 2022))
    assert (first.amount, rest.amount) == (amount(row["first instalment"]), amount(row["balance"]))


@pytest.mark.parametrize("row", named("settlement: a guest student"))
def test_settlement(row: Row) -> None:
    agreed = replace(mobility(person("settlement: a guest student")), days=int(row["agreed"]))
    settled = settle(agreed, int(row["confirmed"]), published_table("KA171", 2022))
    assert settled.entitlement.of(Category.INDIVIDUAL_SUPPORT) == amount(row["individual support"])


@pytest.mark.parametrize("row", named("transfers: KA171 2022"))
def test_transfers(row: Row) -> None:
    approved, moved = amount(row["approved"]), amount(row["already moved"])
    kind, table = TransferKind(row["kind"]), published_table("KA171", 2022)
    room = room_for_transfer(kind, project=approved, organisational_support=approved, moved=moved, table=table)
    assert room.left == amount(row["may still be moved"])


@pytest.mark.parametrize("row", named("lump sums"))
def test_lump_sums(row: Row) -> None:
    step = published_table("LUSTRA", 2026).lump_sum(int(row["days"]))
    assert step is not None
    assert Money(int(step.sum.number * 100)) == amount(row["sum"])


def test_the_plan_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = re.search(r"<!-- plan.csv -->\n```csv\n(.*?)```", PAGE, re.DOTALL)
    shown = re.search(r"```console\n\$ goliard (.*?)\n(.*?)```", PAGE, re.DOTALL)
    assert plan
    assert shown
    monkeypatch.chdir(tmp_path)
    Path("plan.csv").write_text(plan[1], encoding="utf-8")
    result = CliRunner().invoke(main, shown[1].split())
    assert (result.exit_code, result.stdout) == (0, shown[2])


def test_the_page_explains_every_step_and_says_nothing_that_is_not_run() -> None:
    kinds = {comment.split(":")[0] for comment, _ in tables()}
    assert kinds == {
        "places",
        "people",
        "worked",
        "periods",
        "organisational support",
        "instalments",
        "settlement",
        "transfers",
        "lump sums",
    }
    amounts = [line for line in PAGE.splitlines() if line.startswith("|") and "€" in line]
    run = [row for _, table in tables() for row in table if any("€" in cell for cell in row.values())]
    assert len(run) == len(amounts)
    assert len(WORKED) >= 40
