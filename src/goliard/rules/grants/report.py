"""Results as plain data: what the command line prints and what is stored beside an application or a grant agreement."""

from __future__ import annotations

from typing import Any

from goliard.rules.grants.entitlement import Entitlement
from goliard.rules.grants.lines import Category, Line
from goliard.rules.grants.plan import PricedPlan
from goliard.rules.grants.table import Table
from goliard.rules.grants.toml_dump import version


def plan_document(plan: PricedPlan, table: Table) -> dict[str, Any]:
    """A priced plan, ready for JSON. All amounts are whole cents over the whole plan; the table is named by its version."""
    return {
        **_table(table),
        "total_cents": plan.total.cents,
        "mobilities": plan.mobilities,
        "by_category": {str(category): amount.cents for category, amount in plan.by_category.items()},
        "lines": [_line(line.line, line.times, line.row) for line in plan.lines],
        "unverified": list(plan.unverified),
    }


def entitlement_document(entitlement: Entitlement, table: Table) -> dict[str, Any]:
    """One priced mobility, in the same shape."""
    return {
        **_table(table),
        "total_cents": entitlement.total.cents,
        "mobilities": 1,
        "by_category": {str(category): entitlement.of(category).cents for category in Category},
        "lines": [_line(line, 1, None) for line in entitlement.lines],
        "unverified": list(entitlement.unverified),
    }


def _table(table: Table) -> dict[str, Any]:
    return {"action": table.action, "call": table.call, "table_version": version(table)}


def _line(line: Line, times: int, row: int | None) -> dict[str, Any]:
    """`amount_cents` is `times` x `each_cents`; `row` is null for what belongs to no row."""
    return {
        "row": row,
        "rule": line.rule,
        "category": str(line.category),
        "times": times,
        "each_cents": line.amount.cents,
        "amount_cents": line.amount.cents * times,
        "because": {"nl": line.because.nl, "en": line.because.en},
        "source": line.source,
        "status": str(line.status),
    }
