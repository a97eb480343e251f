"""On an agreement's page: decide, renew, sign, take the signed document; each for whom it may."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university
from tests.portals.public.reading import words

from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.agreements.models import Agreement
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def university() -> University:
    return a_small_university()


def signed_in(role: Role, unit: object = None) -> Client:
    user = invite(email=f"{role}@example.org", display_name=f"{role}", actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=role, unit=unit, actor=system("test"), now=timezone.now())
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(autouse=True)
def _no_second_factor(settings) -> None:
    settings.GOLIARD_TOTP_ROLES = []


def signatures(agreement: Agreement, **given: object) -> dict[str, object]:
    party = agreement.parties.get(organisation__is_home=True)
    return {f"party-{party.pk}-name": "Rector", f"party-{party.pk}-signed_on": "2026-06-01", **given}


def test_sign_and_take_the_document(university: University) -> None:
    agreement = an_agreement(university, state="in-effect")
    version = agreement.versions.get()
    officer = signed_in(Role.OFFICER)
    address = f"/en/office/agreement-versions/{version.pk}/"
    wrong = officer.post(f"{address}signatures/", signatures(agreement, file=SimpleUploadedFile("scan.pdf", b"<script>alert(1)</script>")))
    assert wrong.status_code == 422
    assert "The signed document is a PDF." in words(wrong.content.decode())
    good = officer.post(f"{address}signatures/", signatures(agreement, file=SimpleUploadedFile("<b>scan</b>.pdf", b"%PDF-1.7\n")))
    assert good.status_code == 302
    page = officer.get(f"/nl/office/agreements/{agreement.pk}/").content.decode()
    assert "Rector" in page
    assert f"/nl/office/agreement-versions/{version.pk}/signed.pdf" in page
    assert "<b>scan" not in page
    taken = officer.get(f"{address}signed.pdf")
    assert b"".join(taken.streaming_content) == b"%PDF-1.7\n"
    assert taken["Content-Type"] == "application/pdf"
    assert taken["Content-Disposition"] == 'attachment; filename="partner-2026-v1-signed.pdf"'
    assert JournalEntry.objects.filter(verb="take-signed-document").count() == 1


def test_another_faculty_takes_no_document(university: University) -> None:
    agreement = an_agreement(university, state="in-effect")
    Agreement.objects.update(owner=university.law)
    version = agreement.versions.get()
    signed_in(Role.OFFICER).post(
        f"/en/office/agreement-versions/{version.pk}/signatures/", signatures(agreement, file=SimpleUploadedFile("scan.pdf", b"%PDF-1.7\n"))
    )
    officer = signed_in(Role.FACULTY_OFFICER, university.science)
    assert officer.get(f"/en/office/agreement-versions/{version.pk}/signed.pdf").status_code == 403
    assert officer.post(f"/en/office/agreement-versions/{version.pk}/signatures/").status_code == 403
    assert officer.post(f"/en/office/agreements/{agreement.pk}/renewal/").status_code == 403
    assert "signed.pdf" not in officer.get(f"/en/office/agreements/{agreement.pk}/").content.decode()


def test_decide_and_renew(university: University) -> None:
    agreement = an_agreement(university, state="in-effect")
    officer = signed_in(Role.OFFICER)
    address = f"/en/office/agreements/{agreement.pk}/"
    assert officer.post(f"{address}decision/", {"decision": "nonsense", "because": "x"}).status_code == 302
    officer.post(f"{address}decision/", {"decision": "renew", "because": "<script>alert(1)</script> it went well"})
    page = officer.get(address).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; it went well" in page
    assert "Renew as it is" in page
    began = officer.post(f"{address}renewal/")
    renewal = Agreement.objects.get(renews=agreement)
    assert began["Location"] == f"/en/office/agreements/{renewal.pk}/"
    assert "Renewed by" in words(officer.get(address).content.decode())
    assert "Renews Exchange with Partner" in words(officer.get(began["Location"]).content.decode())
    again = officer.post(f"{address}renewal/", follow=True)
    assert "The renewal is there already" in words(again.content.decode())
