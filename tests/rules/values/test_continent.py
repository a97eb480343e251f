"""Seven continents, named in two languages."""

from __future__ import annotations

from goliard.rules.values.continent import Continent


def test_there_are_seven_and_each_has_both_names() -> None:
    assert [continent.text.nl for continent in Continent] == [
        "Afrika",
        "Antarctica",
        "Azië",
        "Europa",
        "Noord-Amerika",
        "Oceanië",
        "Zuid-Amerika",
    ]
    assert Continent("north-america").text.en == "North America"
