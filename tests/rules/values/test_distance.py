"""Great-circle distances."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.values.distance import Point, great_circle_km

LEIDEN = Point(52.16, 4.49)
POINTS = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("place", "point", "kilometres"),
    [
        ("Rabat", Point(34.013, -6.833), 2211),
        ("Havana", Point(23.133, -82.383), 7791),
        ("Cape Town", Point(-33.926, 18.423), 9668),
        ("Leiden", LEIDEN, 0),
    ],
)
def test_known_distances_from_leiden(place: str, point: Point, kilometres: int) -> None:
    assert great_circle_km(LEIDEN, point) == pytest.approx(kilometres, abs=5), place


@given(POINTS, POINTS)
def test_there_is_as_far_as_back_and_never_more_than_half_round(here: Point, there: Point) -> None:
    assert great_circle_km(here, there) == pytest.approx(great_circle_km(there, here), abs=1e-6)
    assert 0 <= great_circle_km(here, there) <= math.pi * 6371 + 1e-6


@pytest.mark.parametrize("degrees", [(91, 0), (-90.1, 0), (0, 180.5), (0, -181), (math.nan, 0), (0, math.inf)])
def test_what_is_no_point_on_the_globe(degrees: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="lies between"):
        Point(*degrees)
