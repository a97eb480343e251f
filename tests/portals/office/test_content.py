"""Facts, news, pages and images, as an officer works with them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.factories.content import a_fact, a_news_item, a_page, an_image, picture, upload
from tests.factories.funding import a_project, some_funding
from tests.portals.office.conftest import SignIn
from tests.portals.office.filled import filled

from goliard.apps.content.models import Image, NewsItem, Page, PageVersion
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def test_facts_past_their_review_date_are_found(officer: Client) -> None:
    a_fact("old", review_on=dt.date(2020, 1, 1))
    a_fact("fresh", review_on=dt.date(2999, 1, 1))
    a_fact("timeless")
    for query, keys in (("review=past", ["old"]), ("review=none", ["timeless"]), ("", ["fresh", "old", "timeless"])):
        assert [row.key for row in officer.get(f"/en/office/facts/?{query}").context["listing"].rows] == keys


def test_a_fact_shows_who_quotes_it_and_is_not_deleted(officer: Client) -> None:
    fact = a_fact("participants")
    a_page(body_nl="[[fact:participants]]")
    assert "Over" in officer.get(f"/nl/office/facts/{fact.pk}/").content.decode()
    answer = officer.post(f"/en/office/facts/{fact.pk}/delete/")
    assert answer.status_code == 409
    assert "Pages that quote it (1): About" in answer.content.decode()


def test_an_unknown_placeholder_is_refused_by_name(officer: Client) -> None:
    page = a_page()
    address = f"/nl/office/pages/{page.pk}/edit/"
    answer = officer.post(address, filled(officer.get(address).context, body_nl="[[fact:typo]]"))
    assert answer.status_code == 422
    assert "[[fact:typo]] verwijst nergens naar." in answer.content.decode()
    assert Page.objects.get().body_nl == "Tekst."


def test_words_are_tried_out_in_both_languages_before_they_are_saved(officer: Client, sign_in: SignIn, client: Client) -> None:
    a_fact("participants")
    words = {"title_nl": "Titel", "title_en": "Title", "body_nl": "**Al** [[fact:participants]]", "body_en": "<b>[[fact:typo]]</b>"}
    text = officer.post("/en/office/try-out/", words).content.decode()
    assert "<strong>Al</strong> ruim 13 miljoen mensen" in text
    assert '<mark class="fault">[[fact:typo]]</mark>' in text
    assert "<b>" not in text
    assert Page.objects.count() == 0
    assert officer.get("/en/office/try-out/").status_code == 405
    assert sign_in(Role.AUDITOR).post("/en/office/try-out/", words).status_code == 403
    assert client.post("/en/office/try-out/", words).status_code == 302


def test_versions_are_read_and_put_back(officer: Client, sign_in: SignIn) -> None:
    page = a_page()
    address = f"/en/office/pages/{page.pk}/edit/"
    officer.post(address, filled(officer.get(address).context, body_en="Newer."))
    assert "Version 1, until" in officer.get(f"/en/office/pages/{page.pk}/").content.decode()
    auditor = sign_in(Role.AUDITOR)
    assert "Text." in auditor.get(f"/en/office/pages/{page.pk}/versions/1/").content.decode()
    assert auditor.post(f"/en/office/pages/{page.pk}/versions/1/back/").status_code == 403
    assert officer.post(f"/en/office/pages/{page.pk}/versions/9/back/").status_code == 404
    officer.post(f"/en/office/pages/{page.pk}/versions/1/back/")
    assert Page.objects.get().body_en == "Text."
    assert PageVersion.objects.count() == 2


@pytest.mark.parametrize("path", ["news", "icm", "icm/2022", "projects/some", "office", "account/sign-in"])
def test_a_page_does_not_hide_behind_an_address_of_the_site(officer: Client, path: str) -> None:
    page = a_page()
    address = f"/en/office/pages/{page.pk}/edit/"
    answer = officer.post(address, filled(officer.get(address).context, path=path))
    assert "At this address the site shows something else." in answer.content.decode()


def test_news_shows_its_examples_in_the_editor_s_order_and_says_which_are_hidden(officer: Client) -> None:
    funding = some_funding()
    item = a_news_item(call=funding.call, state="published")
    first, second = a_project(funding, 1, state="published"), a_project(funding, 2)
    address = f"/en/office/news/{item.pk}/edit/"
    data = {
        "featured-TOTAL_FORMS": "2", "featured-0-project": second.key, "featured-0-position": "1",
        "featured-1-project": first.key, "featured-1-position": "2",
    }  # fmt: skip
    answer = officer.post(address, filled(officer.get(address).context, **data), follow=True)
    assert [each.project for each in NewsItem.objects.get().featured.all()] == [second, first]
    assert "“Stars 2” is not on the public site" in answer.content.decode()
    refused = officer.post(f"/en/office/projects/{second.pk}/delete/")
    assert (refused.status_code, "Award" in refused.content.decode()) == (409, True)


def test_an_image_without_credit_is_refused_with_a_sentence(officer: Client) -> None:
    data = {"seen": "", "key": "globe", "alt_nl": "Een globe", "alt_en": "A globe", "licence": "CC BY"}
    answer = officer.post("/nl/office/images/new/", data | {"upload": upload()})
    assert answer.status_code == 422
    assert "Een afbeelding zonder naamsvermelding wordt niet bewaard" in answer.content.decode()
    assert Image.objects.count() == 0
    assert officer.post("/nl/office/images/new/", data | {"credit": "Maker", "upload": upload()}).status_code == 302
    svg = upload("globe.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    answer = officer.post("/en/office/images/new/", data | {"key": "other", "credit": "Maker", "upload": svg})
    assert "SVG is not taken" in answer.content.decode()
    assert Image.objects.count() == 1


def test_anyone_gets_an_image_under_headers_that_let_it_run_nothing(officer: Client, client: Client) -> None:
    image = an_image()
    address = f"/images/{image.file.sha256[:12]}/globe.png"
    assert address in officer.get(f"/en/office/images/{image.pk}/").content.decode()
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == picture()
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")} == {
        "Content-Type": "image/png",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    assert "immutable" in answer["Cache-Control"]
    for other in ("/images/000000000000/globe.png", address.replace(".png", ".svg"), address.replace("globe", "nothing")):
        assert client.get(other, follow=True).status_code == 404


def test_a_faculty_officer_reads_and_does_not_speak_for_the_institution(sign_in: SignIn) -> None:
    funding = some_funding()
    page = a_page()
    browser = sign_in(Role.FACULTY_OFFICER, unit=funding.university.science)
    assert browser.get(f"/en/office/pages/{page.pk}/").status_code == 200
    for address in ("new/", f"{page.pk}/edit/", f"{page.pk}/publish/", f"{page.pk}/delete/"):
        assert browser.post(f"/en/office/pages/{address}").status_code == 403
    assert Page.objects.get().state == "draft"
