"""The world map of a call: one marker for each partner, one link for each country, in both languages."""

from __future__ import annotations

import csv
import gzip
import re
from importlib.resources import files
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from lxml import etree

from goliard.portals.shared.atlas.outlines import outlines
from goliard.portals.shared.atlas.worldmap import Highlight, Home, Marker, WorldMap, build_map

COUNTRIES = {
    row["iso2"]: row
    for row in csv.DictReader((files("goliard.demo") / "reference" / "countries.csv").read_text(encoding="utf-8").splitlines())
}
LEIDEN = Home("Leiden", 52.1567, 4.4853)


@pytest.fixture(scope="module")
def call_2022(shared: Path) -> WorldMap:
    """The published call: a partner without coordinates stands at the middle of its country."""
    with (shared / "data/leiden/icm_2022_partners.csv").open(encoding="utf-8") as file:
        partners = list(csv.DictReader(file))
    markers = []
    for number, row in enumerate(partners):
        country = COUNTRIES[row["country"]]
        lat, lon = float(row["lat"] or country["lat"]), float(row["lon"] or country["lon"])
        note = "" if row["name_status"] == "confirmed" else "not confirmed"
        markers.append(Marker(str(number), row["partner"], lat, lon, f"/partner-{number}/", note))
    codes = dict.fromkeys(row["country"] for row in partners)
    return build_map(markers=markers, highlights=[Highlight(c, COUNTRIES[c]["name_en"], f"/{c}/") for c in codes], home=LEIDEN)


def drawn(map_: WorldMap, language: str = "en", **more: str) -> str:
    with translation.override(language):
        return render_to_string("shared/worldmap.html", {"map": map_, "map_title": "17 partners", **more})


def test_the_call_has_17_markers_and_13_countries(call_2022: WorldMap) -> None:
    html = drawn(call_2022, table_href="#table")
    figure = etree.HTML(html)
    links = figure.xpath("//svg//a/@href")
    assert len(call_2022.markers) == 17
    assert len(call_2022.countries) == 13
    assert len([href for href in links if href.startswith("/partner-")]) == 17
    assert len(links) == 30
    assert all(figure.xpath("//svg//a/@aria-label"))


def test_every_marker_can_be_told_from_the_others(call_2022: WorldMap) -> None:
    assert min(dist(one.at, other.at) for one, other in combinations(call_2022.markers, 2)) > 24
    nsukka = [marker for marker in call_2022.markers if round(marker.marker.lat, 2) == 6.86]
    assert [marker.moved for marker in nsukka] == [True, True]
    assert all(dist(marker.at, call_2022.home_at) > 24 for marker in call_2022.markers)


def test_partners_in_one_place_share_their_line(call_2022: WorldMap) -> None:
    assert len(call_2022.arcs) == 16


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_drawing_is_sound_and_has_no_style_script_or_decimal_comma(call_2022: WorldMap, language: str) -> None:
    html = drawn(call_2022, language)
    etree.fromstring(re.search(r"<svg.*</svg>", html, re.DOTALL).group())  # type: ignore[union-attr]
    assert "style=" not in html
    assert "<script" not in html
    assert re.findall(r'"[^"<>A-Za-z]*\d,\d[^"]*"', html) == []
    assert re.findall(r"[ML]-?\d+,\d", html) == []


def test_the_map_moves_at_most_45_kilobytes(call_2022: WorldMap) -> None:
    assert len(gzip.compress(drawn(call_2022).encode(), 6)) <= 45_000


def test_words_are_dutch_on_a_dutch_page(call_2022: WorldMap) -> None:
    html = drawn(call_2022, "nl", table_href="#tabel", csv_href="/p.csv")
    assert "Hetzelfde als tabel" in html
    assert "Contouren: Natural Earth" in html
    assert "partner met een opmerking" in html


def test_a_remark_is_read_with_the_name() -> None:
    marker = Marker("s", "Shandong University", 36.06, 120.38, "/s/", "not confirmed by a source")
    map_ = build_map(markers=[marker], highlights=[], home=LEIDEN)
    assert map_.has_notes
    assert map_.markers[0].name == "Shandong University (not confirmed by a source)"
    assert 'aria-label="Shandong University (not confirmed by a source)" class="noted"' in drawn(map_)


def test_a_small_state_is_a_dot_that_links() -> None:
    map_ = build_map(markers=[], highlights=[Highlight("MT", "Malta", "/malta/")], home=LEIDEN)
    (malta,) = map_.countries
    assert (malta.path, malta.dotted) == ("", True)
    assert '<a href="/malta/" aria-label="Malta"><circle class="reach"' in drawn(map_)


def test_a_country_is_drawn_once_highlighted_or_not() -> None:
    lebanon = outlines().paths["LB"]
    plain = build_map(markers=[], highlights=[], home=LEIDEN)
    chosen = build_map(markers=[], highlights=[Highlight("LB", "Lebanon", "/lb/")], home=LEIDEN)
    assert sum(lebanon in land.path for land in plain.land) == 1
    assert sum(lebanon in land.path for land in chosen.land) == 0
    assert chosen.countries[0].path == lebanon


def test_names_show_on_the_other_countries() -> None:
    map_ = build_map(
        markers=[], highlights=[Highlight("BE", "België", "/b/")], home=LEIDEN, names={"DE": "Duitsland", "BE": "België", "MT": "Malta"}
    )
    assert [(land.name, land.specks) for land in map_.land if land.name] == [("Duitsland", False), ("Malta", True)]
    assert "<title>Duitsland</title>" in drawn(map_)


def test_names_are_escaped() -> None:
    map_ = build_map(markers=[Marker("x", '<b>"X"', 1, 1, '/"><x>', "")], highlights=[], home=LEIDEN)
    assert "<b>" not in drawn(map_)
    assert "<x>" not in drawn(map_)


def test_a_country_without_a_place_on_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="'AQ'"):
        build_map(markers=[], highlights=[Highlight("AQ", "Antarctica", "/aq/")], home=LEIDEN)
    with pytest.raises(ValueError, match="not a place on earth"):
        build_map(markers=[Marker("x", "X", 100, 0, "/x/")], highlights=[], home=LEIDEN)
