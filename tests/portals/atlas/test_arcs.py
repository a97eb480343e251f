"""Lines from home: the shorter way round, cut at the antimeridian, never a bar across the map."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.portals.shared.atlas.arcs import arc
from goliard.portals.shared.atlas.projection import HEIGHT, WIDTH, project

LEIDEN, SUVA, NUKU_ALOFA, AUCKLAND, IRVINE, APIA = (
    (52.16, 4.49),
    (-18.1, 178.4),
    (-21.1, -175.2),
    (-36.9, 174.8),
    (33.7, -117.8),
    (-13.8, -171.8),
)


def strokes(path: str) -> list[list[tuple[float, float]]]:
    return [[(float(x), float(y)) for x, y in (point.split() for point in stroke.split("L"))] for stroke in re.findall(r"M([^M]+)", path)]


@pytest.mark.parametrize(
    ("start", "end", "pieces"),
    [
        (LEIDEN, IRVINE, 1),
        (LEIDEN, AUCKLAND, 1),
        (LEIDEN, SUVA, 1),
        (LEIDEN, NUKU_ALOFA, 1),
        (SUVA, NUKU_ALOFA, 2),
        (NUKU_ALOFA, SUVA, 2),
        (AUCKLAND, APIA, 2),
        (AUCKLAND, IRVINE, 2),
        (SUVA, LEIDEN, 1),
        (LEIDEN, LEIDEN, 1),
        ((0.0, 180.0), (0.0, -180.0), 1),
    ],
)
def test_a_line_is_cut_once_where_it_crosses_the_antimeridian(start: tuple[float, float], end: tuple[float, float], pieces: int) -> None:
    assert len(strokes(arc(start, end))) == pieces


def test_a_line_starts_at_home_and_ends_at_the_partner() -> None:
    line = [point for stroke in strokes(arc(SUVA, NUKU_ALOFA)) for point in stroke]
    assert line[0] == pytest.approx(project(*SUVA), abs=0.06)
    assert line[-1] == pytest.approx(project(*NUKU_ALOFA), abs=0.06)


def test_a_cut_line_meets_both_edges_at_one_height() -> None:
    west, east = strokes(arc(SUVA, NUKU_ALOFA))
    assert west[-1][0] > WIDTH * 0.95
    assert east[0][0] < WIDTH * 0.05
    assert west[-1][1] == east[0][1]


PLACES = st.tuples(st.floats(-55, 78), st.floats(-180, 180))


@given(PLACES, PLACES)
def test_no_step_of_a_line_is_a_bar_and_none_leaves_the_map(start: tuple[float, float], end: tuple[float, float]) -> None:
    for stroke in strokes(arc(start, end)):
        assert all(-1 <= x <= WIDTH + 1 for x, _ in stroke)
        assert all(abs(x1 - x0) + abs(y1 - y0) < 45 for (x0, y0), (x1, y1) in pairwise(stroke))
        assert all(0 <= y <= HEIGHT for _, y in stroke)
