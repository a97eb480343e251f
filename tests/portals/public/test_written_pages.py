"""What the office writes: the dossier, other pages, news; and the pages about the site."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.factories.content import an_image
from tests.factories.exchange import make_call_of_2022, make_fact, make_home, make_news, make_page
from tests.portals.public.reading import html_of, words_of

from goliard.apps.content.models import FeaturedProject, Image
from goliard.apps.funding.models import Priority
from goliard.apps.projects.models import Project, ProjectPriority

pytestmark = pytest.mark.django_db


def test_a_dossier_with_its_pages(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    make_call_of_2022()
    make_fact("people", "13000000", qualifier="over", unit_en="people", unit_nl="mensen")
    top = make_page("erasmus", title_en="Erasmus+ with us", body_en="It reached [[fact:people]].")
    make_page("erasmus/ka1", parent=top, position=1, title_en="Key Action 1")
    make_page("erasmus/ka2", parent=top, position=2, title_en="Key Action 2", state="under-construction")
    make_page("erasmus/old", parent=top, position=3, state="archived")
    make_page("erasmus/plan", parent=top, position=4, state="draft")
    with django_assert_max_num_queries(12):
        html = html_of(client, "/en/erasmus/")
    assert "It reached over 13&nbsp;million people." in html
    assert re.findall(r'<h3><a href="/en/erasmus/(\w+)/">', html) == ["ka1", "ka2"]
    assert "/en/icm/2022/" in html
    with django_assert_max_num_queries(12):
        assert "Project ET" in words_of(client, "/en/erasmus/ka1/")
    assert "Under construction." in words_of(client, "/en/erasmus/ka2/")
    assert "In aanbouw." in words_of(client, "/nl/erasmus/ka2/")
    assert "Gearchiveerd." in words_of(client, "/nl/erasmus/old/")
    assert client.get("/en/erasmus/plan/").status_code == 404


def test_the_dossier_stands_before_anything_is_written(client: Client) -> None:
    make_home()
    assert "Erasmus+" in words_of(client, "/en/erasmus/")


def test_priorities_with_the_projects_that_serve_them(client: Client) -> None:
    make_call_of_2022()
    make_page("erasmus/priorities")
    for place, (owner, title) in enumerate((("programme", "Inclusion"), ("institution", "Our own"))):
        priority = Priority.objects.create(key=f"p{place}", owner=owner, title_en=title, title_nl=title, position=place)
        ProjectPriority.objects.create(priority=priority, project=Project.objects.get(key="project-et"), how_en="By stars.")
    shown = words_of(client, "/en/erasmus/priorities/")
    assert shown.index("Priorities of the programme") < shown.index("Inclusion") < shown.index("Priorities of Home University")
    assert shown.count("Project ET") == 2


def test_a_page_of_the_office_at_its_own_address(client: Client) -> None:
    make_home()
    make_page("going-abroad/health", body_nl="Zorg goed.")
    make_page("block/secret")
    assert "Zorg goed." in words_of(client, "/nl/going-abroad/health/")
    assert client.get("/nl/block/secret/").status_code == 404
    assert client.get("/nl/going-abroad/").status_code == 404


def test_two_images_in_a_text_give_two_credits(client: Client) -> None:
    make_home()
    an_image("globe")
    Image.objects.filter(pk=an_image("galaxy").pk).update(credit="Galaxy, by another")
    make_page("sky", body_nl="Boven\n\n[[image:globe]]\n\nOnder\n\n[[image:galaxy]]\n\n[[image:gone]]")
    html = html_of(client, "/nl/sky/")
    assert re.findall(r'<figcaption class="credit">([^<]*)</figcaption>', html) == [
        "Globe, by a photographer · CC BY 4.0",
        "Galaxy, by another · CC BY 4.0",
    ]
    assert html.count('alt="Een globe"') == 2
    assert "<p>…</p>" in html


def test_news_prints_the_numbers_of_its_call_and_the_chosen_examples(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    call = make_call_of_2022()
    item = make_news(
        "award",
        call=call,
        title_en="Grant for [[call:projects]] projects",
        body_en="[[figure:award-cents]] for [[figure:mobilities]] people, [[fact:typo]].",
    )
    for place, key in enumerate(("project-jp", "project-et", "project-us")):
        FeaturedProject.objects.create(item=item, project=Project.objects.get(key=key), position=place)
    with django_assert_max_num_queries(12):
        html = html_of(client, "/en/news/award/")
    assert "<h1>Grant for 13 projects</h1>" in html
    assert "<p>€450,000 for 103 people, ….</p>" in html
    assert re.findall(r"/en/projects/(project-\w\w)/", html) == ["project-jp", "project-et", "project-us"]
    assert "Grant for 13 projects" in words_of(client, "/en/news/")


def test_a_draft_is_not_found(client: Client) -> None:
    make_home()
    make_news("plan", state="draft")
    make_news("old", state="archived", published_on=dt.date(2019, 1, 1))
    assert client.get("/en/news/plan/").status_code == 404
    assert client.get("/en/news/old/").status_code == 200
    assert "Old" not in words_of(client, "/en/news/")


def test_the_privacy_page_lists_the_cookies_that_the_settings_name(client: Client) -> None:
    make_home()
    html = html_of(client, "/nl/privacy/")
    names = re.findall(r"<th scope=\"row\"><code>([a-z_]+)</code>", html)
    assert names == [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]


@pytest.mark.parametrize(
    "path", ["", "icm/", "partners/", "networks/", "erasmus/", "news/", "privacy/", "accessibility/", "data/", "search/"]
)
def test_a_visitor_gets_no_cookie(client: Client, path: str) -> None:
    make_call_of_2022()
    assert not client.get(f"/en/{path}").cookies


def test_a_page_that_did_not_change_is_not_sent_again(client: Client) -> None:
    make_call_of_2022()
    first = client.get("/en/icm/2022/")
    assert first["Cache-Control"] == "no-cache"
    assert client.get("/en/icm/2022/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_search_finds_pages_news_projects_and_partners(client: Client) -> None:
    make_call_of_2022()
    make_page("erasmus/health", title_nl="Gezondheid", body_nl="Inentingen voor Ethiopië")
    make_news("ethiopia", body_nl="Ethiopië")
    shown = client.get("/nl/search/?q=ethiopie").context
    assert [page.path for page in shown["pages"]] == ["erasmus/health"]
    assert [card.item.slug for card in shown["news"]] == ["ethiopia"]
    assert [project.key for project in shown["projects"]] == ["project-et"]
    assert [partner.key for partner in shown["partners"]] == ["et-university-1"]
    assert "Niets gevonden" in words_of(client, "/nl/search/?q=xyzzy")


def test_the_site_map_names_both_languages_of_every_page(client: Client) -> None:
    make_call_of_2022()
    make_page("erasmus")
    make_page("going-abroad")
    text = client.get("/sitemap.xml").content.decode()
    addresses = re.findall(r"<loc>http://testserver(/[^<]+)</loc>", text)
    assert len(addresses) == len(set(addresses)) == 2 * (13 + 1 + 13 + 13 + 17 + 1)
    assert text.count("xhtml:link") == 2 * len(addresses)
    for address in addresses:
        assert client.get(address).status_code == 200, address
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
