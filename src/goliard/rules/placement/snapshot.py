"""One text for one input: what a placement was computed from, and its SHA-256.

Lines end in a line feed, fields are set apart by a tab, everything is in the order of ids, and equal scores are written equally
(8.0 as 8), so that the order of rows and the spelling of numbers never change the hash. Names of destinations are left out: they
change no outcome.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from goliard.rules.placement.market import Destination, Market
from goliard.rules.placement.sentences import plain

HEADING = "goliard placement input 1\n"


def canonical_lines(market: Market) -> Iterator[str]:
    """The lines, destinations first.

    `D id places`, `R` or `M destination group places`, `A id [group …]`, `W applicant rank destination score [barred by …]`.
    """
    yield HEADING
    for destination in market.destinations:
        yield from destination_lines(destination)
    for applicant in market.applicants:
        yield "\t".join(["A", applicant.id, *sorted(applicant.groups)]) + "\n"
        for wish in applicant.wishes:
            barred = "".join(f"\t{reason.rule}" for reason in wish.barred)
            yield f"W\t{applicant.id}\t{wish.rank}\t{wish.destination}\t{plain(wish.score)}{barred}\n"


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
