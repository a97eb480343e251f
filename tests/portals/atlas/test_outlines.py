"""Every country has its place on the map, and no outline runs across it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files

import pytest

from goliard.portals.shared.atlas.outlines import TENTHS, outlines
from goliard.portals.shared.atlas.projection import HEIGHT, WIDTH, Point, project

COUNTRIES = list(csv.DictReader((files("goliard.demo") / "reference" / "countries.csv").read_text(encoding="utf-8").splitlines()))


def rings(path: str) -> Iterator[list[Point]]:
    """The closed rings of an outline, in units of the view box."""
    x = y = 0
    for command, numbers in re.findall(r"([Mm])([^z]+)z", path):
        steps = [int(number) for number in re.findall(r"-?\d+", numbers)]
        ring = []
        for index in range(0, len(steps), 2):
            dx, dy = steps[index : index + 2]
            x, y = (dx, dy) if command == "M" and index == 0 else (x + dx, y + dy)
            ring.append(Point(x / TENTHS, y / TENTHS))
        x, y = round(ring[0].x * TENTHS), round(ring[0].y * TENTHS)
        yield ring


def inside(place: Point, path: str) -> bool:
    odd = False
    for ring in rings(path):
        for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (one.y > place.y) != (other.y > place.y) and place.x < one.x + (other.x - one.x) * (place.y - one.y) / (other.y - one.y):
                odd = not odd
    return odd


def test_every_country_but_antarctica_has_a_point() -> None:
    assert set(outlines().points) == {row["iso2"] for row in COUNTRIES} - {"AQ"}


def test_every_country_can_be_seen() -> None:
    assert set(outlines().points) == set(outlines().paths) | outlines().small


def test_small_states_get_a_dot_and_others_an_outline() -> None:
    assert {"MT", "SG", "VA", "KI", "TO", "LI", "MC", "SM", "AD", "TV", "HK", "MO"} <= outlines().small
    assert {"XK", "NL", "FJ", "AM", "IL", "LB", "SI", "SO", "CY", "GL", "FR"} <= set(outlines().paths)


DRAWN = [row for row in COUNTRIES if row["iso2"] in outlines().paths.keys() - outlines().small]


@pytest.mark.parametrize("row", DRAWN, ids=[row["iso2"] for row in DRAWN])
def test_the_point_of_a_country_lies_inside_its_outline(row: dict[str, str]) -> None:
    assert inside(project(float(row["lat"]), float(row["lon"])), outlines().paths[row["iso2"]])


def test_nothing_lies_outside_the_map() -> None:
    for iso2, path in outlines().paths.items():
        for ring in rings(path):
            assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in ring), iso2


@pytest.mark.parametrize(("iso2", "widest"), [("FJ", 12), ("RU", 320), ("US", 190), ("NZ", 40)])
def test_countries_at_the_antimeridian_are_cut_there(iso2: str, widest: int) -> None:
    widths = [max(x for x, _ in ring) - min(x for x, _ in ring) for ring in rings(outlines().paths[iso2])]
    assert max(widths) <= widest


def test_russia_stands_on_both_sides() -> None:
    assert {ring[0].x > WIDTH / 2 for ring in rings(outlines().paths["RU"])} == {True, False}
