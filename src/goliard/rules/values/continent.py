"""Continents under the seven-continent model: the one in which Europe and Asia, and North and South America, are two each.

Countries follow the geographic regions of the United Nations' standard M49, with Northern America, Central America and the Caribbean
together as North America. So Armenia, Azerbaijan, Cyprus, Georgia, Kazakhstan and Turkey lie in Asia, Egypt in Africa and Russia in Europe.
"""

from __future__ import annotations

from enum import StrEnum

from goliard.rules.values.texts import Text


class Continent(StrEnum):
    """One of seven; the value is the word in data files and addresses."""

    AFRICA = "africa"
    ANTARCTICA = "antarctica"
    ASIA = "asia"
    EUROPE = "europe"
    NORTH_AMERICA = "north-america"
    OCEANIA = "oceania"
    SOUTH_AMERICA = "south-america"

    @property
    def text(self) -> Text:
        """Its name in Dutch and in English."""
        return _NAMES[self]


_NAMES = {
    Continent.AFRICA: Text(nl="Afrika", en="Africa"),
    Continent.ANTARCTICA: Text(nl="Antarctica", en="Antarctica"),
    Continent.ASIA: Text(nl="Azië", en="Asia"),
    Continent.EUROPE: Text(nl="Europa", en="Europe"),
    Continent.NORTH_AMERICA: Text(nl="Noord-Amerika", en="North America"),
    Continent.OCEANIA: Text(nl="Oceanië", en="Oceania"),
    Continent.SOUTH_AMERICA: Text(nl="Zuid-Amerika", en="South America"),
}
