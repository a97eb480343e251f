"""A whole call in a real browser: interest, pre-selection, application, submission file, decision, project on the public page."""

from __future__ import annotations

import hashlib
import json
import tomllib

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from playwright.sync_api import expect
from tests.factories.calls import a_writer
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

from goliard.apps.funding.models import ApplicationFile, ExpressionOfInterest, FundingCall
from goliard.apps.projects.models import Project
from goliard.cli.demo_call import FOLDER, fill_open_call
from goliard.rules.access.actor import Role, system

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("university")]
PASSWORD = "a long enough sentence"
PAIRS = ("lay_summary", "summary", "home_brings", "partner_brings")


@pytest.fixture
def call(university: None) -> FundingCall:
    """The call in progress of the demonstration, without its proposals, shown on the public site."""
    data = tomllib.loads((FOLDER / "open_call.toml").read_text(encoding="utf-8"))
    fill_open_call({**data, "interests": [], "writers": {}}, actor=system("tests"), now=timezone.now())
    FundingCall.objects.filter(key="icm-2027").update(is_public=True)
    return FundingCall.objects.get(key="icm-2027")


def sign_in(visit: Visit, email: str) -> None:
    visit.page.context.clear_cookies()
    page = visit.open("/en/account/sign-in/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def no_barrier(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{visit.path} is wider than the window"
    found = [f"{visit.path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(visit.page)]
    assert found == []


def press(visit: Visit, name: str) -> None:
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=name, exact=True).first.click()


def test_a_whole_call(visit: Visit, call: FundingCall) -> None:
    writer, officer = a_writer("writer@example.org"), a_writer("officer@example.org", Role.OFFICER)
    interest = write_and_submit(visit, writer.email)
    desk = f"/en/office/call-desk/{call.pk}/"
    sign_in(visit, officer.email)
    select(visit, interest, desk)
    sign_in(visit, writer.email)
    answer(visit, interest)
    sign_in(visit, officer.email)
    submit(visit, desk)
    decide_and_award(visit, interest, desk)
    publish(visit, call)


def write_and_submit(visit: Visit, email: str) -> ExpressionOfInterest:
    visit.open("/en/icm/2027/call-for-interest/")
    no_barrier(visit)
    sign_in(visit, email)
    visit.open("/en/staff/")
    no_barrier(visit)
    press(visit, "Begin a proposal")
    page = visit.page
    page.fill("[name=title]", "Languages of the Andes")
    page.fill("[name=title_nl]", "Talen van de Andes")
    page.select_option("[name=country]", label="Colombia")
    page.fill("[name=partner_name]", "Universidad Nacional de Colombia")
    page.select_option("[name=unit]", label="Faculty of Humanities")
    page.fill("[name=needs_analysis]", "Both need teachers.")
    page.check("[name=agreed_with_partner]")
    page.locator("[name=goals]").first.check()
    for field in page.locator("[name^=priority_]").all():
        field.fill("Open to all.")
    page.fill("[name=flows-0-count]", "2")
    page.fill("[name=flows-0-days]", "120")
    expect(page.locator("#beside .stat")).to_contain_text("€")  # the budget comes while one types
    for field in page.locator("[name^=answer_]").all():
        field.fill("Because.")
    expect(page.locator("#beside")).to_contain_text("Complete")
    no_barrier(visit)
    page.reload()
    assert page.input_value("[name=title]") == "Languages of the Andes"
    press(visit, "Save and look")
    press(visit, "Submit")
    no_barrier(visit)
    interest = ExpressionOfInterest.objects.get()
    assert interest.submissions.get().content_hash in page.content()
    return interest


def select(visit: Visit, interest: ExpressionOfInterest, desk: str) -> None:
    visit.open(f"{desk}ranking/")
    no_barrier(visit)
    page = visit.open(f"/en/office/interests/{interest.pk}/decide/")
    page.fill("[name=because_nl]", "Sterk.")
    page.fill("[name=because_en]", "Strong.")
    press(visit, "Preview the letter")
    assert page.get_by_text("Selected: Languages of the Andes").is_visible()
    press(visit, "Decide and send")
    visit.open(f"{desk}application/")
    press(visit, "Begin the application")
    page.fill("[name=starts_on]", "2027-08-01")
    page.fill("[name=ends_on]", "2030-07-31")
    press(visit, "Save")
    no_barrier(visit)


def answer(visit: Visit, interest: ExpressionOfInterest) -> None:
    visit.open(f"/en/staff/interests/{interest.public_id}/")
    with visit.page.expect_navigation():
        visit.page.get_by_role("link", name="Quality questions").click()
    for field in visit.page.locator("[name^=answer_]").all():
        field.fill("Because of the strategy of both.")
    expect(visit.page.locator("#beside")).to_contain_text("Saved at")
    press(visit, "Save")
    no_barrier(visit)


def submit(visit: Visit, desk: str) -> None:
    visit.open(f"{desk}application/")
    press(visit, "Make final")
    press(visit, "Record as submitted")
    kept = ApplicationFile.objects.select_related("stored").get(kind="json").stored
    with default_storage.open(kept.storage_name) as stream:
        body = stream.read()
    assert hashlib.sha256(body).hexdigest() == kept.sha256
    assert kept.sha256 in visit.page.content()
    assert [each["title"]["en"] for each in json.loads(body)["partnerships"]] == ["Languages of the Andes"]


def decide_and_award(visit: Visit, interest: ExpressionOfInterest, desk: str) -> None:
    page = visit.open(f"/en/office/interests/{interest.pk}/agency-decision/")
    page.fill("[name=score]", "85")
    page.fill("[name=amount_cents]", "9000")
    page.fill("[name=decided_on]", "2027-07-01")
    press(visit, "Save")
    page.fill("[name=number]", "2027-1-NL01-KA171")
    page.fill("[name=awarded_on]", "2027-07-05")
    press(visit, "Record the award")
    no_barrier(visit)
    visit.open(desk)
    assert page.get_by_text("complete and publish 1 project").is_visible()
    no_barrier(visit)


def publish(visit: Visit, call: FundingCall) -> None:
    project = Project.objects.get(call=call)
    page = visit.open(f"/en/office/projects/{project.pk}/edit/")
    page.fill("[name=isced_f]", "0232")
    for name in PAIRS:
        for language in ("nl", "en"):
            page.fill(f"[name={name}_{language}]", "Text.")
    press(visit, "Save")
    assert project.coordinators.get().person.full_name == "Writer"
    press(visit, "Publish")
    project.refresh_from_db()
    told = page.locator(".messages, .message, .reasons").all_inner_texts()
    assert project.state == "published", told
    public = visit.open(f"/en/projects/{project.key}/")
    assert public.get_by_role("heading", name="Languages of the Andes").is_visible()
    assert "2" in visit.open("/nl/icm/2027/results/").locator("tfoot").inner_text()
    no_barrier(visit)
