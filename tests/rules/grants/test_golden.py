"""Published and derived cases of the reference data (`golden_cases.csv`), each to the cent. A row that nobody here understands fails."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from goliard.rules.grants.case import days_of_stay
from goliard.rules.grants.entitlement import Entitlement, price_mobility
from goliard.rules.grants.lines import Category
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.organisation import organisational_support
from goliard.rules.grants.tables import published_table
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period

SZCZECIN, HANOI, PRISTINA = Point(53.43, 14.55), Point(21.03, 105.85), Point(42.66, 21.17)
ISTANBUL, KATHMANDU, LEIDEN, RABAT = Point(41.01, 28.95), Point(27.72, 85.32), Point(52.16, 4.49), Point(34.01, -6.83)


def staff(call: int, direction: Direction, ends: tuple[str, str], points: tuple[Point, Point], days: int, travel_days: int) -> Entitlement:
    """A staff mobility of KA171."""
    mobility = Mobility(
        direction, Participant.STAFF, Activity.TEACHING, None, days, ends[0], ends[1], points[0], points[1], travel_days=travel_days
    )
    return price_mobility(mobility, published_table("KA171", call))


def student(action: str, call: int, days: int, *, ends: tuple[str, str] = ("ID", "NL"), **facts: bool) -> Entitlement:
    """A doctoral candidate, incoming where the Netherlands receive."""
    direction = Direction.INCOMING if ends[1] == "NL" else Direction.OUTGOING
    points = (HANOI, LEIDEN) if direction is Direction.INCOMING else (ISTANBUL, KATHMANDU)
    mobility = Mobility(direction, Participant.STUDENT, Activity.STUDIES, Cycle.THIRD, days, *ends, *points, **facts)  # type: ignore[arg-type]
    return price_mobility(mobility, published_table(action, call))


def period(text: str) -> Period:
    start, end = text.split("..")
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def euros(text: str) -> Money:
    """The first amount of an expectation such as `3065 EUR` or `103 EUR published`."""
    found = re.match(r"[\d.]+", text)
    assert found
    return Money(round(Fraction(found[0]) * 100))


def published_band(row: dict[str, str]) -> None:
    """Travel 2021-23 from Thessaloniki: the row gives the distance."""
    kilometres = re.search(r"about (\d+) km", row["input"])
    assert kilometres
    band = published_table("KA171", 2022).band(int(kilometres[1]))
    assert band is not None
    assert Money(int(band.standard.number * 100)) == euros(row["expected"])


def rate_after_day_14(action: str, call: int, sender: str, receiver: str) -> Money:
    """What one day more than fourteen adds for staff."""
    table = published_table(action, call)
    cents = []
    for days in (14, 15):
        to_point = Point(42.7, 23.3)
        mobility = Mobility(Direction.OUTGOING, Participant.STAFF, Activity.TRAINING, None, days, sender, receiver, SZCZECIN, to_point)
        if action == "KA171" and table.is_programme_country(receiver):
            mobility = Mobility(Direction.INCOMING, Participant.STAFF, Activity.TRAINING, None, days, "MA", receiver, RABAT, to_point)
        cents.append(price_mobility(mobility, table).of(Category.INDIVIDUAL_SUPPORT).cents)
    return Money(cents[1] - cents[0])


def per_day(monthly_category: Category, one: Entitlement, two: Entitlement) -> Money:
    """What one day more adds, between two stays that are whole months but for that day."""
    return Money(two.of(monthly_category).cents - one.of(monthly_category).cents)


def check(row: dict[str, str]) -> None:
    """Understand a row by its rule and compute it with the engine."""
    rule, given, expected = row["rule"], row["input"], row["expected"]
    checks: list[tuple[str, Callable[[], object]]] = [
        (
            "long-term (duration|February)",
            lambda: _is(f"{period(given).days_of_360} days", expected.split(" (")[0]),
        ),
        (
            "staff or short-term duration",
            lambda: (
                _is(f"{days_of_stay(period(given), Participant.STAFF, published_table('KA171', 2023))} days", expected.split(" from")[0]),
                _is(f"{days_of_stay(period(given), Participant.STUDENT, published_table('KA171', 2023))} days", expected.split(" from")[0]),
            ),
        ),
        (
            "KA171 2024 outgoing staff Szczecin-Hanoi",
            lambda: _is(staff(2024, Direction.OUTGOING, ("PL", "VN"), (SZCZECIN, HANOI), 5, 2).total, euros(expected)),
        ),
        (
            "KA171 2024 outgoing staff Szczecin-Pristina",
            lambda: _is(staff(2024, Direction.OUTGOING, ("PL", "XK"), (SZCZECIN, PRISTINA), 5, 2).total, euros(expected)),
        ),
        (
            "KA131 org support",
            lambda: _is(
                Money(sum(line.amount.cents for line in organisational_support(_number(given), published_table("KA131", 2024)))),
                euros(expected.split("=")[1]),
            ),
        ),
        (
            "student 5 months 12 days KA107 incoming NL",
            lambda: _is(student("KA107", 2018, 5 * 30 + 12).of(Category.INDIVIDUAL_SUPPORT), euros(expected)),
        ),
        (
            "inclusion per day",
            lambda: _is(
                per_day(
                    Category.TOP_UPS,
                    student("KA171", 2024, 90, fewer_opportunities=True),
                    student("KA171", 2024, 91, fewer_opportunities=True),
                ),
                euros(expected),
            ),
        ),
        ("staff day 15\\+ rounding", lambda: _is(rate_after_day_14("KA131", 2024, "PL", "BG"), euros(expected))),
        ("KA171 travel band 2021-23 from Thessaloniki", lambda: published_band(row)),
        (
            "KA171 2022 outgoing doctoral student travel",
            lambda: _is(student("KA171", 2022, 90, ends=("TR", "NP")).of(Category.TRAVEL), euros(expected)),
        ),
        (
            "^day rate",
            lambda: _is(
                per_day(
                    Category.INDIVIDUAL_SUPPORT,
                    student("KA171", 2024, 90, ends=("TR", "NP")),
                    student("KA171", 2024, 91, ends=("TR", "NP")),
                ),
                euros(expected),
            ),
        ),
        (
            "staff from day 15",
            lambda: _is(
                [rate_after_day_14("KA171", 2022, "NL", "MA"), *(rate_after_day_14("KA171", 2022, "MA", host) for host in ("NL", "TR"))],
                [euros(part.strip()) for part in expected.split(";")],
            ),
        ),
        (
            "KA171 2024 incoming staff to NL",
            lambda: _is(
                staff(2024, Direction.INCOMING, ("MA", "NL"), (RABAT, LEIDEN), 5, 2).of(Category.INDIVIDUAL_SUPPORT), euros(expected)
            ),
        ),
        (
            "KA171 short-term 10 days, fewer opportunities",
            lambda: _is(
                _without_travel(student("KA171", 2024, 10, fewer_opportunities=True)),
                euros(expected),
            ),
        ),
    ]
    for pattern, run in checks:
        if re.search(pattern, rule):
            run()
            return
    pytest.fail(f"no check for {row['id']}: {rule}")


def _is(found: object, expected: object) -> None:
    assert found == expected


def _number(text: str) -> int:
    found = re.match(r"\d+", text)
    assert found
    return int(found[0])


def _without_travel(entitlement: Entitlement) -> Money:
    return entitlement.total - entitlement.of(Category.TRAVEL)


def test_golden_cases_to_the_cent(shared: Path) -> None:
    with (shared / "data" / "rules" / "golden_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 31
    for row in rows:
        check(row)
