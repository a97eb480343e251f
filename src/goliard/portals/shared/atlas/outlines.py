"""The outlines of countries, as `build_outlines.mjs` wrote them from Natural Earth data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from goliard.portals.shared.atlas.projection import Point

TENTHS = 10  # the file counts in tenths of a unit of the view box


@dataclass(frozen=True, slots=True)
class Outlines:
    """What the map is drawn from.

    `paths`: ISO code → SVG path in tenths of a unit; `points`: ISO code → the point inside the main territory, in units, for every
    country but Antarctica; `small`: the countries that need a dot to be seen; `unclaimed`: land that no country is given.
    """

    paths: Mapping[str, str]
    points: Mapping[str, Point]
    small: frozenset[str]
    unclaimed: str


@cache
def outlines() -> Outlines:
    """Return the outlines, read once."""
    data = json.loads((files(__package__) / "outlines.json").read_text(encoding="utf-8"))
    return Outlines(
        paths=MappingProxyType(data["countries"]),
        points=MappingProxyType({iso2: Point(x / TENTHS, y / TENTHS) for iso2, (x, y) in data["points"].items()}),
        small=frozenset(data["small"]),
        unclaimed=data["unclaimed"],
    )
