"""What a load did, or would do: per table new, changed, removed and unchanged rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goliard.apps.transfer.table import Identity
from goliard.rules.values.texts import Text

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Change:
    """A changed row: by column what it said and what it says, as cells."""

    identity: Identity
    cells: dict[str, tuple[str, str]]


@dataclass(slots=True)
class TableReport:
    """The rows of one table."""

    table: str
    new: list[Identity] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[Identity] = field(default_factory=list)
    unchanged: int = 0


@dataclass(slots=True)
class LoadReport:
    """The whole load. `folder` is the hash of its files."""

    folder: str
    dry_run: bool
    tables: list[TableReport] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many rows are new, changed or removed."""
        return sum(len(table.new) + len(table.changed) + len(table.removed) for table in self.tables)

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """The numbers for the journal."""
        return {
            each.table: {"new": len(each.new), "changed": len(each.changed), "removed": len(each.removed), "unchanged": each.unchanged}
            for each in self.tables
        }

    def lines(self, language: str, *, details: bool = False) -> Iterator[str]:
        """Yield the report, a line a table; with `details` a line for every row that is not unchanged."""
        dutch = language.startswith("nl")
        yield from (note.in_language(language) for note in self.notes)
        for each in self.tables:
            words = ("nieuw", "gewijzigd", "verwijderd", "ongewijzigd") if dutch else ("new", "changed", "removed", "unchanged")
            numbers = (len(each.new), len(each.changed), len(each.removed), each.unchanged)
            yield f"{each.table}: " + ", ".join(
                f"{number} {word}" for number, word in zip(numbers, words, strict=True) if number or word == words[0]
            )
            if details:
                yield from _details(each)
        yield _total(self.changes, dry_run=self.dry_run).in_language(language)


def _details(table: TableReport) -> Iterator[str]:
    yield from (f"  + {_shown(identity)}" for identity in table.new)
    for change in table.changed:
        yield f"  ~ {_shown(change.identity)}"
        yield from (f"      {column}: {_cell(before)} → {_cell(after)}" for column, (before, after) in change.cells.items())
    yield from (f"  - {_shown(identity)}" for identity in table.removed)


def _total(changes: int, *, dry_run: bool) -> Text:
    if dry_run:
        nl = f"{changes} rijen zouden veranderen; er is niets geschreven."
        return Text(nl, f"{changes} rows would change; nothing was written.")
    return Text(f"{changes} rijen veranderd.", f"{changes} rows changed.")


def _shown(identity: Identity) -> str:
    return " | ".join(part for part in identity if part)


def _cell(text: str) -> str:
    flat = " ".join(text.split())
    return f"“{flat[:_LONGEST]}…”" if len(flat) > _LONGEST else f"“{flat}”"
