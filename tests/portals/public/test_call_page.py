"""The page of a call: counts from data, table, filter, dropdown, files, in both languages."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories.exchange import (
    make_call,
    make_call_of_2022,
    make_coordinator,
    make_home,
    make_news,
    make_organisation,
    make_page,
    make_project,
)
from tests.portals.public.reading import html_of, words

from goliard.apps.projects.models import Project

pytestmark = pytest.mark.django_db
DUTCH = [
    "Armenië",
    "China",
    "Colombia",
    "Cuba",
    "Ethiopië",
    "Indonesië",
    "Israël",
    "Japan",
    "Libanon",
    "Marokko",
    "Nigeria",
    "Verenigde Staten",
    "Zuid-Afrika",
]
ENGLISH = [
    "Armenia",
    "China",
    "Colombia",
    "Cuba",
    "Ethiopia",
    "Indonesia",
    "Israel",
    "Japan",
    "Lebanon",
    "Morocco",
    "Nigeria",
    "South Africa",
    "United States",
]


def countries(html: str) -> list[str]:
    found = re.search(r'<select id="go".*?</select>', html, re.S)
    assert found
    return re.findall(r'<option value="[a-z-]+">([^<]+)</option>', found[0])


def test_the_sentence_counts(client: Client) -> None:
    make_call_of_2022()
    assert (
        "In this call Home University works with 17 partner universities in 13 countries on 4 continents. "
        "13 projects let 103 students and staff go on exchange."
    ) in words(html_of(client, "/en/icm/2022/"))
    assert (
        "In deze call werkt de Universiteit Thuis samen met 17 partneruniversiteiten in 13 landen op 4 continenten. "
        "13 projecten laten 103 studenten en medewerkers op uitwisseling gaan."
    ) in words(html_of(client, "/nl/icm/2022/"))


def test_a_new_partner_changes_the_sentence(client: Client) -> None:
    call = make_call_of_2022()
    make_project(call=call, partners=[make_organisation(country="KE")])
    assert "18 partner universities in 14 countries on 4 continents" in words(html_of(client, "/en/icm/2022/"))


def test_what_the_public_may_not_see_does_not_count(client: Client) -> None:
    call = make_call_of_2022()
    make_project(call=call, partners=[make_organisation(country="KE")], state="draft")
    make_project(call=call, partners=[make_organisation("Hidden", country="BR", is_public=False)])
    html = html_of(client, "/en/icm/2022/")
    assert "17 partner universities in 13 countries" in words(html)
    assert "Hidden" not in html


def test_countries_stand_in_the_order_of_the_language(client: Client) -> None:
    make_call_of_2022()
    assert countries(html_of(client, "/nl/icm/2022/")) == DUTCH
    assert countries(html_of(client, "/en/icm/2022/")) == ENGLISH


def test_map_and_table_show_the_same(client: Client) -> None:
    make_call_of_2022()
    html = html_of(client, "/en/icm/2022/")
    svg = html[html.index("<svg") : html.index("</svg>")]
    assert svg.count('class="dot"') == 17
    assert len(set(re.findall(r'aria-label="([^"]+)"', svg[: svg.index("worldmap-arcs")]))) == 13
    table = html[html.index('<table class="overview"') : html.index("</table>")]
    assert table.count('class="partner"') == 17
    assert table.count('role="rowheader"') == 13


def test_a_placeholder_says_what_it_is(client: Client) -> None:
    make_call_of_2022()
    html = html_of(client, "/en/icm/2022/")
    assert html.count('<span class="pill warn">not named in the sources</span>') == 1
    assert "No source names it." in html_of(client, "/en/icm/2022/south-africa/")


@pytest.mark.parametrize(
    ("query", "partners"),
    [("country=armenia", 2), ("unit=faculty-of-law", 6), ("unit=faculty-of-science", 11), ("who=student", 7), ("country=nowhere", 0)],
)
def test_filter(client: Client, query: str, partners: int) -> None:
    make_call_of_2022()
    html = html_of(client, f"/en/icm/2022/?{query}")
    assert html.count('class="partner"') == partners
    assert html.count('class="dot"') == partners
    assert "17 partner universities" in words(html)


def test_the_dropdown_needs_no_script(client: Client) -> None:
    make_call_of_2022()
    response = client.get("/nl/icm/2022/?go=ethiopia")
    assert (response.status_code, response["Location"]) == (302, "/nl/icm/2022/ethiopia/")
    assert "Ethiopië" in html_of(client, response["Location"])
    assert client.get("/nl/icm/2022/?go=").headers["Location"] == "/nl/icm/2022/"


@pytest.mark.parametrize("path", ["icm/2014/", "icm/2022/france/", "icm/2022/atlantis/", "icm/2022/?go=france", "icm/2021/partners.csv"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_does_not_exist_is_not_found(client: Client, language: str, path: str) -> None:
    make_call_of_2022()
    make_call(2014, is_public=False)
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 404
    assert f'<html lang="{language}">' in response.content.decode()


def test_slugs_are_english_in_both_languages(client: Client) -> None:
    make_call_of_2022()
    for slug in ("south-africa", "united-states"):
        assert client.get(f"/nl/icm/2022/{slug}/").status_code == client.get(f"/en/icm/2022/{slug}/").status_code == 200


def test_csv_is_data_only(client: Client) -> None:
    make_call_of_2022()
    response = client.get("/en/icm/2022/partners.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert response["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert len(rows) == 18
    assert rows[0][:6] == ["call_year", "country_code", "country", "continent", "partner_key", "partner"]
    assert rows[1][:6] == ["2022", "AM", "Armenia", "asia", "am-university-1", "AM University 1"]
    assert " ".join(row[1] for row in rows[1:]) == "AM AM CN CO CO CU ET ID IL JP LB MA NG NG ZA ZA US"


def test_json_says_the_same(client: Client) -> None:
    make_call_of_2022()
    data = client.get("/nl/icm/2022/partners.json").json()
    assert data["counts"] == {"projects": 13, "partners": 17, "countries": 13, "continents": 4}
    assert [row["country"] for row in data["partners"]][-1] == "Zuid-Afrika"
    assert len(data["partners"]) == 17


def test_a_country_shows_projects_and_those_who_may_be_named(client: Client) -> None:
    make_call_of_2022()
    project = Project.objects.get(key="project-et")
    make_coordinator(project, "Public")
    make_coordinator(project, "Private", is_public=False)
    make_coordinator(project, "Earlier", valid_until="2021-12-31")
    html = words(html_of(client, "/en/icm/2022/ethiopia/"))
    assert "Officer Public" in html
    assert "Private" not in html
    assert "Before: Officer Earlier (until 2021)" in html
    assert "2022–2025" in html


def test_a_call_without_projects_shows_what_was_published(client: Client) -> None:
    make_home()
    make_call(2018, figures={"projects": 14, "mobilities-realised": 65})
    assert "14" in words(html_of(client, "/en/icm/2018/"))
    years = words(html_of(client, "/en/icm/"))
    assert "65 realised" in years


@pytest.mark.parametrize("path", ["icm/", "icm/2022/", "icm/2022/armenia/", ""])
def test_as_many_queries_for_many_as_for_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str) -> None:
    call = make_call_of_2022()
    make_page("block/icm", body_en="[[call:partners]] partners")
    make_news(call=call)
    with django_assert_max_num_queries(12) as few:
        html_of(client, f"/en/{path}")
    for number in range(30):
        make_project(call=call, partners=[make_organisation(country="AM")], travellers=("staff",))
        make_news(f"news-{number}", call=call)
    with django_assert_max_num_queries(12) as many:
        html_of(client, f"/en/{path}")
    assert len(many) == len(few)
