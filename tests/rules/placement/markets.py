"""Markets for the tests: written as tables, or drawn by Hypothesis."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import strategies as st

from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish


def market(places: dict[str, int | Destination], wishes: dict[str, str], groups: dict[str, str] | None = None) -> Market:
    """`market({"Lisboa": 1}, {"ann": "Lisboa 8.1, Praha 8.1"})`."""
    destinations = [entry if isinstance(entry, Destination) else Destination(name, entry) for name, entry in places.items()]
    applicants = [
        Applicant(name, tuple(parse_wishes(line)), frozenset(filter(None, [(groups or {}).get(name)]))) for name, line in wishes.items()
    ]
    return Market(tuple(applicants), tuple(destinations))


def parse_wishes(line: str) -> Iterator[Wish]:
    for rank, part in enumerate(filter(None, line.split(", ")), start=1):
        destination, score = part.rsplit(" ", 1)
        yield Wish(rank, destination, Decimal(score))


def placed(assignment: dict[str, Wish]) -> dict[str, str]:
    return {applicant: wish.destination for applicant, wish in sorted(assignment.items())}


GROUPS = ("few", "law")
NAMES = ("A", "B", "C", "D")


@st.composite
def destinations(draw: st.DrawFn, name: str, *, limits: bool) -> Destination:
    places = draw(st.integers(0, 3))
    reserves, maxima, unpromised = [], [], places
    for group in GROUPS if limits else ():
        maximum = draw(st.none() | st.integers(0, 3))
        reserved = draw(st.integers(0, min(unpromised, places if maximum is None else maximum)))
        unpromised -= reserved
        if reserved:
            reserves.append(GroupPlaces(group, reserved))
        if maximum is not None:
            maxima.append(GroupPlaces(group, maximum))
    return Destination(name, places, tuple(reserves), tuple(maxima))


@st.composite
def markets(
    draw: st.DrawFn, *, limits: bool = True, one_score: bool = False, most: int = 7, scores: tuple[str, ...] = ("6", "7", "7.5", "8.0", "9")
) -> Market:
    """Few destinations, few scores: many clashes and many ties."""
    places = [draw(destinations(name, limits=limits)) for name in NAMES[: draw(st.integers(1, 4))]]
    applicants = []
    for number in range(draw(st.integers(0, most))):
        chosen = draw(st.lists(st.sampled_from([place.id for place in places]), unique=True, max_size=4))
        own = draw(st.sampled_from(scores))
        wishes = tuple(
            Wish(rank, destination, Decimal(own if one_score else draw(st.sampled_from(scores))))
            for rank, destination in enumerate(chosen, 1)
        )
        group = draw(st.sampled_from(["", *GROUPS])) if limits else ""
        applicants.append(Applicant(f"s{number}", wishes, frozenset({group} - {""})))
    return Market(tuple(applicants), tuple(places))


def in_every_order_of_ties(given: Market) -> Iterator[Market]:
    """The same market without ties, once for each order of the applicants: the score decides first, then that order."""
    for order in itertools.permutations(applicant.id for applicant in given.applicants):
        bonus = {applicant: Decimal(place) / 1000 for place, applicant in enumerate(order)}
        yield Market(
            tuple(
                Applicant(
                    applicant.id,
                    tuple(Wish(wish.rank, wish.destination, wish.score + bonus[applicant.id]) for wish in applicant.wishes),
                    applicant.groups,
                )
                for applicant in given.applicants
            ),
            given.destinations,
        )
