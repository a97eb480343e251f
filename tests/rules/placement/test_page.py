"""Run every worked table of docs/algorithms/placement.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from tests.rules.placement.markets import market

from goliard.rules.placement.audit import ALWAYS, Check
from goliard.rules.placement.market import Destination, GroupPlaces, Market
from goliard.rules.placement.policies import POLICIES
from goliard.rules.placement.run import TieUndecided, place
from goliard.rules.placement.snapshot import canonical_lines, input_hash
from goliard.rules.placement.ties import TieRule

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "placement.md"
TEXT = PAGE.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Table:
    heading: str
    columns: list[str]
    rows: list[dict[str, str]]


def tables() -> list[Table]:
    found, heading = [], ""
    for block in TEXT.split("\n\n"):
        lines = block.strip().splitlines()
        if lines and lines[0].startswith("#"):
            heading = lines[0].strip("# `")
        if lines and lines[0].startswith("|"):
            cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            found.append(Table(heading, cells[0], [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]))
    return found


def limits(cell: str) -> tuple[GroupPlaces, ...]:
    return tuple(GroupPlaces(group, int(places)) for group, places in re.findall(r"(\w+) (\d+)", cell))


def examples() -> list[tuple[Table, Market, Table]]:
    found = []
    for left, right in zip(tables(), tables()[1:], strict=False):
        if left.columns[0] == "destination":
            places = {
                row["destination"]: Destination(
                    row["destination"], int(row["places"]), limits(row.get("reserve", "")), limits(row.get("maximum", ""))
                )
                for row in left.rows
            }
            groups = {row["applicant"]: row.get("group", "") for row in right.rows}
            found.append((left, market(dict(places), {row["applicant"]: row["wishes"] for row in right.rows}, groups), right))
    return found


def columns() -> list[tuple[str, Market, Table, str]]:
    return [
        (f"{table.heading}: {column}", given, table, column)
        for _, given, table in examples()
        for column in table.columns
        if column.split(",")[0] in POLICIES
    ]


@pytest.mark.parametrize(("given", "table", "column"), [pytest.param(*rest, id=name) for name, *rest in columns()])
def test_the_worked_table(given: Market, table: Table, column: str) -> None:
    policy, _, ties = column.partition(", ties ")
    expected = {row["applicant"]: row[column] for row in table.rows}
    try:
        run = place(given, POLICIES[policy], TieRule(ties))
    except TieUndecided:
        assert set(expected.values()) == {"tie"}
        return
    run.require_publishable()
    assert {outcome.applicant: outcome.wish.destination if outcome.wish else "–" for outcome in run.outcomes} == expected
    if "why" in table.columns:
        assert {outcome.applicant: outcome.because.en for outcome in run.outcomes} == {row["applicant"]: row["why"] for row in table.rows}


def test_there_are_examples_of_every_policy() -> None:
    assert {column.split(",")[0] for _, _, _, column in columns()} == set(POLICIES)
    assert len(columns()) == 16


def test_the_table_of_promises_is_that_of_the_code() -> None:
    (promises,) = [table for table in tables() if table.columns[0] == "check of the audit"]
    assert promises.columns[1:] == list(POLICIES)
    assert [row["check of the audit"] for row in promises.rows] == list(Check)
    for row in promises.rows:
        check = Check(row["check of the audit"])
        for name, policy in POLICIES.items():
            if check is Check.KEPT:  # asked where places are offered again
                assert row[name] == ("yes" if policy.rerun_harms_nobody else "set apart")
            else:
                assert row[name] == ("yes" if check in ALWAYS | policy.promises else "no")


def test_the_hash_on_the_page_is_that_of_the_text_on_the_page() -> None:
    (text,) = re.findall(r"```text\n(.*?)```", TEXT, re.DOTALL)
    (printed,) = re.findall(r"^is `(\w+)`", TEXT, re.MULTILINE)
    praha = Destination("Praha", 2, (GroupPlaces("few", 1),))
    given = market({"Lisboa": 1, "Praha": praha}, {"ann": "Lisboa 8.1, Praha 8.10", "cas": "Praha 7.5"}, {"cas": "few"})
    assert "".join(canonical_lines(given)) == text
    assert input_hash(given) == sha256(text.encode()).hexdigest() == printed


def test_every_module_on_the_page_exists() -> None:
    (steps,) = [table for table in tables() if table.columns == ["step", "module"]]
    named = {name for row in steps.rows for name in re.findall(r"`(\w+)`", row["module"])}
    there = {path.stem for path in Path(place.__code__.co_filename).parent.glob("*.py")} - {"__init__"}
    assert named == there
