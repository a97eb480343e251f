"""A partner renews an agreement through its link: changed twice, approved, downloaded; the office's side in the same browser."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit
from tests.journeys.test_office_edit import sign_in

from goliard.apps.agreements.models import Agreement
from goliard.apps.people.models import Contact

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_renewal_from_link_to_download(visit: Visit) -> None:
    cache.clear()
    ending = an_agreement(a_small_university(), state="in-effect")
    partner = ending.parties.get(organisation__is_home=False).organisation
    Contact.objects.create(organisation=partner, mailbox_name="International office", role="agreements")
    sign_in(visit)
    page = visit.open(f"/en/office/agreements/{ending.pk}/")
    page.get_by_role("button", name="Begin the renewal").click()
    page.get_by_text("The renewal is a draft.").wait_for()
    agreement = Agreement.objects.get(renews=ending)
    page.get_by_role("button", name="Propose to the partner").click()
    visit.open(f"/en/office/agreements/{agreement.pk}/partner/")
    page.get_by_role("button", name="Make a link").click()
    link = page.locator("main code").inner_text().removeprefix(visit.address)
    for places in ("3", "4"):
        visit.open(link)
        page.get_by_label("Mobilities a year").first.fill(places)
        page.get_by_role("button", name="Send the proposal").click()
        assert page.get_by_text("Thank you.").is_visible()
        visit.open(f"/en/office/agreements/{agreement.pk}/partner/")
        page.get_by_role("button", name="Take these numbers over").click()
        visit.open(f"/en/office/agreements/{agreement.pk}/")
        page.get_by_role("button", name="Propose to the partner").click()
    visit.open(link.replace("/en/", "/nl/"))
    assert page.get_by_role("heading", name="Akkoord geven").is_visible()
    assert violations(page) == []
    visit.open(link)
    page.get_by_label("Your name").fill("Head of International Relations")
    page.get_by_label("Your function").fill("Head")
    page.get_by_label("I approve this agreement").check()
    page.get_by_role("button", name="Approve this text").click()
    assert page.get_by_text("version 1: agreed by both").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename == "partner-2026-2029-v1.pdf"
    agreement.refresh_from_db()
    assert agreement.state == "agreed"
    visit.open(f"/en/office/agreements/{agreement.pk}/history/")
    assert page.get_by_text("approval of the partner").is_visible()
