"""What is wrong with a folder: file, row, column and reason, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from goliard.rules.values.texts import Text

LIMIT = 200  # a folder in a wrong encoding has a fault in every cell; the first ones tell enough


class CellRefused(ValueError):
    """A cell does not hold what its column holds."""

    def __init__(self, nl: str, en: str) -> None:
        self.text = Text(nl=nl, en=en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason to refuse a folder. `row` counts as a spreadsheet does: the header is row 1."""

    file: str
    because: Text
    row: int | None = None
    column: str = ""

    def line(self, language: str) -> str:
        """Return `organisations.csv, row 12, column country: …` in the language."""
        place = [self.file or {"nl": "de map", "en": "the folder"}["nl" if language.startswith("nl") else "en"]]
        dutch = language.startswith("nl")
        if self.row is not None:
            place.append(f"{'rij' if dutch else 'row'} {self.row}")
        if self.column:
            place.append(f"{'kolom' if dutch else 'column'} {self.column}")
        return f"{', '.join(place)}: {self.because.in_language(language)}"


@dataclass(slots=True)
class Faults:
    """The faults found so far: the first `LIMIT` of them, and how many there were."""

    found: list[Fault] = field(default_factory=list)
    total: int = 0

    def add(self, fault: Fault) -> None:
        """Keep a fault, or only count it where there are enough."""
        self.total += 1
        if len(self.found) < LIMIT:
            self.found.append(fault)

    def refuse(self) -> None:
        """Raise `FolderRefused` where there is any fault."""
        if self.total:
            raise FolderRefused(tuple(sorted(self.found, key=_place)), self.total)


def _place(fault: Fault) -> tuple[str, int, str]:
    return fault.file, fault.row or 0, fault.column


class FolderRefused(ValueError):
    """The folder was not loaded, and nothing was changed. `faults` holds at most `LIMIT` of the `total` reasons."""

    def __init__(self, faults: tuple[Fault, ...], total: int) -> None:
        self.faults = faults
        self.total = total
        super().__init__(faults[0].line("en") if faults else "refused")

    def lines(self, language: str) -> Iterator[str]:
        """Yield one line a fault, and a last one that counts those left out."""
        yield from (fault.line(language) for fault in self.faults)
        rest = self.total - len(self.faults)
        if rest:
            yield f"… en nog {rest}" if language.startswith("nl") else f"… and {rest} more"
