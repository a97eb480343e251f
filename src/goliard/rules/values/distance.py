"""Points on the globe and the great-circle distance between them."""

from __future__ import annotations

import math
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Point:
    """Decimal degrees, north and east positive. Raises `ValueError` outside -90..90 and -180..180, and for what is no number."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not -90 <= self.latitude <= 90:
            raise ValueError("a latitude lies between -90 and 90 degrees")
        if not -180 <= self.longitude <= 180:
            raise ValueError("a longitude lies between -180 and 180 degrees")


def great_circle_km(here: Point, there: Point) -> float:
    """One-way distance in kilometres over a sphere of 6371 km (haversine).

    The formula reproduces the travel amounts that Szczecin published for six destinations (ZUT171); the distance calculator of the
    Commission may differ by a fraction of a percent.
    """
    north, south = math.radians(here.latitude), math.radians(there.latitude)
    across = math.radians(there.longitude - here.longitude)
    chord = math.sin((south - north) / 2) ** 2 + math.cos(north) * math.cos(south) * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))
