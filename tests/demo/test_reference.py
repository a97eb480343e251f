"""The reference data that every installation starts from: countries, Erasmus+ regions, statuses by date."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from importlib.resources import files
from itertools import pairwise

import pytest

from goliard.rules.values.continent import Continent
from goliard.rules.values.folding import fold

FOLDER = files("goliard.demo") / "reference"
STATUSES = {"V1", "V2", "D", "U", "B"}


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / name).read_text(encoding="utf-8").splitlines()))


COUNTRIES = {row["iso2"]: row for row in rows("countries.csv")}
REGIONS = {row["key"]: row for row in rows("regions.csv")}
COUNTRY_STATUSES = rows("country_statuses.csv")


def codes(text: str) -> list[str]:
    """The countries that a spelling finds by code, by name or by alias."""
    wanted = fold(text)
    return [
        iso2
        for iso2, row in COUNTRIES.items()
        if wanted in {fold(word) for word in [iso2, row["iso3"], row["name_en"], row["name_nl"], *row["aliases"].split(";")]}
    ]


def status(iso2: str, day: str) -> tuple[str, str]:
    found = [r for r in COUNTRY_STATUSES if r["country"] == iso2 and r["valid_from"] <= day <= r["valid_until"]]
    assert len(found) == 1, found
    return found[0]["status"], found[0]["region"]


def test_every_iso_country_and_kosovo_is_there_once() -> None:
    assert len(rows("countries.csv")) == len(COUNTRIES) == 250
    assert len({row["iso3"] for row in COUNTRIES.values()}) == 250
    assert len({row["numeric"] for row in COUNTRIES.values()}) == 250  # Kosovo's is the empty one
    assert COUNTRIES["XK"]["numeric"] == ""
    assert all(len(c["iso2"]) == 2 and len(c["iso3"]) == 3 and c["name_en"] and c["name_nl"] for c in COUNTRIES.values())
    assert len({row["name_en"] for row in COUNTRIES.values()}) == len({row["name_nl"] for row in COUNTRIES.values()}) == 250


@pytest.mark.parametrize(
    ("spelling", "iso2"),
    [
        ("Columbia", "CO"),
        ("VS", "US"),
        ("USA", "US"),
        ("United States", "US"),
        ("United States of America", "US"),
        ("Verenigde Staten", "US"),
        ("Holland", "NL"),
        ("UK", "GB"),
        ("VK", "GB"),
        ("Great Britain", "GB"),
        ("EL", "GR"),
        ("Swaziland", "SZ"),
        ("Burma", "MM"),
        ("Birma", "MM"),
        ("Turkey", "TR"),
        ("Turkiye", "TR"),
        ("Turkije", "TR"),
        ("Czech Republic", "CZ"),
        ("tsjechie", "CZ"),
        ("Cape Verde", "CV"),
        ("Cabo Verde", "CV"),
        ("Kaapverdië", "CV"),
        ("Cote d'Ivoire", "CI"),
        ("Ivoorkust", "CI"),
        ("Palestinian Territories", "PS"),
        ("Russian Federation", "RU"),
        ("Korea, Republic of", "KR"),
    ],
)
def test_spellings_that_offices_meet_find_one_country(spelling: str, iso2: str) -> None:
    assert codes(spelling) == [iso2]


def test_no_word_fits_two_countries() -> None:
    owners = defaultdict(set)
    for iso2, row in COUNTRIES.items():
        for word in [iso2, row["iso3"], row["name_en"], row["name_nl"], *filter(None, row["aliases"].split(";"))]:
            owners[fold(word)].add(iso2)
    assert {word: found for word, found in owners.items() if len(found) > 1} == {}


def test_aliases_say_something_else_than_the_names() -> None:
    for row in COUNTRIES.values():
        aliases = [fold(alias) for alias in row["aliases"].split(";") if alias]
        assert len(set(aliases)) == len(aliases), row
        assert not set(aliases) & {fold(row["name_en"]), fold(row["name_nl"])}, row


@pytest.mark.parametrize(
    ("call", "iso2s", "continents"),
    [
        ("2019", "AL CN CU GE ID KZ KE LB MA RU RW SR TZ ZA", 5),
        ("2022", "AM CN CO CU ET ID IL JP LB MA NG ZA US", 4),
    ],
)
def test_published_counts_of_continents_come_out(call: str, iso2s: str, continents: int) -> None:
    assert len({Continent(COUNTRIES[iso2]["continent"]) for iso2 in iso2s.split()}) == continents, call


def test_continents_of_the_borderline_countries_follow_un_m49() -> None:
    borderline = {iso2: COUNTRIES[iso2]["continent"] for iso2 in ["AM", "AZ", "CY", "EG", "GE", "KZ", "RU", "TR", "PA", "TL", "XK", "AQ"]}
    assert borderline == {
        "AM": "asia",
        "AZ": "asia",
        "CY": "asia",
        "EG": "africa",
        "GE": "asia",
        "KZ": "asia",
        "RU": "europe",
        "TR": "asia",
        "PA": "north-america",
        "TL": "asia",
        "XK": "europe",
        "AQ": "antarctica",
    }
    assert {row["continent"] for row in COUNTRIES.values()} == {str(continent) for continent in Continent}


@pytest.mark.parametrize(
    ("iso2", "lat", "lon"),
    [("NL", 52.3, 5.6), ("US", 39.9, -98.8), ("FR", 46.6, 2.5), ("FJ", -17.8, 178.0), ("ZA", -29.0, 25.1), ("TV", -8.5, 179.2)],
)
def test_points_lie_in_the_main_territory(iso2: str, lat: float, lon: float) -> None:
    assert float(COUNTRIES[iso2]["lat"]) == pytest.approx(lat, abs=0.3)
    assert float(COUNTRIES[iso2]["lon"]) == pytest.approx(lon, abs=0.3)


@pytest.mark.parametrize(
    ("iso2", "day", "expected"),
    [
        ("GB", "2020-12-31", ("programme", "")),
        ("GB", "2021-01-01", ("partner", "r2021-14")),
        ("GB", "2022-06-01", ("partner", "r2022-14")),
        ("RS", "2018-12-31", ("partner", "r2014-1")),
        ("RS", "2019-01-01", ("programme", "")),
        ("NO", "2022-02-23", ("programme", "")),
        ("IS", "2022-02-23", ("programme", "")),
        ("TR", "2022-02-23", ("programme", "")),
        ("RS", "2022-02-23", ("programme", "")),
        ("MK", "2022-02-23", ("programme", "")),
        ("NL", "2015-07-01", ("programme", "")),
        ("CH", "2018-07-01", ("partner", "r2014-14")),
        ("ZA", "2020-02-01", ("partner", "r2014-10")),
        ("ZA", "2022-02-01", ("partner", "r2022-9")),
        ("CN", "2020-02-01", ("partner", "r2014-6")),
        ("CN", "2021-02-01", ("partner", "r2021-6")),
        ("CN", "2022-02-01", ("partner", "r2022-5")),
        ("JP", "2020-02-01", ("partner", "r2014-13")),
        ("JP", "2022-02-01", ("partner", "r2022-5")),
        ("AM", "2022-02-01", ("partner", "r2022-2")),
        ("LB", "2022-02-01", ("partner", "r2022-3")),
        ("VA", "2021-02-01", ("partner", "r2021-5")),
        ("VA", "2022-02-01", ("partner", "r2022-13")),
        ("US", "2022-02-01", ("partner", "r2022-12")),
        ("SR", "2019-02-01", ("partner", "r2014-11")),
    ],
)
def test_status_and_region_depend_on_the_date(iso2: str, day: str, expected: tuple[str, str]) -> None:
    assert status(iso2, day) == expected


def test_status_rows_follow_each_other_without_gap_or_overlap() -> None:
    by_country = defaultdict(list)
    for row in COUNTRY_STATUSES:
        by_country[row["country"]].append((date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_until"])))
    assert set(by_country) <= set(COUNTRIES)
    for iso2, periods in by_country.items():
        assert (periods[0][0], periods[-1][1]) == (date(2014, 1, 1), date(2027, 12, 31)), iso2
        assert all((later[0] - earlier[1]).days == 1 for earlier, later in pairwise(periods)), iso2


def test_partners_have_a_region_of_their_time_and_programme_countries_have_none() -> None:
    for row in COUNTRY_STATUSES:
        assert row["status"] in {"programme", "partner"}
        assert row["verification_status"] in STATUSES
        assert row["source"], row
        assert bool(row["region"]) == (row["status"] == "partner"), row
        if row["region"]:
            region = REGIONS[row["region"]]
            assert region["valid_from"] <= row["valid_from"] <= row["valid_until"] <= region["valid_until"], row


def test_each_numbering_counts_from_one_to_fourteen() -> None:
    numbers = defaultdict(list)
    for row in REGIONS.values():
        assert row["status"] in STATUSES
        assert row["name_nl"]
        assert row["source"]
        numbers[row["valid_from"]].append(int(row["number"]))
    assert numbers == {start: list(range(1, 15)) for start in ("2014-01-01", "2021-01-01", "2022-01-01")}
