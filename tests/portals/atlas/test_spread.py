"""Markers on one spot move apart, a little."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.portals.shared.atlas.projection import HEIGHT, WIDTH, Point
from goliard.portals.shared.atlas.spread import FARTHEST, GAP, spread

POINTS = st.builds(Point, st.floats(20, WIDTH - 20), st.floats(20, HEIGHT - 20))


def test_two_on_one_spot_stand_a_target_apart() -> None:
    one, other = spread([Point(500, 200), Point(500, 200)])
    assert dist(one, other) == pytest.approx(GAP, abs=0.2)


def test_who_stands_alone_does_not_move() -> None:
    places = [Point(100, 100), Point(300, 200), Point(800, 50)]
    assert spread(places) == places


def test_a_marker_at_home_leaves_home_visible() -> None:
    (marker,) = spread([Point(510, 60)], fixed=[Point(510, 60)])
    assert dist(marker, (510, 60)) == pytest.approx(FARTHEST, abs=0.2)


@given(st.lists(POINTS, max_size=17))
def test_no_marker_goes_far_and_the_answer_is_always_the_same(places: list[Point]) -> None:
    drawn = spread(places)
    assert all(dist(place, at) <= FARTHEST + 0.01 for place, at in zip(places, drawn, strict=True))
    assert spread(places) == drawn


@given(POINTS, st.integers(2, 6))
def test_several_on_one_spot_are_all_seen(place: Point, how_many: int) -> None:
    drawn = spread([place] * how_many)
    assert min(dist(one, other) for one, other in combinations(drawn, 2)) > 10
