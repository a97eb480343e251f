"""The partner finder and the page of a partner."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories.exchange import make_call, make_home, make_membership, make_network, make_organisation, make_project, make_unit
from tests.portals.public.reading import html_of, words_of

from goliard.apps.institutions.models import OrganisationIdentifier, OrganisationName
from goliard.apps.people.models import Contact, Person

pytestmark = pytest.mark.django_db


def some_partners() -> None:
    make_home()
    make_organisation("Linnaeus University", country="SE", city="Växjö", aliases="Linneaus")
    make_organisation("Universidad de Antioquia", country="CO", city="Medellín")
    make_organisation("Hospital of Bogotá", country="CO", kind="hospital")
    make_organisation("Waseda University", country="JP", name_nl="Waseda-universiteit")
    make_organisation("National Agency", country="NL", kind="national-agency")
    make_organisation("Hidden University", country="JP", is_public=False)


FOUND = [
    ("", ["Hospital of Bogotá", "Linnaeus University", "Universidad de Antioquia", "Waseda University"]),
    ("q=linneaus", ["Linnaeus University"]),
    ("q=LINNAEUS", ["Linnaeus University"]),
    ("q=medellin", ["Universidad de Antioquia"]),
    ("q=Columbia", ["Hospital of Bogotá", "Universidad de Antioquia"]),
    ("q=Zweden", ["Linnaeus University"]),
    ("q=hospital+bogota", ["Hospital of Bogotá"]),
    ("q=university+colombia", []),
    ("country=colombia", ["Hospital of Bogotá", "Universidad de Antioquia"]),
    ("country=colombia&kind=hospital", ["Hospital of Bogotá"]),
    ("where=europe", ["Linnaeus University"]),
    ("where=beyond", ["Hospital of Bogotá", "Universidad de Antioquia", "Waseda University"]),
    ("where=south-america", ["Hospital of Bogotá", "Universidad de Antioquia"]),
    ("q=%25&page=9", ["Hospital of Bogotá", "Linnaeus University", "Universidad de Antioquia", "Waseda University"]),
    ("q=" + "x" * 5000, []),
]


@pytest.mark.parametrize(("query", "names"), FOUND)
def test_finder(client: Client, query: str, names: list[str]) -> None:
    some_partners()
    response = client.get(f"/en/partners/?{query}")
    assert [organisation.name_en for organisation, _projects in response.context["rows"]] == names


def test_europe_and_beyond_add_up_to_all(client: Client) -> None:
    some_partners()
    totals = {where: client.get(f"/en/partners/?where={where}").context["total"] for where in ("", "europe", "beyond")}
    assert totals == {"": 4, "europe": 1, "beyond": 3}


def test_map_and_table_find_the_same(client: Client) -> None:
    some_partners()
    html = html_of(client, "/nl/partners/?view=map&where=beyond")
    assert html.count('class="dot"') == 3
    assert "Colombia: 2 partners" in html
    assert 'href="?where=beyond"' in html  # back to the table with the same filter


def test_as_many_queries_for_many_as_for_few(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    make_home()
    call = make_call()
    counted = []
    for number in (1, 30):
        for _each in range(number):
            make_project(call=call, partners=[make_organisation()])
        for address in ("/en/partners/", "/en/partners/?view=map", "/en/projects/"):
            with django_assert_max_num_queries(12) as queries:
                html_of(client, address)
            counted.append(len(queries))
    assert counted[:3] == counted[3:]


def test_a_partner_with_all_that_it_has(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    home = make_home()
    partner = make_organisation("Fukushima University", country="JP", city="Fukushima")
    OrganisationName.objects.create(organisation=partner, language="ja", script="Jpan", value="福島大学")
    OrganisationName.objects.create(organisation=partner, language="en", value="Old Name", valid_until=dt.date(1999, 1, 1))
    OrganisationIdentifier.objects.create(organisation=partner, scheme="hei-id", value="fukushima-u.ac.jp")
    make_unit("Institute of Environmental Radioactivity", partner, kind="institute", founded="2013")
    network = make_network()
    left = make_network("Left Network")
    for one in (home, partner):
        make_membership(network, one)
    make_membership(left, partner)
    make_membership(left, home, valid_until=dt.date(2020, 1, 1))
    person = Person.objects.create(given_name="Officer", family_name="Incoming", search_key="officer")
    Contact.objects.create(organisation=partner, person=person, role="incoming", email="person@example.org", is_public=True)
    Contact.objects.create(
        organisation=partner, mailbox_name="International Office", role="general", email="io@example.org", is_public=True
    )
    Contact.objects.create(organisation=partner, mailbox_name="Secret Desk", role="it", email="desk@example.org")
    make_project("Case Study", call=make_call(), partners=[partner])
    with django_assert_max_num_queries(14):
        shown = words_of(client, "/en/partners/fukushima-university/")
    for words in ("福島大学", "Old Name (until 1999)", "fukushima-u.ac.jp", "Founded: 2013", "League of Universities", "Case Study"):
        assert words in shown
    for words in ("io@example.org", "Officer Incoming"):
        assert words in shown
    for words in ("person@example.org", "Secret Desk", "Left Network"):
        assert words not in shown


@pytest.mark.parametrize("key", ["hidden-university", "nobody"])
def test_what_is_not_public_is_not_found(client: Client, key: str) -> None:
    some_partners()
    assert client.get(f"/en/partners/{key}/").status_code == 404
