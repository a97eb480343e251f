"""Markers that stand on each other move apart a little, so that each can be seen, clicked and focused."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from goliard.portals.shared.atlas.projection import HEIGHT, WIDTH, Point

GAP = 27.0  # units between two markers: 24 pixels at the narrowest that the map is shown
FARTHEST = 16.0  # units that a marker may leave its place
_ROUNDS = 80
_PAIRS = 400_000  # compared at most, so that hundreds of markers take no second: they crowd anyway
_GOLDEN_ANGLE = pi * (3 - 5**0.5)  # markers on one spot part in different directions
_EDGE = 8.0


def spread(places: Sequence[Point], *, fixed: Sequence[Point] = ()) -> list[Point]:
    """Return where to draw the markers of `places`, in the same order.

    Every two of them, and each of them and every `fixed` point, are `GAP` apart where that takes no marker more than `FARTHEST` from
    its place; where markers crowd, they stay as far apart as that allows. The same places always give the same answer.
    """
    drawn = list(places)
    for _ in range(min(_ROUNDS, max(4, _PAIRS // max(1, len(drawn)) ** 2))):
        pushes = [_push(index, drawn, fixed) for index in range(len(drawn))]
        if all(push == (0.0, 0.0) for push in pushes):
            break
        drawn = [_kept_near(place, Point(at.x + dx, at.y + dy)) for place, at, (dx, dy) in zip(places, drawn, pushes, strict=True)]
    return drawn


def _push(index: int, drawn: Sequence[Point], fixed: Sequence[Point]) -> tuple[float, float]:
    """How far the others push this marker away: half of what lacks, all of it where the other one cannot move."""
    here, dx, dy = drawn[index], 0.0, 0.0
    others = [(other, 0.5, number) for number, other in enumerate(drawn) if number != index]
    others += [(other, 1.0, -1) for other in fixed]
    for other, share, number in others:
        across, down = here.x - other.x, here.y - other.y
        if abs(across) >= GAP or abs(down) >= GAP:
            continue
        distance = hypot(across, down)
        lacking = GAP - distance
        if lacking <= 0.05:
            continue
        if distance < 0.01:
            angle = _GOLDEN_ANGLE * min(index, abs(number)) + (pi if index > number else 0)
            across, down, distance = cos(angle), sin(angle), 1.0
        dx += share * lacking * across / distance
        dy += share * lacking * down / distance
    return dx, dy


def _kept_near(place: Point, wanted: Point) -> Point:
    away = hypot(wanted.x - place.x, wanted.y - place.y)
    share = min(1.0, FARTHEST / away) if away else 1.0
    x, y = place.x + (wanted.x - place.x) * share, place.y + (wanted.y - place.y) * share
    return Point(min(max(x, _EDGE), WIDTH - _EDGE), min(max(y, _EDGE), HEIGHT - _EDGE))
