"""One text for one input: what a placement was computed from, and its SHA-256.

Lines end in a line feed, fields are set apart by a tab, everything is in the order of ids, and equal scores are written equally
(8.0 as 8), so that the order of rows and the spelling of numbers never change the hash. Names of destinations are left out: they
change no outcome.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256

from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.sentences import plain
from goliard.rules.values.texts import Reason, Text

HEADING = "goliard placement input 1\n"


def canonical_lines(market: Market) -> Iterator[str]:
    """The lines, destinations first.

    `D id places`, `R` or `M destination group places`, `A id [group …]`, `W applicant rank destination score [barred by …]`, and after the
    wishes of somebody who was offered a place before `H applicant destination`.
    """
    yield HEADING
    for destination in market.destinations:
        yield from destination_lines(destination)
    for applicant in market.applicants:
        yield "\t".join(["A", applicant.id, *sorted(applicant.groups)]) + "\n"
        for wish in applicant.wishes:
            barred = "".join(f"\t{reason.rule}" for reason in wish.barred)
            yield f"W\t{applicant.id}\t{wish.rank}\t{wish.destination}\t{plain(wish.score)}{barred}\n"
        yield from (f"H\t{applicant.id}\t{wish.destination}\n" for wish in applicant.wishes if wish.held)


def destination_lines(destination: Destination) -> Iterator[str]:
    """The lines of one destination."""
    yield f"D\t{destination.id}\t{destination.places}\n"
    for letter, limits in (("R", destination.reserves), ("M", destination.maxima)):
        for limit in sorted(limits, key=lambda limit: limit.group):
            yield f"{letter}\t{destination.id}\t{limit.group}\t{limit.places}\n"


def input_hash(market: Market) -> str:
    """SHA-256 over the canonical lines, in hexadecimal."""
    digest = sha256()
    for line in canonical_lines(market):
        digest.update(line.encode())
    return digest.hexdigest()


def read_snapshot(text: str) -> Market:
    """The market that canonical lines describe, to run a stored placement again. Raises `ValueError` for any other text.

    Reasons of barred wishes come back by their rule only, and destinations without names: what a rerun needs, not what a letter needs.
    """
    heading, *lines = text.splitlines(keepends=True)
    limits: dict[tuple[str, str], list[GroupPlaces]] = defaultdict(list)
    wishes: dict[str, list[Wish]] = defaultdict(list)
    places: dict[str, int] = {}
    groups: dict[str, frozenset[str]] = {}
    for letter, *cells in (line.rstrip("\n").split("\t") for line in lines):
        match letter, cells:
            case "D", [destination, number]:
                places[destination] = int(number)
            case "R" | "M", [destination, group, number]:
                limits[letter, destination].append(GroupPlaces(group, int(number)))
            case "A", [applicant, *named]:
                groups[applicant] = frozenset(named)
            case "W", [applicant, rank, destination, score, *rules]:
                barred = tuple(Reason(rule, Text(rule, rule)) for rule in rules)
                wishes[applicant].append(Wish(int(rank), destination, Decimal(score), barred))
            case "H", [applicant, destination]:
                wishes[applicant] = [replace(wish, held=wish.held or wish.destination == destination) for wish in wishes[applicant]]
            case _:
                raise ValueError(f"no line of a placement's input: {letter!r}")
    market = Market(
        tuple(Applicant(name, tuple(wishes[name]), own) for name, own in groups.items()),
        tuple(Destination(name, number, tuple(limits["R", name]), tuple(limits["M", name])) for name, number in places.items()),
    )
    if heading != HEADING or "".join(canonical_lines(market)) != text:
        raise ValueError("the text is not the input of a placement as it was written")
    return market
