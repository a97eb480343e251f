"""Agreements that say the same twice: same partners, same kind, same unit, at the same time, about the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Held:
    """An agreement as far as another could say the same. `about` are pairs of mobility and subject (empty: any)."""

    key: int
    partners: frozenset[int]
    kind: str
    owner: int | None
    starts_on: date
    ends_on: date
    about: frozenset[tuple[str, str]] = frozenset()


def duplicates(agreements: Iterable[Held]) -> dict[int, frozenset[int]]:
    """Return for every agreement that may be a duplicate the keys of those that it repeats.

    Agreements of one partner on different subjects stand beside each other by intent: only where they share a mobility in a subject, or
    one of them leaves it open, may they be duplicates.
    """
    alike: dict[tuple[frozenset[int], str, int | None], list[Held]] = defaultdict(list)
    for each in agreements:
        alike[each.partners, each.kind, each.owner].append(each)
    found: dict[int, set[int]] = defaultdict(set)
    for group in alike.values():
        for one, other in combinations(group, 2):
            if _overlap(one, other):
                found[one.key].add(other.key)
                found[other.key].add(one.key)
    return {key: frozenset(others) for key, others in found.items()}


def _overlap(one: Held, other: Held) -> bool:
    in_time = one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
    return in_time and (not one.about or not other.about or any(_same(here, there) for here in one.about for there in other.about))


def _same(here: tuple[str, str], there: tuple[str, str]) -> bool:
    return here[0] == there[0] and (here[1] == there[1] or not here[1] or not there[1])
