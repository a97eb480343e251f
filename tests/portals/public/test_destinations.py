"""The destination finder, the page of a destination, the files, and the sentence that counts agreements."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries
from tests.factories.exchange import make_home, make_organisation
from tests.portals.public.reading import html_of, words_of

from goliard.apps.agreements.models import (
    Agreement,
    AgreementVersion,
    CooperationCondition,
    FactSheet,
    FactSheetInfo,
    LanguageSkill,
    SubjectArea,
)
from goliard.apps.agreements.queries.destinations import count_in_effect
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.institutions.models import Organisation, OrganizationalUnit, UnitParent

pytestmark = pytest.mark.django_db


def a_place(
    home: Organisation,
    to: Organisation,
    *,
    subject: str = "0421",
    language: str = "en",
    levels: str = "67",
    kind: str = "student-studies",
    state: str = "in-effect",
    days: int = 365,
    incoming: bool = False,
    **about: object,
) -> Agreement:
    """An agreement with one condition."""
    today = localdate()
    number = Agreement.objects.count()
    agreement = Agreement.objects.create(
        key=f"a{number}",
        kind="exchange",
        state=state,
        title=f"Agreement {number}",
        starts_on=today - timedelta(days=400),
        ends_on=today + timedelta(days=days),
        search_key="",
        **about,
    )
    version = AgreementVersion.objects.create(agreement=agreement, number=1, state="agreed")
    condition = CooperationCondition.objects.create(
        version=version,
        position=1,
        kind=kind,
        sending=to if incoming else home,
        receiving=home if incoming else to,
        first_year="2026/2027",
        last_year="2028/2029",
        mobilities_per_year=3,
        amount="15",
        eqf_levels=levels,
    )
    SubjectArea.objects.create(condition=condition, isced_f=subject)
    LanguageSkill.objects.create(condition=condition, language=language, level="B2")
    return agreement


def some_places() -> None:
    home = make_home()
    law = make_organisation("Fictional University of Lawick", country="SE", city="Lawick", is_illustrative=True)
    history = make_organisation("Universidad de Historia", country="CO")
    a_place(home, law, is_illustrative=True)
    a_place(home, history, subject="0222", language="es", levels="6")
    a_place(home, history, subject="0531", kind="staff-teaching", levels="")
    a_place(home, make_organisation("Ended University", country="JP"), days=-1)
    a_place(home, make_organisation("Draft University", country="JP"), state="draft")
    a_place(home, make_organisation("Secret University", country="JP"), is_public=False)
    a_place(home, make_organisation("Incoming University", country="JP"), incoming=True)
    a_place(home, make_organisation("Hidden University", country="JP", is_public=False))


FOUND = [
    ("", ["Fictional University of Lawick", "Universidad de Historia"]),
    ("q=colombia", ["Universidad de Historia"]),
    ("q=lawick+sweden", ["Fictional University of Lawick"]),
    ("country=sweden", ["Fictional University of Lawick"]),
    ("subject=04", ["Fictional University of Lawick"]),
    ("subject=042", ["Fictional University of Lawick"]),
    ("subject=02", ["Universidad de Historia"]),
    ("level=7", ["Fictional University of Lawick"]),
    ("language=es", ["Universidad de Historia"]),
    ("kind=staff-teaching", ["Universidad de Historia"]),
    ("kind=staff-teaching&subject=02", []),  # one condition fits all that is sought, not two together
    ("agreement=exchange", ["Fictional University of Lawick", "Universidad de Historia"]),
    ("agreement=mou", []),
    ("faculty=nowhere", []),
    ("country=nowhere", []),
    ("subject=%25&level=%27&q=" + "x" * 3000, []),
    ("subject=%00", ["Fictional University of Lawick", "Universidad de Historia"]),
]


@pytest.mark.parametrize(("query", "names"), FOUND)
def test_finder(client: Client, query: str, names: list[str]) -> None:
    some_places()
    response = client.get(f"/en/destinations/?{query}")
    assert [row.organisation.name_en for row in response.context.get("rows", [])] == names
    data = client.get(f"/en/destinations.json?{query}").json()["places"]
    assert sorted({row["destination"] for row in data}) == names


def test_the_choices_are_those_of_the_places_that_the_public_may_see(client: Client) -> None:
    some_places()
    options = {name: [value for value, _ in values] for name, _, _, values in client.get("/nl/destinations/").context["options"]}
    assert options == {
        "country": ["colombia", "sweden"],
        "subject": ["02", "022", "04", "042", "05", "053"],
        "level": ["6", "7"],
        "language": ["en", "es"],
        "kind": ["staff-teaching", "student-studies"],
        "agreement": ["exchange"],
        "faculty": [],
    }
    assert "Engels" in words_of(client, "/nl/destinations/")


def test_places_are_open_to_a_unit_its_faculty_and_what_is_below_it(client: Client) -> None:
    some_places()
    home = Organisation.objects.get(is_home=True)
    law, science, observatory = (
        OrganizationalUnit.objects.create(key=key, organisation=home, kind=kind, name_en=key, name_nl=key)
        for key, kind in (("law", "faculty"), ("science", "faculty"), ("observatory", "institute"))
    )
    UnitParent.objects.create(unit=observatory, parent=science)
    for unit, name in ((law, "Of Law"), (science, "Of Science"), (observatory, "Of Observatory")):
        a_place(home, make_organisation(name, country="SE"), owner=unit)
    CooperationCondition.objects.filter(receiving__name_en="Universidad de Historia").update(sending_unit=science)

    def reached(key: str) -> set[str]:
        return {row.organisation.name_en for row in client.get(f"/en/destinations/?faculty={key}").context["rows"]}

    assert reached("law") == {"Fictional University of Lawick", "Of Law"}
    assert reached("science") == {"Fictional University of Lawick", "Universidad de Historia", "Of Science", "Of Observatory"}
    assert reached("observatory") == {"Fictional University of Lawick", "Universidad de Historia", "Of Science", "Of Observatory"}
    offered = {name: [value for value, _ in values] for name, _, _, values in client.get("/en/destinations/").context["options"]}
    assert offered["faculty"] == ["law", "science"]


def test_map_and_table_find_the_same(client: Client) -> None:
    some_places()
    html = html_of(client, "/en/destinations/?view=map&subject=04")
    assert html.count('class="dot"') == 1
    assert 'href="/en/destinations/fictional-university-of-lawick/"' in html
    assert "illustrative" in html


def test_a_destination_says_what_it_asks_and_until_when(client: Client) -> None:
    some_places()
    organisation = Organisation.objects.get(name_en="Fictional University of Lawick")
    sheet = FactSheet.objects.create(
        organisation=organisation, nominations_autumn="04-15", decision_weeks=3, requirements_en="60 EC", requirements_nl="60 EC behaald"
    )
    FactSheetInfo.objects.create(sheet=sheet, kind="visa", email="visa@example.org", note="<script>alert(1)</script>")
    words = words_of(client, f"/en/destinations/{organisation.key}/")
    for said in (
        "3 students",
        "15 months in all",
        "Law",
        "English B2",
        "Bachelor (EQF 6)",
        "2026/2027 – 2028/2029",
        "15 April",
        "within 3 weeks",
    ):
        assert said in words
    assert "Illustrative." in words
    html = html_of(client, f"/nl/destinations/{organisation.key}/")
    assert "60 EC behaald" in html
    assert "15 april" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize("name", ["Ended University", "Draft University", "Secret University", "Incoming University", "Hidden University"])
def test_nothing_else_has_a_page(client: Client, name: str) -> None:
    some_places()
    key = Organisation.objects.get(name_en=name).key
    assert client.get(f"/en/destinations/{key}/").status_code == 404
    assert key not in html_of(client, "/sitemap.xml").replace(f"/partners/{key}/", "")


def test_files(client: Client) -> None:
    some_places()
    response = client.get("/en/destinations.csv?subject=04")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [(row["destination"], row["isced_f"], row["languages"], row["is_illustrative"]) for row in rows] == [
        ("Fictional University of Lawick", "0421", "en B2", "True")
    ]
    assert 'rel="license"' in response["Link"]


def test_the_sentence_counts_agreements_in_effect() -> None:
    home, to = make_home(), make_organisation("Fictional University of Lawick", country="SE")
    assert gather_quotes(["[[fact:agreements_worldwide]]"], language="en").values == {}
    for _ in range(11):
        a_place(home, to)
    assert count_in_effect(localdate()).total == 11
    assert gather_quotes(["[[fact:agreements_worldwide]]"], language="en").values == {
        "fact:agreements_worldwide": "more than 10 agreements"
    }
    Agreement.objects.filter(key="a3").update(ends_on=localdate() - timedelta(days=1), is_illustrative=True)
    assert gather_quotes(["[[fact:agreements_worldwide]]"], language="nl").values == {"fact:agreements_worldwide": "10 overeenkomsten"}
    Agreement.objects.filter(key="a4").update(is_illustrative=True)
    said = gather_quotes(["[[fact:agreements_worldwide]]"], language="nl").values
    assert said == {"fact:agreements_worldwide": "10 overeenkomsten (illustratief)"}


def test_as_many_queries_for_many_as_for_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    some_places()
    home = Organisation.objects.get(is_home=True)
    for number in range(40):
        a_place(home, make_organisation(f"Fictional {number}", country="SE"))
    for address in ("/en/destinations/", "/en/destinations/?view=map", "/en/destinations.csv"):
        with django_assert_max_num_queries(29):
            client.get(address)
