"""Equal Earth: the map projection of Šavrič, Patterson and Jenny (2018), which keeps areas true.

Scale and centre are those of the outlines, so that a partner stands where its country is drawn.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

SCALE = 184.0
CENTRE_X = 500.0
CENTRE_Y = 247.0  # the equator: the view box runs from 84° north to 57° south
WIDTH = 1000
HEIGHT = 444

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2


class Point(NamedTuple):
    """A place on the map, in units of its view box (x to the right, y down)."""

    x: float
    y: float


def project(latitude: float, longitude: float) -> Point:
    """Return where a place lies on the map.

    Degrees, north and east positive; latitude from -90 to 90, longitude from -180 to 180 (180 is the right edge, -180 the left one).
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"not a place on earth: latitude {latitude}, longitude {longitude}")
    theta = asin(_M * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = radians(longitude) * cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    y = theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return Point(CENTRE_X + SCALE * x, CENTRE_Y - SCALE * y)
