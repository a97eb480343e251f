"""Places: what agreements and projects give, what is claimed, what is left.

A condition gives its mobilities each academic year in which it holds, while its agreement is in effect. A university-wide condition
may be split over units: a unit's share is its own, the rest is open to every unit. A claim takes from the unit's share first, then from
what is open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Supply:
    """What one source gives in one year: all its places, and how many of them are set apart for which unit."""

    places: int
    shares: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.places < 0 or any(share < 0 for share in self.shares.values()):
            raise ValueError("Places are counted from zero.")

    @property
    def open(self) -> int:
        """Places that belong to no unit's share; never below zero."""
        return max(0, self.places - sum(self.shares.values()))


@dataclass(frozen=True, slots=True)
class Claim:
    """Places that are held or used, by a unit (its key) or by the university as a whole (None)."""

    places: int
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """What is left: open to everybody, and of each unit's share."""

    open: int
    shares: Mapping[int, int]

    @property
    def total(self) -> int:
        """All places that are left."""
        return self.open + sum(self.shares.values())

    def for_unit(self, unit: int | None) -> int:
        """How many places a unit could take: its share and what is open; for the university as a whole only what is open."""
        return self.open + (self.shares.get(unit, 0) if unit is not None else 0)


class QuotaExceeded(Exception):
    """There are not that many places left; `reason` says how many there are."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.because.en)
        self.reason = reason


def left(supply: Supply, claims: tuple[Claim, ...]) -> Left:
    """Return what the claims leave of a supply; their order does not matter.

    A supply may have shrunk after places were claimed: then nothing is left below zero, and shares give way so that the total stays honest.
    """
    shares = _within(dict(supply.shares), supply.places)
    open_places = supply.places - sum(shares.values())
    taken: dict[int | None, int] = {}
    for claim in claims:
        taken[claim.unit] = taken.get(claim.unit, 0) + claim.places
    for unit, places in taken.items():
        own = 0 if unit is None else min(places, shares.get(unit, 0))
        if unit is not None and own:
            shares[unit] -= own
        open_places -= places - own
    return Left(open_places, shares) if open_places >= 0 else Left(0, _cut(shares, -open_places))


def _within(shares: dict[int, int], places: int) -> dict[int, int]:
    """Shares that promise more than there is give way, the last units first."""
    return _cut(shares, max(0, sum(shares.values()) - places))


def _cut(shares: dict[int, int], missing: int) -> dict[int, int]:
    for unit in sorted(shares, reverse=True):
        taken = min(missing, shares[unit])
        shares[unit] -= taken
        missing -= taken
    return shares


def require_places(supply: Supply, claims: tuple[Claim, ...], *, wanted: int, unit: int | None) -> None:
    """Raise QuotaExceeded when `unit` cannot take `wanted` places on top of the claims; ValueError when fewer than one is wanted."""
    if wanted < 1:
        raise ValueError("A claim is for one place or more.")
    free = left(supply, claims).for_unit(unit)
    if free < wanted:
        raise QuotaExceeded(
            Reason(
                "quota",
                Text(
                    f"Er zijn nog {free} van de {supply.places} plaatsen vrij; gevraagd zijn er {wanted}.",
                    f"{free} of {supply.places} places are left; {wanted} were asked for.",
                ),
                field="places",
            )
        )
