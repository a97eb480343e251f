"""Places: a table that an officer can read, and what holds for every supply and every claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.agreements.places import Claim, Left, QuotaExceeded, Supply, left, require_places

LAW, SCIENCE = 1, 2


@pytest.mark.parametrize(
    ("supply", "claims", "expected"),
    [
        (Supply(4), (), Left(4, {})),
        (Supply(4), (Claim(1), Claim(2, LAW)), Left(1, {})),
        (Supply(4, {LAW: 1}), (), Left(3, {LAW: 1})),
        (Supply(4, {LAW: 1}), (Claim(1, LAW),), Left(3, {LAW: 0})),
        (Supply(4, {LAW: 1}), (Claim(2, LAW),), Left(2, {LAW: 0})),
        (Supply(4, {LAW: 1}), (Claim(3, SCIENCE),), Left(0, {LAW: 1})),
        (Supply(2, {LAW: 2, SCIENCE: 2}), (), Left(0, {LAW: 2, SCIENCE: 0})),  # shares may not promise more than there is
        (Supply(1), (Claim(3),), Left(0, {})),  # the agreement shrank after places were given
        (Supply(3, {LAW: 1}), (Claim(3, SCIENCE),), Left(0, {LAW: 0})),
    ],
)
def test_what_is_left(supply: Supply, claims: tuple[Claim, ...], expected: Left) -> None:
    assert left(supply, claims) == expected


def test_the_last_place_goes_once() -> None:
    supply = Supply(1)
    require_places(supply, (), wanted=1, unit=None)
    with pytest.raises(QuotaExceeded, match="0 of 1 places are left; 1 were asked for"):
        require_places(supply, (Claim(1),), wanted=1, unit=None)


def test_a_unit_may_use_its_share_and_what_is_open_but_not_the_share_of_another() -> None:
    supply = Supply(3, {LAW: 1})
    require_places(supply, (), wanted=3, unit=LAW)
    require_places(supply, (), wanted=2, unit=SCIENCE)
    with pytest.raises(QuotaExceeded):
        require_places(supply, (), wanted=3, unit=SCIENCE)


def test_nobody_claims_nothing() -> None:
    with pytest.raises(ValueError, match="one place or more"):
        require_places(Supply(1), (), wanted=0, unit=None)
    with pytest.raises(ValueError, match="counted from zero"):
        Supply(-1)


units = st.sampled_from([None, LAW, SCIENCE])
claims = st.lists(st.builds(Claim, st.integers(1, 5), units), max_size=6).map(tuple)
supplies = st.builds(Supply, st.integers(0, 12), st.dictionaries(st.sampled_from([LAW, SCIENCE]), st.integers(0, 8)))


@given(supplies, claims)
def test_never_more_is_left_than_was_not_claimed(supply: Supply, made: tuple[Claim, ...]) -> None:
    rest = left(supply, made)
    claimed = sum(claim.places for claim in made)
    assert rest.total == max(0, supply.places - claimed)
    assert rest.open >= 0
    assert all(share >= 0 for share in rest.shares.values())


@given(supplies, claims, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(supply: Supply, made: tuple[Claim, ...], shuffle) -> None:
    shuffled = list(made)
    shuffle.shuffle(shuffled)
    assert left(supply, tuple(shuffled)) == left(supply, made)


@given(supplies, st.lists(st.tuples(st.integers(1, 4), units), max_size=10))
def test_claims_that_were_let_through_never_exceed_the_supply(supply: Supply, wishes: list[tuple[int, int | None]]) -> None:
    granted: tuple[Claim, ...] = ()
    for wanted, unit in wishes:
        try:
            require_places(supply, granted, wanted=wanted, unit=unit)
        except QuotaExceeded:
            continue
        granted += (Claim(wanted, unit),)
    assert sum(claim.places for claim in granted) <= supply.places
