"""Which table holds for an action in a call."""

from __future__ import annotations

from functools import lru_cache

from goliard.apps.rates.models import RateTable
from goliard.rules.grants.table import Table
from goliard.rules.grants.tables import NoSuchTable, published_table
from goliard.rules.grants.toml_parse import parse_table


@lru_cache(maxsize=64)
def parsed(content: str) -> Table:
    """Return the table of a text; a text is parsed once."""
    return parse_table(content)


def newest_rate_table(action: str, call_year: int) -> RateTable | None:
    """Return the last version that the office keeps for an action in a call, or None."""
    return RateTable.objects.filter(action=action, call_year=call_year).order_by("-number").first()


def table_of_call(action: str, call_year: int) -> Table | None:
    """Return the figures that hold: the office's newest version, else the shipped table, else None."""
    if kept := newest_rate_table(action, call_year):
        return parsed(kept.content)
    try:
        return published_table(action, call_year)
    except NoSuchTable:
        return None
