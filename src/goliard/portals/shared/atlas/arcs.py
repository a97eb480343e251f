"""Lines from the home institution to its partners.

A line is a smooth curve that bends to the nearer pole, as the shortest way over the globe does, but never runs along the top of the map.
It takes the shorter way round, and where it crosses the antimeridian it leaves on one side of the map and comes back on the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from goliard.portals.shared.atlas.projection import Point, project

_BEND = 0.16  # degrees of latitude for each degree of longitude between the ends: what a great circle does at middle latitudes
_FARTHEST_NORTH, _FARTHEST_SOUTH = 76.0, 55.0  # degrees of latitude that the bend does not take a line beyond: the map ends at 57° S
_SHORTEST_STEP = 4.0  # degrees between two points of a line


def arc(start: tuple[float, float], end: tuple[float, float]) -> str:
    """Return the SVG path from one (latitude, longitude) to another, in units of the view box."""
    strokes: list[list[Point]] = [[]]
    before: tuple[float, float] | None = None
    for latitude, longitude in _places(start, end):
        if before is not None and _turn(before[1]) != _turn(longitude):
            edge = 180.0 if longitude > before[1] else -180.0
            crossing = _latitude_at(before, (latitude, longitude), _seam(before[1], longitude))
            strokes[-1].append(project(crossing, edge))
            strokes.append([project(crossing, -edge)])
        strokes[-1].append(project(latitude, longitude - 360 * _turn(longitude)))
        before = (latitude, longitude)
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in stroke) for stroke in strokes)


def _places(start: tuple[float, float], end: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Points along the line; longitudes run on past 180 where the shorter way crosses the antimeridian."""
    (lat0, lon0), (lat1, lon1) = start, end
    east = (lon1 - lon0 + 180) % 360 - 180
    toward = 1 if lat0 + lat1 >= 0 else -1
    room = max(0.0, (_FARTHEST_NORTH if toward > 0 else _FARTHEST_SOUTH) - max(abs(lat0), abs(lat1)))
    bend = toward * min(abs(east) * _BEND, room)
    steps = max(2, round(max(abs(east), abs(lat1 - lat0)) / _SHORTEST_STEP))
    for step in range(steps + 1):
        t = step / steps
        yield max(-90.0, min(90.0, lat0 + (lat1 - lat0) * t + 4 * bend * t * (1 - t))), lon0 + east * t


def _turn(longitude: float) -> int:
    """How often this longitude has gone round: 0 from -180 up to 180, both included."""
    return 0 if -180 <= longitude <= 180 else (1 if longitude > 180 else -1)


def _seam(one: float, other: float) -> float:
    """The antimeridian between two longitudes of a line, as that line counts."""
    return 180.0 if max(one, other) > 180 else -180.0


def _latitude_at(one: tuple[float, float], other: tuple[float, float], longitude: float) -> float:
    share = (longitude - one[1]) / (other[1] - one[1])
    return one[0] + (other[0] - one[0]) * share
