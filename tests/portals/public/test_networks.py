"""Networks: members by date, texts instead of dates, the order of the page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories.exchange import make_home, make_membership, make_network, make_organisation
from tests.portals.public.reading import html_of, words_of

from goliard.apps.institutions.models import JointProgramme, Organisation

pytestmark = pytest.mark.django_db


def the_networks() -> Organisation:
    home = make_home()
    kinds = {
        "LERU": ("network", 1),
        "Coimbra Group": ("network", 2),
        "Europaeum": ("network", 3),
        "EUA": ("association", 4),
        "ALGANT": ("erasmus-mundus", 5),
        "MIND": ("erasmus-mundus", 6),
        "EUniWell": ("alliance", 7),
        "Una Europa": ("alliance", 8),
        "Medical Delta": ("regional", 9),
    }
    networks = {name: make_network(name, kind=kind, position=place) for name, (kind, place) in kinds.items()}
    for name, network in networks.items():
        ended = {"valid_until": dt.date(2024, 12, 31), "until_text_en": "before 2025", "until_text_nl": "vóór 2025"}
        make_membership(network, home, **(ended if name == "EUniWell" else {}))
    for key, name, level in (("algant", "ALGANT", "master"), ("algant-doc", "ALGANT", "doctorate"), ("mind", "MIND", "master")):
        JointProgramme.objects.create(key=key, network=networks[name], title_en=key, title_nl=key, level=level)
    for city in ("Birmingham", "Cologne", "Florence", "Linnaeus", "Nantes", "Semmelweis"):
        make_membership(networks["EUniWell"], make_organisation(f"University of {city}", country="DE"))
    networks["Europaeum"].founded_en, networks["Europaeum"].founded_nl = "early 1990s", "begin jaren negentig"
    networks["Europaeum"].save()
    networks["LERU"].aims.create(position=1, text_en="Basic research counts", text_nl="Fundamenteel onderzoek telt")
    networks["LERU"].purposes.create(purpose="lobby")
    return home


def test_blocks_in_order(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    the_networks()
    with django_assert_max_num_queries(12):
        html = html_of(client, "/en/networks/")
    headings = [re.sub(r"<[^>]+>", "", heading).strip() for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.S)]
    assert headings == [
        "LERU",
        "Coimbra Group",
        "Europaeum",
        "EUA",
        "Erasmus Mundus",
        "Exchange partners",
        "Una Europa",
        "Regional and thematic partnerships",
        "Former memberships",
    ]


def test_two_consortia_and_three_joint_programmes(client: Client) -> None:
    the_networks()
    assert "2 consortia, 3 joint programmes" in words_of(client, "/en/networks/")
    assert "2 consortia, 3 gezamenlijke opleidingen" in words_of(client, "/nl/networks/")


def test_an_ended_membership_is_no_current_one(client: Client) -> None:
    the_networks()
    shown = words_of(client, "/nl/networks/")
    assert shown.index("Beëindigde lidmaatschappen") < shown.index("EUniWell")
    assert "vóór 2025" in shown
    page = words_of(client, "/en/networks/euniwell/")
    assert "Home University is no longer a member. before 2025" in page
    assert sum(f"University of {city}" in page for city in ("Birmingham", "Cologne", "Florence", "Linnaeus", "Nantes", "Semmelweis")) == 6


def test_a_date_that_nobody_knows_is_printed_as_a_text(client: Client) -> None:
    the_networks()
    assert "founded: early 1990s" in words_of(client, "/en/networks/")
    assert "begin jaren negentig" in words_of(client, "/nl/networks/europaeum/")


def test_filter_by_purpose(client: Client) -> None:
    the_networks()
    shown = words_of(client, "/en/networks/?purpose=lobby")
    assert "Basic research counts" in shown
    assert "Coimbra Group" not in shown


def test_a_hidden_network_is_not_found(client: Client) -> None:
    make_home()
    make_network("Hidden", is_public=False)
    assert client.get("/en/networks/hidden/").status_code == 404
