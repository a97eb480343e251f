"""The report of links that lead nowhere within the site."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.content import a_news_item, a_page
from tests.factories.funding import a_project, some_funding

from goliard.apps.content.queries.links import links_within
from goliard.portals.office.links import leads_somewhere

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ('[one](/icm/) and [one](/nl/icm/#top) and [two](/partners/?q=a "title")', ("/icm/", "/partners/")),
        ("[elsewhere](https://example.org/x) [sly](//example.org/) [mail](mailto:a@example.org)", ()),
        ("[odd](</a b>) [never closed](/x", ("/a", "/x")),
        ("no link", ()),
    ],
)
def test_links_within_the_site(text: str, links: tuple[str, ...]) -> None:
    assert links_within(text) == links


def test_what_stands_somewhere() -> None:
    funding = some_funding()
    a_page("there", state="published")
    a_page("draft")
    a_news_item("item", state="published")
    project = a_project(funding, 1, state="published")
    a_project(funding, 2)
    for path in (
        "/",
        "/icm/",
        "/icm/2022/",
        "/there/",
        "/there",
        "/news/item/",
        f"/projects/{project.key}/",
        "/partners/institute/",
        "/search/",
    ):
        assert leads_somewhere(path), path
    nowhere = (
        "/draft/",
        "/icm/1999/",
        "/icm/soon/",
        "/news/none/",
        "/projects/icm-2022-2/",
        "/partners/none/",
        "/networks/none/",
        "/a/b/c/",
    )
    for path in nowhere:
        assert not leads_somewhere(path), path


def test_the_report_names_the_page_and_the_address(officer: Client) -> None:
    a_page("good", state="published", body_en="[Start](/)", body_nl="[Nieuws](/news/)")
    page = a_page("bad", body_en="[Read on](/erasmus/kaa/)")
    item = a_news_item(body_nl="[Lees](/projects/none/) [en](/erasmus/kaa/)")
    a_page("old", state="archived", body_en="[Gone](/gone/)")
    text = officer.get("/en/office/reports/links/").content.decode()
    assert f'<a href="/en/office/pages/{page.pk}/">' in text
    assert f'<a href="/en/office/news/{item.pk}/">' in text
    assert "/projects/none/; /erasmus/kaa/" in text
    assert "/gone/" not in text
    for language in ("en", "nl"):
        assert '<span class="count">2</span>' in officer.get(f"/{language}/office/reports/links/").content.decode()
