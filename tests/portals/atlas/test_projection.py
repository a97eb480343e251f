"""Python's Equal Earth agrees with the script that drew the outlines."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from goliard.portals.shared.atlas.projection import CENTRE_X, CENTRE_Y, HEIGHT, SCALE, WIDTH, project

DATA = json.loads((files("goliard.portals.shared.atlas") / "outlines.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("longitude", "latitude", "x", "y"), DATA["probes"])
def test_places_lie_where_the_outlines_have_them(longitude: float, latitude: float, x: float, y: float) -> None:
    assert project(latitude, longitude) == pytest.approx((x, y), abs=0.001)


def test_scale_and_centre_are_those_of_the_outlines() -> None:
    drawn = DATA["projection"]
    assert (drawn["scale"], drawn["centre_x"], drawn["centre_y"]) == (SCALE, CENTRE_X, CENTRE_Y)
    assert (drawn["width"], drawn["height"]) == (WIDTH, HEIGHT)


@pytest.mark.parametrize(("latitude", "longitude"), [(90.1, 0), (-91, 0), (0, 180.5), (0, -181), (float("nan"), 0)])
def test_a_place_that_is_not_on_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="not a place on earth"):
        project(latitude, longitude)
