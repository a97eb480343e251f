"""What can be wrong with a table: it lacks a figure, or it is no table."""

from __future__ import annotations


class MissingFigure(Exception):
    """A rule needs a figure that the table does not have. `name` says which, with the action, the call and what it depends on."""

    def __init__(self, name: str, note: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.note = note


class TableFault(Exception):
    """The table contradicts itself, or is no table."""
