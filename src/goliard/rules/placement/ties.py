"""Equal scores: the rule, named before the run, that says who goes first.

Three rules. `UNDECIDED`: none was named, and a run that needs one is refused. `BY_APPLICANT`: the lower applicant id first,
compared as text. A seed: the lower SHA-256 of `seed`, a line feed and the applicant id (UTF-8) first, a lottery that anybody can
draw again from the published seed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class TieRule:
    """How equal scores are ordered. `name` is empty, `applicant`, or the seed itself."""

    name: str = ""

    @property
    def is_named(self) -> bool:
        """Whether a rule was chosen; without one a tie that decides is refused."""
        return bool(self.name)

    @property
    def is_lottery(self) -> bool:
        """Whether the order is drawn from a seed."""
        return self.name not in {"", APPLICANT}

    def order(self, applicants: Iterable[str]) -> dict[str, int]:
        """Each applicant's place in the order, from 0; the lower place wins a tie.

        Without a named rule the order is that of ids: good enough to look for ties that decide, never to publish them.
        """
        ranked = sorted(applicants)
        if self.is_lottery:
            ranked.sort(key=self._draw)
        return {applicant: place for place, applicant in enumerate(ranked)}

    def _draw(self, applicant: str) -> bytes:
        return sha256(f"{self.name}\n{applicant}".encode()).digest()


UNDECIDED = TieRule()
BY_APPLICANT = TieRule(APPLICANT)
