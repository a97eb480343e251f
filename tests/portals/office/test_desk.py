"""The desk says what asks for attention, to whom it concerns, in a fixed number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.calls import an_open_call
from tests.factories.content import a_fact, a_news_item, a_page
from tests.factories.funding import a_complete_project, a_project, some_funding
from tests.portals.office.conftest import SignIn

from goliard.apps.agreements.models import Agreement, PartnerLink, PartnerProposal
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Contact
from goliard.apps.projects.models import Project, ProjectHomeUnit
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def busy(browser: Client, language: str = "en") -> dict[str, int]:
    return {str(section.title): section.count for section in browser.get(f"/{language}/office/").context["busy"]}


def test_an_empty_house_asks_for_nothing(officer: Client) -> None:
    page = officer.get("/en/office/")
    assert "Nothing asks for attention." in page.content.decode()
    assert "Not sealed yet." in page.content.decode()


def test_everything_that_waits_is_counted_named_and_linked(officer: Client) -> None:
    funding = some_funding()
    draft = a_project(funding, 1)
    a_complete_project(funding, 2)
    a_complete_project(funding, 3, state="published", impact_nl="Invloed.")
    a_fact("old", review_on=dt.date(2020, 1, 1))
    a_page("one", state="under-construction", summary_en="Only in English")
    a_page("two")
    a_news_item()
    assert busy(officer) == {
        "Projects that cannot be published yet": 1,
        "Projects ready to be published": 1,
        "Facts past their review date": 1,
        "Pages under construction": 1,
        "Drafts of pages": 1,
        "Drafts of news": 1,
        "Missing translations": 2,
    }
    text = officer.get("/en/office/").content.decode()
    assert f'<a href="/en/office/projects/{draft.pk}/">Stars 1</a>' in text
    assert "Missing: coordinator (exactly one). Missing: kind of mobility. And 10 more." in text
    report = officer.get("/en/office/reports/translations/").content.decode()
    assert "impact on society, in English" in report
    assert "summary in Dutch" in report
    report = officer.get("/nl/office/reports/unpublishable/").content.decode()
    assert "Ontbreekt: vakgebied (ISCED-F)." in report


WAITING = {
    "Partners who wait for an answer": 1,
    "Agreements past their end, still in effect": 1,
    "Agreements that end within six months": 1,
    "Letters that may have been sent: decide": 1,
    "Calls that run": 1,
}


def test_ends_of_agreements_words_of_partners_calls_and_lost_letters_ask_for_attention(officer: Client, sign_in: SignIn) -> None:
    funding = some_funding()
    law, now = funding.university.law, timezone.now()
    ends = {"past": -1, "soon": 30, "later": 400}
    for key, days in ends.items():
        agreement = an_agreement(funding.university, state="in-effect", key=key)
        Agreement.objects.filter(pk=agreement.pk).update(title=key, ends_on=timezone.localdate() + dt.timedelta(days=days), owner=law)
    contact = Contact.objects.create(
        organisation=funding.university.partner, role="general", mailbox_name="Office", email="office@example.org"
    )
    link = PartnerLink.objects.create(agreement=agreement, contact=contact, secret_hash="x", created_at=now, expires_at=now)
    version = agreement.versions.get()
    PartnerProposal.objects.create(version=version, link=link, kind="comment", text="Please look at the levels.", said_at=now)
    PartnerProposal.objects.create(version=version, link=link, kind="comment", text="Answered.", said_at=now, answered_at=now)
    lost = {
        "letter": "x",
        "address": "a@example.org",
        "language": "en",
        "subject": "A reminder",
        "body": "",
        "queued_at": now,
        "due_at": now,
    }
    Delivery.objects.create(**lost, dedupe="1", message_id="<1@example.org>", state="uncertain")
    an_open_call()
    assert busy(officer) == WAITING
    text = officer.get("/nl/office/").content.decode()
    assert "Overeenkomsten die binnen zes maanden aflopen" in text
    assert "A reminder" in text
    agreements_of = {title for title in WAITING if "greements" in title or "Partners" in title}
    assert agreements_of <= busy(sign_in(Role.FACULTY_OFFICER, unit=law)).keys()
    assert not WAITING.keys() & busy(sign_in(Role.FACULTY_OFFICER, unit=funding.university.science)).keys()


def test_a_faculty_officer_sees_the_projects_of_the_own_units_only(sign_in: SignIn) -> None:
    funding = some_funding()
    theirs = a_project(funding, 1, impact_nl="Invloed.")
    others = a_project(funding, 2, impact_nl="Invloed.")
    ProjectHomeUnit.objects.filter(project=others).update(unit=funding.university.law)
    a_fact("old", review_on=dt.date(2020, 1, 1))
    a_page("one", summary_en="Only in English")
    browser = sign_in(Role.FACULTY_OFFICER, unit=funding.university.science)
    assert busy(browser) == {"Projects that cannot be published yet": 1, "Missing translations": 1}
    assert "/en/office/journal/" not in browser.get("/en/office/").content.decode()  # it would not open
    for address in ("", "reports/translations/", "reports/unpublishable/"):
        text = browser.get(f"/en/office/{address}").content.decode()
        assert f"/en/office/projects/{theirs.pk}/" in text
        assert f"/en/office/projects/{others.pk}/" not in text


def test_the_desk_asks_as_many_questions_for_thirty_projects_as_for_one(officer: Client) -> None:
    funding = some_funding()
    a_project(funding, 0)
    officer.get("/en/office/")
    with CaptureQueriesContext(connection) as one:
        officer.get("/en/office/")
    for number in range(1, 30):
        a_project(funding, number)
    with CaptureQueriesContext(connection) as many:
        officer.get("/en/office/")
    assert (Project.objects.count(), len(many)) == (30, len(one))


def test_students_and_strangers_see_no_desk(sign_in: SignIn, client: Client) -> None:
    student = sign_in(Role.STUDENT)
    for address in ("", "reports/translations/", "reports/unpublishable/"):
        assert student.get(f"/en/office/{address}").status_code == 403
        assert client.get(f"/en/office/{address}").status_code == 302
