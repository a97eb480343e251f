"""A member of staff writes a proposal: with and without JavaScript, in both languages."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.calls import OpenCall, a_writer, an_interest, an_open_call

from goliard.apps.funding.models import CallStep, ExpressionOfInterest
from goliard.apps.funding.queries.budgets import budget_of
from goliard.rules.access.actor import Role
from goliard.rules.values.money import Money

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> OpenCall:
    opened = an_open_call()
    later = timezone.localdate().replace(year=timezone.localdate().year + 1)
    CallStep.objects.filter(kind="interest").update(due_on=later)
    return opened


@pytest.fixture
def writer(client: Client, stage: OpenCall) -> Client:
    client.force_login(a_writer())
    return client


def filled(stage: OpenCall, seen: int = 0, **changes: object) -> dict[str, object]:
    flows = {"flows-TOTAL_FORMS": 2, "flows-INITIAL_FORMS": 0, "flows-0-direction": "incoming", "flows-0-kind": "student/studies/second",
             "flows-0-count": 2, "flows-0-days": 120, "flows-1-direction": "outgoing", "flows-1-kind": "staff/teaching/"}  # fmt: skip
    answers = {f"answer_{question.pk}": "Because." for question in stage.call.questions.filter(stage="interest")}
    parts = {"country": stage.partner.country_id, "partner_name": "Addis University", "unit": stage.unit.pk, "goals": [stage.goal.pk]}
    texts = {"title": "Stars", "needs_analysis": "Teachers.", "agreed_with_partner": "on", f"priority_{stage.priority.pk}": "Open."}
    return {"seen": seen, **flows, **answers, **parts, **texts, **changes}


def test_from_a_blank_form_to_a_receipt_without_javascript(writer: Client, stage: OpenCall) -> None:
    assert "Begin a proposal" in writer.get("/en/staff/").content.decode()
    begun = writer.post(f"/en/staff/calls/{stage.call.key}/start/")
    interest = ExpressionOfInterest.objects.get()
    assert begun.headers["Location"] == f"/en/staff/interests/{interest.public_id}/edit/"
    assert writer.post(begun.headers["Location"], filled(stage, done="1")).status_code == 302
    base = f"/en/staff/interests/{interest.public_id}/"
    interest.refresh_from_db()
    page = writer.get(base).content.decode()
    assert Money(budget_of(interest).cents).text("en") in page
    assert "Every line of the budget, with its source" in page
    assert writer.post(f"{base}submit/").status_code == writer.post(f"{base}submit/").status_code == 302
    submission = interest.submissions.get()
    content = writer.get(f"{base}receipt-1.json").content
    assert hashlib.sha256(content).hexdigest() == submission.content_hash
    assert submission.content_hash in writer.get(base.replace("/en/", "/nl/")).content.decode()


def test_htmx_gets_the_budget_beside_the_form_and_the_new_revision(writer: Client, stage: OpenCall) -> None:
    interest = an_interest(stage)
    address = f"/nl/staff/interests/{interest.public_id}/edit/"
    beside = writer.post(address, filled(stage, seen=1), headers={"HX-Request": "true"}).content.decode()
    assert "<form" not in beside
    assert 'id="seen" value="2"' in beside
    assert "Bewaard om" in beside
    late = writer.post(address, filled(stage, seen=1), headers={"HX-Request": "true"}).content.decode()
    assert "Iemand anders heeft dit intussen bewaard." in late
    wrong = {"flows-0-days": "", "co_applicants": "nobody", "flows-1-count": 1, "flows-1-days": 3, "flows-1-fewer_opportunities": 2}
    told = writer.post(address, filled(stage, seen=2, **wrong), headers={"HX-Request": "true"}).content.decode()
    assert "Hoeveel dagen per persoon?" in told
    assert "Meer dan er zijn." in told
    assert ExpressionOfInterest.objects.get().revision == 2


def test_an_incomplete_proposal_is_not_submitted_and_says_why(writer: Client, stage: OpenCall) -> None:
    interest = an_interest(stage, title="", title_nl="", agreed_with_partner=False)
    told = writer.post(f"/en/staff/interests/{interest.public_id}/submit/", follow=True).content.decode()
    assert "Missing: the title." in told
    assert ExpressionOfInterest.objects.get().state == "draft"


def test_somebody_elses_proposal_stays_shut_and_a_co_applicant_edits_but_does_not_submit(client: Client, stage: OpenCall) -> None:
    second = a_writer("second@example.org")
    interest = an_interest(stage, co_applicants=("second@example.org",))
    base = f"/en/staff/interests/{interest.public_id}/"
    client.force_login(a_writer("stranger@example.org"))
    assert [client.get(f"{base}{screen}").status_code for screen in ("", "edit/", "receipt-1.json")] == [403, 403, 403]
    client.force_login(second)
    assert client.get(f"{base}edit/").status_code == 200
    assert client.post(f"{base}submit/").status_code == client.post(f"{base}withdraw/").status_code == 403


def test_after_withdrawal_the_form_is_shut(writer: Client, stage: OpenCall) -> None:
    interest = an_interest(stage)
    base = f"/en/staff/interests/{interest.public_id}/"
    writer.post(f"{base}withdraw/", {"reason": "No time."})
    assert writer.get(f"{base}edit/").status_code == 403
    assert "withdrawn" in writer.get(base).content.decode()


def test_the_office_reads_gives_back_and_opens_again(client: Client, writer: Client, stage: OpenCall) -> None:
    interest = an_interest(stage)
    writer.post(f"/en/staff/interests/{interest.public_id}/submit/")
    officer = Client()
    officer.force_login(a_writer("officer@example.org", Role.OFFICER))
    page = officer.get(f"/en/office/interests/{interest.pk}/").content.decode()
    assert "Return with a letter" in page
    assert officer.post(f"/en/office/interests/{interest.pk}/return/", {"reason": "More."}).status_code == 302
    assert ExpressionOfInterest.objects.get().state == "draft"
    desk = f"/en/office/call-desk/{stage.call.pk}/"
    step = stage.call.steps.get(kind="interest")
    assert officer.post(f"{desk}reopen/", {"step": step.pk, "until": "2020-01-01T12:00", "reason": "x"}).status_code == 422
    assert officer.post(f"{desk}reopen/", {"step": step.pk, "until": "2090-01-01T12:00", "reason": "Asked."}).status_code == 302
    assert "opened again until" in officer.get(desk).content.decode()


def test_the_public_sees_the_timeline_and_the_questions(client: Client, stage: OpenCall) -> None:
    page = client.get("/nl/icm/2024/call-for-interest/").content.decode()
    assert "Waarom deze partner en dit land?" in page
    assert "Europe/Amsterdam" in page
