"""What is stored beside an application or a grant: its names are read again years later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.mobility import Mobility
from goliard.rules.grants.plan import PlanRow, price_plan
from goliard.rules.grants.report import entitlement_document, plan_document
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.toml_dump import version

TABLE = published_table("KA171", 2022)
FACTS = {
    "direction": "incoming", "participant": "student", "activity": "studies", "cycle": "second", "days": 105,
    "from": "Jakarta", "to": "Leiden",
}  # fmt: skip


def test_one_mobility(mobility: Callable[[dict[str, Any]], Mobility]) -> None:
    document = entitlement_document(price_mobility(mobility(FACTS), TABLE), TABLE)
    support, travel = document.pop("lines")
    assert document == {
        "action": "KA171",
        "call": 2022,
        "table_version": version(TABLE),
        "total_cents": 447_500,
        "mobilities": 1,
        "by_category": {
            "individual_support": 297_500,
            "travel": 150_000,
            "top_ups": 0,
            "organisational_support": 0,
            "inclusion_support": 0,
        },
        "unverified": [],
    }
    assert {name: support[name] for name in support if name not in {"because", "source"}} == {
        "row": None,
        "rule": "student_month",
        "category": "individual_support",
        "times": 1,
        "each_cents": 297_500,
        "amount_cents": 297_500,
        "status": "D",
    }
    assert support["because"]["en"] == "105 days × €850.00 a month of 30 days"
    assert support["because"]["nl"] == "105 dagen × € 850,00 per maand van 30 dagen"
    assert (support["source"] != "", travel["rule"], travel["each_cents"]) == (True, "standard_travel", 150_000)


def test_a_plan_counts_each_row_as_often_as_it_says(mobility: Callable[[dict[str, Any]], Mobility]) -> None:
    plan = price_plan([PlanRow(number=2, count=3, fewer_opportunities=0, mobility=mobility(FACTS))], TABLE)
    document = plan_document(plan, TABLE)
    assert (document["action"], document["call"], document["mobilities"]) == ("KA171", 2022, 3)
    support = next(line for line in document["lines"] if line["rule"] == "student_month")
    assert (support["row"], support["times"], support["each_cents"], support["amount_cents"]) == (2, 3, 297_500, 892_500)
    assert document["by_category"]["individual_support"] == 892_500
    assert document["total_cents"] == sum(document["by_category"].values()) == sum(line["amount_cents"] for line in document["lines"])
