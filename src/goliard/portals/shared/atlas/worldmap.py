"""The world map: partners as markers, their countries highlighted, lines from home.

Pure: names and addresses come from the caller, in the reader's language. `shared/worldmap.html` draws what `build_map` returns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goliard.portals.shared.atlas.arcs import arc
from goliard.portals.shared.atlas.outlines import TENTHS, Outlines, outlines
from goliard.portals.shared.atlas.projection import HEIGHT, WIDTH, Point, project
from goliard.portals.shared.atlas.spread import spread

_LEADER_FROM = 3.0  # units: a marker moved farther than this gets a line to its true place
_LABEL_SIDE = 0.62  # share of the width beyond which a label stands to the left of what it names


@dataclass(frozen=True, slots=True)
class Marker:
    """A partner: degrees north and east; `note` is a remark that is shown with the name ("not confirmed by a source")."""

    key: str
    label: str
    lat: float
    lon: float
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A country that takes part, by its ISO code."""

    iso2: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Home:
    """The institution that the lines start from."""

    label: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class DrawnMarker:
    """A marker in units of the view box; `place` is where the partner is, `at` where its marker stands."""

    marker: Marker
    place: Point
    at: Point

    @property
    def moved(self) -> bool:
        """Whether the marker stands so far from its place that a line must join them."""
        return abs(self.at.x - self.place.x) + abs(self.at.y - self.place.y) > _LEADER_FROM

    @property
    def label_left(self) -> bool:
        """Whether the label stands to the left, because there is no room on the right."""
        return self.at.x > WIDTH * _LABEL_SIDE

    @property
    def name(self) -> str:
        """What is read aloud and shown: the label and its remark."""
        return f"{self.marker.label} ({self.marker.note})" if self.marker.note else self.marker.label


@dataclass(frozen=True, slots=True)
class DrawnCountry:
    """A highlighted country: its outline in tenths of a unit (empty where it is too small for one) and whether a dot shows it."""

    highlight: Highlight
    path: str
    at: Point
    dotted: bool

    @property
    def label_left(self) -> bool:
        """Whether the label stands to the left, because there is no room on the right."""
        return self.at.x > WIDTH * _LABEL_SIDE


@dataclass(frozen=True, slots=True)
class Land:
    """Countries that take no part: outlines in tenths of a unit, or the `specks` of those too small for one; the name may be empty."""

    name: str
    path: str
    specks: bool = False


@dataclass(frozen=True, slots=True)
class WorldMap:
    """All that the template draws. `arcs` are SVG paths in units of the view box."""

    width: int
    height: int
    land: tuple[Land, ...]
    countries: tuple[DrawnCountry, ...]
    markers: tuple[DrawnMarker, ...]
    arcs: tuple[str, ...]
    home: Home
    home_at: Point
    has_notes: bool


def build_map(
    *, markers: Sequence[Marker], highlights: Sequence[Highlight], home: Home, names: Mapping[str, str] | None = None
) -> WorldMap:
    """Return the map of these partners in these countries.

    Links are reached by keyboard in the order given, countries first. `names` (ISO code → name) adds the names of the other countries,
    shown on hovering. Raises `ValueError` for a place that is not on earth and for a country that has no place on the map.
    """
    drawn_from = outlines()
    home_at = project(home.lat, home.lon)
    places = [project(marker.lat, marker.lon) for marker in markers]
    stand = spread(places, fixed=[home_at])
    return WorldMap(
        width=WIDTH,
        height=HEIGHT,
        land=tuple(_land(drawn_from, besides={highlight.iso2 for highlight in highlights}, names=names or {})),
        countries=tuple(_country(drawn_from, highlight) for highlight in highlights),
        markers=tuple(DrawnMarker(marker, place, at) for marker, place, at in zip(markers, places, stand, strict=True)),
        arcs=tuple(dict.fromkeys(arc((home.lat, home.lon), (marker.lat, marker.lon)) for marker in markers)),
        home=home,
        home_at=home_at,
        has_notes=any(marker.note for marker in markers),
    )


def _country(drawn_from: Outlines, highlight: Highlight) -> DrawnCountry:
    iso2 = highlight.iso2
    if iso2 not in drawn_from.points:
        raise ValueError(f"no place on the map for country {iso2!r}")
    return DrawnCountry(highlight, drawn_from.paths.get(iso2, ""), drawn_from.points[iso2], iso2 in drawn_from.small)


def _land(drawn_from: Outlines, *, besides: set[str], names: Mapping[str, str]) -> list[Land]:
    """The rest of the world: one shape for each country that has a name to show, and one for all others together."""
    shapes = {iso2: path for iso2, path in drawn_from.paths.items() if iso2 not in besides}
    specks = {iso2: _speck(at) for iso2, at in drawn_from.points.items() if iso2 not in drawn_from.paths and iso2 not in besides}
    nameless = "".join(path for iso2, path in shapes.items() if iso2 not in names)
    return [
        Land("", nameless + drawn_from.unclaimed),
        *(Land(names[iso2], path) for iso2, path in shapes.items() if iso2 in names),
        Land("", "".join(path for iso2, path in specks.items() if iso2 not in names), specks=True),
        *(Land(names[iso2], path, specks=True) for iso2, path in specks.items() if iso2 in names),
    ]


def _speck(at: Point) -> str:
    """A line of no length: its round ends draw a dot."""
    return f"M{at.x * TENTHS:.0f} {at.y * TENTHS:.0f}h0"
