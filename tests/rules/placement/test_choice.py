from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import destinations

from goliard.rules.placement.choice import Claim, choose
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Wish


def claims(line: str) -> list[Claim]:
    """`claims("a 9, b few 8")`."""
    made = []
    for place, part in enumerate(line.split(", ")):
        name, *group, score = part.split(" ")
        made.append(Claim(Applicant(name, ()), Wish(1, "X", Decimal(score)), "".join(group), place))
    return made


@pytest.mark.parametrize(
    ("destination", "asked", "kept"),
    [
        (Destination("X", 2), "a 7, b 9, c 8", "b c"),
        (Destination("X", 0), "a 7", ""),
        (Destination("X", 2), "a 7.9, b 7.90, c 7.9", "a b"),  # equal scores: the order of ties, here that of the line
        (Destination("X", 2), "a 7.900000000000000001, b 7.9, c 7.900000000000000002", "c a"),  # exact
        (Destination("X", 2, reserves=(GroupPlaces("few", 1),)), "a 9, b 8, c few 6", "a c"),  # the reserve first
        (Destination("X", 2, reserves=(GroupPlaces("few", 1),)), "a 7, b 6, c few 9", "c a"),  # a member on merit counts towards it
        (Destination("X", 2, reserves=(GroupPlaces("few", 2),)), "a 9, b 8, c few 6", "a c"),  # soft: what is not filled is open
        (Destination("X", 3, maxima=(GroupPlaces("law", 1),)), "a law 9, b law 8, c 6", "a c"),  # hard: a place stays empty
        (Destination("X", 3, maxima=(GroupPlaces("law", 0),)), "a law 9, c 6", "c"),
        (
            Destination("X", 2, reserves=(GroupPlaces("few", 1),), maxima=(GroupPlaces("few", 1),)),
            "a few 9, b few 8, c 6",
            "a c",
        ),
        (Destination("X", 2, reserves=(GroupPlaces("few", 1), GroupPlaces("law", 1))), "a 9, b few 5, c law 6, d law 8", "d b"),
    ],
)
def test_who_is_kept(destination: Destination, asked: str, kept: str) -> None:
    chosen, refused = choose(destination, claims(asked))
    assert " ".join(claim.applicant.id for claim in chosen) == kept
    assert sorted(claim.applicant.id for claim in chosen + refused) == sorted(part.split()[0] for part in asked.split(", "))


many_claims = st.lists(st.tuples(st.sampled_from(["", "few", "law"]), st.integers(5, 8)), max_size=7).map(
    lambda rows: [
        Claim(Applicant(f"s{place}", ()), Wish(1, "X", Decimal(score)), group, place) for place, (group, score) in enumerate(rows)
    ]
)


@given(destinations("X", limits=True), many_claims, st.randoms(use_true_random=False))
def test_more_claims_revive_nobody_and_fill_no_fewer_places(destination: Destination, asked: list[Claim], random: object) -> None:
    some = [claim for claim in asked if random.random() < 0.6]  # type: ignore[attr-defined]
    kept_of_some, refused_of_some = choose(destination, some)
    kept, refused = choose(destination, asked)
    assert not {c.applicant.id for c in refused_of_some} & {c.applicant.id for c in kept}
    assert len(kept_of_some) <= len(kept) <= destination.places
    assert choose(destination, kept + [claim for claim in refused if random.random() < 0.5])[0] == kept  # type: ignore[attr-defined]
