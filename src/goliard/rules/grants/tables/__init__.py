"""The tables that Goliard ships: one file an action and a call, made by `scripts/grant_tables.py` from cited reference data."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from goliard.rules.grants.table import Table
from goliard.rules.grants.toml_parse import parse_table


class NoSuchTable(Exception):
    """No shipped table for an action and a call. `known` lists those there are."""

    def __init__(self, action: str, call: int, known: tuple[tuple[str, int], ...]) -> None:
        super().__init__(f"{action} {call}")
        self.action, self.call, self.known = action, call, known


@cache
def shipped() -> tuple[tuple[str, int], ...]:
    """The actions and calls of which a table is shipped."""
    names = (re.fullmatch(r"([a-z0-9]+)-(\d{4})\.toml", file.name) for file in resources.files(__name__).iterdir())
    return tuple(sorted((name[1].upper(), int(name[2])) for name in names if name))


@cache
def published_table(action: str, call: int) -> Table:
    """The shipped table of an action (`KA171`) and a call (2022). Raises `NoSuchTable`."""
    if (action, call) not in shipped():
        raise NoSuchTable(action, call, shipped())
    return parse_table(resources.files(__name__).joinpath(f"{action.lower()}-{call}.toml").read_text(encoding="utf-8"))
