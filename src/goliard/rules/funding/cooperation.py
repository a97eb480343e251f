"""Kinds of cooperation (Key Action 2) under their names of both programme periods: old and new name are one kind.

2021-2027 names: Programme Guide, Key Action 2. That a strategic partnership lives on as a cooperation partnership and a knowledge
alliance in the alliances for innovation is how National Agencies tell it; no official table of old and new names was seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.values.folding import fold
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class CooperationKind:
    """A kind: its key, its name since 2021, and its name from 2014 to 2020 (the same, or none where it is new)."""

    key: str
    name: Text
    earlier: Text | None
    aliases: tuple[str, ...] = ()

    def name_in(self, year: int) -> Text:
        """Return the name that a call of `year` uses."""
        return self.earlier if year < 2021 and self.earlier else self.name


KINDS = (
    CooperationKind(
        "cooperation-partnerships",
        Text("Samenwerkingspartnerschappen", "Cooperation Partnerships"),
        Text("Strategische partnerschappen", "Strategic Partnerships"),
        ("cooperation partnership", "strategic partnership", "KA203", "KA220"),
    ),
    CooperationKind(
        "alliances-for-innovation",
        Text("Innovatieallianties", "Alliances for Innovation"),
        Text("Kennisallianties", "Knowledge Alliances"),
        ("knowledge alliance", "alliance for innovation", "sector skills alliances"),
    ),
    CooperationKind(
        "european-universities",
        Text("Europese universiteiten", "European Universities"),
        Text("Europese universiteiten", "European Universities"),
        ("European University", "European University actions", "European Universities initiative"),
    ),
    CooperationKind(
        "capacity-building",
        Text("Capaciteitsopbouw in het hoger onderwijs", "Capacity Building in Higher Education"),
        Text("Capaciteitsopbouw in het hoger onderwijs", "Capacity Building in Higher Education"),
        ("CBHE",),
    ),
    CooperationKind("small-scale-partnerships", Text("Kleinschalige partnerschappen", "Small-scale Partnerships"), None),
)
BY_KEY = {kind.key: kind for kind in KINDS}


def cooperation_kind(name: str) -> CooperationKind | None:
    """Return the kind that a name means, in either language and of either period, whatever its case; None for an unknown name.

    >>> cooperation_kind("strategic partnerships") is cooperation_kind("Cooperation Partnerships")
    True
    """
    wanted = fold(name)
    for kind in KINDS:
        names = [kind.key, kind.name.nl, kind.name.en, *kind.aliases, *((kind.earlier.nl, kind.earlier.en) if kind.earlier else ())]
        if wanted in {fold(each) for each in names}:
            return kind
    return None
