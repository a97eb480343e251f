"""What is wrong with a feed, by row and column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goliard.rules.values.texts import Text

MOST_TOLD = 500  # a file in a wrong encoding has a fault in every row; the first ones tell enough


@dataclass(frozen=True, slots=True)
class FeedFault:
    """A fault. `row` counts as a spreadsheet does (the heading is row 1; 0 is the whole file); an empty `column` is the whole row."""

    row: int
    column: str
    because: Text

    def line(self, language: str) -> str:
        """Return `row 12, column credits: …` in the language."""
        dutch = language.startswith("nl")
        place = [f"{'rij' if dutch else 'row'} {self.row}"] if self.row else []
        place += [f"{'kolom' if dutch else 'column'} {self.column}"] if self.column else []
        told = self.because.in_language(language)
        return f"{', '.join(place)}: {told}" if place else told


class FeedRefused(ValueError):
    """The feed was not taken, and nothing was changed. `faults` are the first 500 of `total`, by row."""

    def __init__(self, faults: Sequence[FeedFault]) -> None:
        self.total = len(faults)
        self.faults = tuple(sorted(faults, key=lambda fault: fault.row)[:MOST_TOLD])
        super().__init__(self.faults[0].line("en") if faults else "refused")

    def lines(self, language: str) -> Iterator[str]:
        """Yield one line a fault, and a last one that counts those left out."""
        yield from (fault.line(language) for fault in self.faults)
        if rest := self.total - len(self.faults):
            yield f"… en nog {rest}" if language.startswith("nl") else f"… and {rest} more"
