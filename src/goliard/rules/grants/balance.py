"""What a project has under each heading, what it spent, and what returns to the National Agency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in whole cents. `moved` is what transfers brought (negative: took away); `realised` None while nothing is reported."""

    category: str
    planned: int
    granted: int
    moved: int
    realised: int | None

    @property
    def available(self) -> int:
        """What may be spent under it."""
        return self.granted + self.moved

    @property
    def covered(self) -> int | None:
        """What the grant covers of what was spent: never more than is available, because money moves by a transfer only."""
        return None if self.realised is None else min(self.realised, self.available)

    @property
    def unspent(self) -> int | None:
        """What was not spent; below zero where more was spent than is available."""
        return None if self.realised is None else self.available - self.realised


@dataclass(frozen=True, slots=True)
class Balance:
    """All headings of a project."""

    headings: tuple[Heading, ...]

    @property
    def granted(self) -> int:
        """The grant."""
        return sum(each.granted for each in self.headings)

    @property
    def realised(self) -> int | None:
        """What was spent; None until something is reported."""
        known = [each.realised for each in self.headings if each.realised is not None]
        return sum(known) if known else None

    @property
    def returns(self) -> int | None:
        """What goes back: all that is available less what is covered; None while a heading is not reported."""
        if any(each.covered is None for each in self.headings):
            return None
        return sum(each.available - (each.covered or 0) for each in self.headings)


def balance(planned: Mapping[str, int], granted: Mapping[str, int], realised: Mapping[str, int | None],
            transfers: Iterable[tuple[str, str, int]]) -> Balance:  # fmt: skip
    """Return the headings in the order of `planned` and `granted`; a transfer is (from, to, cents), "" for another project."""
    moved: dict[str, int] = {}
    for source, target, cents in transfers:
        moved[source] = moved.get(source, 0) - cents
        moved[target] = moved.get(target, 0) + cents
    names = [name for name in dict.fromkeys((*planned, *granted, *realised, *moved)) if name]
    return Balance(
        tuple(Heading(name, planned.get(name, 0), granted.get(name, 0), moved.get(name, 0), realised.get(name)) for name in names)
    )
