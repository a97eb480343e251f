"""From naming a committee to a total: the office deals, a member declares and scores, the office sees every line."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.calls import a_writer
from tests.factories.rounds import AFTER, OFFICER
from tests.factories.scoring import a_round_being_scored

from goliard.apps.applications.models import SubmittedDocument
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.services.committee import deal_sheets, name_member
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def signed_in(email: str, role: Role = Role.STAFF) -> Client:
    client = Client()
    client.force_login(a_writer(email, role))
    return client


def test_from_the_committee_to_a_total(settings) -> None:
    settings.GOLIARD_TOTP_ROLES = []
    scoring = a_round_being_scored(students=1, members=0)
    officer, member = signed_in("officer@example.org", Role.OFFICER), signed_in("member@example.org")
    base = f"/en/office/rounds/{scoring.round.pk}/scoring/"
    assert "There is no account" in officer.post(f"{base}member/", {"email": "nobody@example.org"}, follow=True).content.decode()
    officer.post(f"{base}member/", {"email": "member@example.org"})
    assert "too few members" in officer.post(f"{base}deal/", {"each": "2"}, follow=True).content.decode()
    assert "1 sheet is dealt." in officer.post(f"{base}deal/", {"each": "1"}, follow=True).content.decode()
    sheet = CommitteeSheet.objects.get()
    address = f"/en/staff/scoring/{sheet.public_id}/"
    assert "1 application waits for your scores." in member.get("/en/staff/").content.decode()
    assert "To see the stars." not in member.get(address).content.decode()  # first the declaration
    member.post(f"{address}declare/", {"conflict": "no"})
    opened = member.get(address).content.decode()
    assert "To see the stars." in opened
    document = SubmittedDocument.objects.get()
    assert b"".join(member.get(f"{address}documents/{document.pk}/").streaming_content).startswith(b"%PDF")
    key = f"value_{scoring.round.criteria.get(source='committee').pk}"
    assert member.post(address, {key: "ten"}).status_code == 422
    assert "within the scale" in member.post(address, {key: "11"}).content.decode()
    assert member.post(address, {key: "7,5"}).status_code == 302
    application = scoring.applications[0]
    told = officer.get(f"/en/office/scores/{application.pk}/").content.decode()
    assert "Motivation: 7.5 (0–10) = 75 × 40% = 30." in told
    assert "53.33" in officer.get(base).content.decode()
    assert officer.get(f"{base}scores.csv").content.decode().splitlines()[1].endswith(",53.33")
    criterion = scoring.round.criteria.get(source="average").pk
    officer.post(f"/en/office/scores/{application.pk}/correct/", {"criterion": criterion, "value": "10", "reason": "A mark came late."})
    assert "90.00" in officer.get(base).content.decode()
    officer.post(f"/en/office/scores/sheets/{sheet.pk}/return/", {"reason": "Read again."})
    assert "not yet" in officer.get(base).content.decode()


def test_a_conflict_shuts_the_file_on_every_screen_also_for_an_officer(settings) -> None:
    settings.GOLIARD_TOTP_ROLES = []
    scoring = a_round_being_scored(students=1, members=0)
    officer = signed_in("officer@example.org", Role.OFFICER)
    name_member(round=scoring.round, user=a_writer("officer@example.org"), actor=OFFICER, now=AFTER)
    deal_sheets(round=scoring.round, each=1, actor=OFFICER, now=AFTER)
    sheet = CommitteeSheet.objects.get()
    base = f"/en/office/rounds/{scoring.round.pk}/scoring/"
    assert "Number 1" in officer.get(base).content.decode()
    officer.post(f"/en/staff/scoring/{sheet.public_id}/declare/", {"conflict": "yes"})
    listed = officer.get(base).content.decode()
    assert "Number 1" not in listed
    assert "you declared a conflict of interest" in listed
    for address in (f"/en/office/scores/{scoring.applications[0].pk}/", f"{base}scores.csv"):
        assert officer.get(address).status_code == 403
    assert "this file is shut for you" in officer.get(f"/en/staff/scoring/{sheet.public_id}/").content.decode()
    document = SubmittedDocument.objects.get()
    assert officer.get(f"/en/staff/scoring/{sheet.public_id}/documents/{document.pk}/").status_code == 403


def test_another_member_of_staff_finds_nothing(settings) -> None:
    settings.GOLIARD_TOTP_ROLES = []
    scoring = a_round_being_scored(students=1, members=1)
    deal_sheets(round=scoring.round, each=1, actor=OFFICER, now=AFTER)
    sheet = CommitteeSheet.objects.get()
    other = signed_in("other@example.org")
    assert other.get(f"/en/staff/scoring/{sheet.public_id}/").status_code == 403
    assert "Nothing waits for you." in other.get("/en/staff/scoring/").content.decode()
