"""Who coordinates a project: on each side one main coordinator at a time; former ones stay on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from goliard.rules.values.texts import Reason, Text

SIDES = {
    "home": Text("de eigen instelling", "the home institution"),
    "partner": Text("de partner", "the partner"),
}


@dataclass(frozen=True, slots=True)
class Stint:
    """Somebody coordinates for a side, from `since` up to and including `until`; None is an open end."""

    name: str
    side: str
    is_main: bool
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def meets(self, other: Stint) -> bool:
        """Whether there is a day on which both hold."""
        return (self.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (self.until or date.max)


def overlaps(stints: Sequence[Stint]) -> tuple[Reason, ...]:
    """Return a reason for every two main coordinators of one side on one day."""
    return tuple(
        Reason(
            "one-main-coordinator",
            Text(
                f"{one.name} en {other.name} zijn op dezelfde dag coördinator voor {SIDES[one.side].nl}. "
                "Geef de vorige een einddatum, of maak een van beiden medecoördinator.",
                f"{one.name} and {other.name} are coordinator for {SIDES[one.side].en} on the same day. "
                "Give the former one an end date, or make one of them co-coordinator.",
            ),
            field="coordinators",
        )
        for one, other in combinations([stint for stint in stints if stint.is_main], 2)
        if one.side == other.side and one.meets(other)
    )


def sides_without_main(stints: Iterable[Stint], day: date) -> tuple[Reason, ...]:
    """Return a reason for every side that has co-coordinators on `day` and no main one."""
    current = [stint for stint in stints if stint.holds_on(day)]
    return tuple(
        Reason(
            "co-without-main",
            Text(
                f"Voor {label.nl} is er wel een medecoördinator, maar geen coördinator.",
                f"There is a co-coordinator for {label.en}, but no coordinator.",
            ),
            field="coordinators",
        )
        for side, label in SIDES.items()
        if any(stint.side == side for stint in current) and not any(stint.side == side and stint.is_main for stint in current)
    )
