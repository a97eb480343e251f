"""How sure we are of a figure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """The marks of the reference data, from sure to unsure."""

    V1 = "V1"
    """An official text of the programme was seen."""
    V2 = "V2"
    """A secondary page was seen: a National Agency or a university."""
    D = "D"
    """Derived from figures that were seen; the note gives the reasoning."""
    V2_WEAK = "V2-weak"
    """Seen once, in a place that alone does not carry a figure."""
    U = "U"
    """Not verified: usable, and every result that used it says so."""
    MISSING = "MISSING"
    """Not found: whoever needs it stops with its name."""

    @property
    def is_verified(self) -> bool:
        """Whether a figure may be used without a warning, and a rule may refuse."""
        return self in {Status.V1, Status.V2, Status.D}


def weakest(statuses: Iterable[Status]) -> Status:
    """The least sure of several statuses; a result is as sure as its weakest figure. Of nothing: V1."""
    order = list(Status)
    return max(statuses, key=order.index, default=Status.V1)
