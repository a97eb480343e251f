"""Deal applications to members of a committee: evenly, and the same for everybody who does it again. No chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

Pair = tuple[int, int]


def deal(
    applications: Sequence[int], members: Sequence[int], *, each: int, had: Iterable[Pair] = (), barred: Iterable[Pair] = ()
) -> list[Pair] | None:
    """Return the pairs (application, member) to add so that every application has `each` members; None where members do not suffice.

    `had` are pairs that stand already, `barred` pairs with a conflict of interest. Every application, in its order, goes to the member with
    the fewest so far; of equals to the first after the one who was dealt last, so that members meet different colleagues.
    """
    standing, shut = set(had), set(barred)
    load = Counter(member for _application, member in standing)
    readers = Counter(application for application, _member in standing)
    dealt: list[Pair] = []
    last = 0
    for application in applications:
        holders = {member for member in members if (application, member) in standing}
        missing = each - readers[application]
        for _turn in range(max(0, missing)):
            free = [index for index, member in enumerate(members) if member not in holders and (application, member) not in shut]
            if not free:
                return None
            chosen = min(free, key=lambda index: (load[members[index]], (index - last) % len(members)))
            member = members[chosen]
            last = chosen + 1
            holders.add(member)
            load[member] += 1
            dealt.append((application, member))
    return dealt
