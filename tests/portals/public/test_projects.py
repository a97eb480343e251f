"""Project pages: plain words first, what no source gives, who may be named, co-funding."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories.exchange import make_action, make_call, make_coordinator, make_home, make_organisation, make_project, make_unit
from tests.portals.public.reading import html_of, words_of

from goliard.apps.funding.models import Priority, Programme
from goliard.apps.projects.models import Project, ProjectMobility, ProjectPriority

pytestmark = pytest.mark.django_db


def a_full_project() -> Project:
    home = make_home()
    science = make_unit("Faculty of Science", home)
    observatory = make_unit("Leiden Observatory", home, below=science)
    earlier = make_project("Astronomy 2020", call=make_call(2020), partners=[make_organisation("ESSTI")])
    project = make_project(
        "Astronomy",
        call=make_call(2022),
        partners=[make_organisation("Institute of Space")],
        units=[observatory],
        predecessor=earlier,
        partnership="continued",
        starts_on=dt.date(2022, 8, 1),
        ends_on=dt.date(2025, 7, 31),
        lay_summary_en="Looking at stars together.",
        lay_summary_nl="Samen naar sterren kijken.",
        summary_en="Radio interferometry.",
        summary_nl="Radio-interferometrie.",
        home_brings_en="Instruments.",
        partner_brings_en="A dark sky.",
        impact_en="Schools gain.",
        results_en="A course.",
        isced_f="0533",
        keywords="stars; radio",
        number="2022-1-NL01-KA171-HED-000000001",
        award_cents=3_461_538,
    )
    ProjectMobility.objects.create(project=project, participant="student", direction="incoming", purpose="research", note_en="three months")
    priority = Priority.objects.create(key="green", owner="programme", title_en="Environment", title_nl="Milieu")
    ProjectPriority.objects.create(project=project, priority=priority, how_en="Fewer flights.")
    make_coordinator(project, "Present")
    make_coordinator(project, "Former", valid_until=dt.date(2023, 1, 1))
    make_coordinator(project, "Unnamed", is_public=False)
    return project


def test_everything_is_shown_the_plain_summary_first(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    a_full_project()
    with django_assert_max_num_queries(12):
        shown = words_of(client, "/en/projects/astronomy/")
    for words in (
        "Leiden Observatory (Faculty of Science)",
        "Students, incoming: research (three months)",
        "1 August 2022 – 31 July 2025",
        "Officer Present (coordinator, home institution)",
        "Before: Officer Former (until 2023)",
        "Goes on from Astronomy 2020 (2020)",
        "Instruments.",
        "A dark sky.",
        "Schools gain.",
        "Fewer flights.",
        "Physics (0533)",
        "stars, radio",
        "€34,615.38",
        "2022-1-NL01-KA171-HED-000000001",
        "Co-funded by the European Union",
    ):
        assert words in shown, words
    assert shown.index("Looking at stars together.") < shown.index("Radio interferometry.")
    assert "Unnamed" not in shown
    assert "Went on as Astronomy (2022)" in words_of(client, "/en/projects/astronomy-2020/")


def test_what_no_source_gives_reads_not_published(client: Client) -> None:
    make_home()
    make_project("Bare", call=make_call(2020), partners=[make_organisation()])
    assert words_of(client, "/en/projects/bare/").count("not published") == 8
    assert words_of(client, "/nl/projects/bare/").count("niet gepubliceerd") == 8


def test_a_text_that_exists_in_one_language_is_marked_in_the_other(client: Client) -> None:
    a_full_project()
    assert '<div lang="en"><p>Schools gain.</p>' in html_of(client, "/nl/projects/astronomy/")


def test_other_money_carries_no_european_statement(client: Client) -> None:
    make_home()
    fund = Programme.objects.create(key="fund", title_en="Fund", title_nl="Fonds", first_year=2020, is_eu_funded=False)
    call = make_call(2022, action=make_action("other", programme=fund))
    make_project("Own", call=call, partners=[make_organisation()])
    assert "Co-funded" not in words_of(client, "/en/projects/own/")


def test_illustrative_projects_say_so(client: Client) -> None:
    make_home()
    make_project("Invented", call=make_call(), partners=[make_organisation()], is_illustrative=True)
    assert "Illustratief." in words_of(client, "/nl/projects/invented/")


@pytest.mark.parametrize("changes", [{"state": "draft"}, {"call_public": False}])
def test_what_is_not_published_is_not_found(client: Client, changes: dict[str, object]) -> None:
    make_home()
    public = bool(changes.pop("call_public", True))
    make_project("Secret", call=make_call(is_public=public), partners=[make_organisation()], **changes)
    assert client.get("/en/projects/secret/").status_code == 404
    assert "Secret" not in words_of(client, "/en/projects/")


def test_search_by_words_and_country(client: Client) -> None:
    make_home()
    call = make_call()
    make_project("Drug research with AI", call=call, partners=[make_organisation(country="US")])
    make_project("Law", call=call, partners=[make_organisation(country="CO")])
    assert [project.title_en for project in client.get("/en/projects/?q=ai").context["rows"]] == ["Drug research with AI"]
    assert [project.title_en for project in client.get("/nl/projects/?q=columbia").context["rows"]] == ["Law"]
    assert client.get("/nl/projects/?year=2019").context["page"].paginator.count == 0
    assert client.get("/nl/projects/?year=abc").context["page"].paginator.count == 2
