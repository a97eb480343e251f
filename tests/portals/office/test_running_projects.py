"""A running project on the office's screens: realised, moved, interrupted, closed; and what surrounds an application."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.apps.projects.test_running import a_project, reported
from tests.factories.calls import NOW, a_selected_interest, actor_of, an_application, an_interest, an_open_call

from goliard.apps.funding.choices import VersionStage
from goliard.apps.funding.models import CallStep, PlanCopy
from goliard.apps.funding.services.versions import hand_in_version
from goliard.apps.messaging.models import Delivery
from goliard.apps.projects.models import BudgetTransfer, ProjectClosure, ProjectFlow, ProjectInterruption

pytestmark = pytest.mark.django_db


def test_realised_numbers_and_money_are_typed_and_what_is_not_verified_is_named(officer: Client) -> None:
    project = a_project()
    address = f"/en/office/projects/{project.pk}/numbers/"
    visit, stay = project.flows.all()
    words = {f"flow-{visit.pk}-realised": 1, f"flow-{visit.pk}-starts_on": "2028-03-01", f"flow-{visit.pk}-prepares": stay.pk,
             f"flow-{stay.pk}-realised": 2, f"flow-{stay.pk}-starts_on": "2028-02-01", "money-travel": "1.000,50"}  # fmt: skip
    assert officer.post(address, words).status_code == 302
    assert sorted(ProjectFlow.objects.values_list("realised", flat=True)) == [1, 2]
    page = officer.get(address).content.decode()
    assert "begins on 2028-03-01, not before" in page
    assert "1000.50" in page
    assert "figure not verified" in page
    assert "Gerealiseerd" in officer.get(address.replace("/en/", "/nl/")).content.decode()
    assert officer.post(address, words | {"money-travel": "much"}).status_code == 422


def test_money_moves_and_a_project_stands_still_on_its_page_of_changes(officer: Client) -> None:
    project = a_project()
    base = f"/en/office/projects/{project.pk}/changes/"
    transfer = {"from_category": "travel", "to_category": "individual_support", "amount_cents": "10", "reason": "More."}
    refused = officer.post(f"{base}transfer/", transfer, follow=True).content.decode()
    assert "No rule is known for this transfer" in refused
    officer.post(f"{base}transfer/", transfer | {"agency_reference": "NA 1"})
    assert BudgetTransfer.objects.get().rule == "amendment"
    officer.post(f"{base}interruption/", {"kind": "force-majeure", "starts_on": "2028-03-01", "reason": "Borders are shut."})
    open_ = ProjectInterruption.objects.get()
    officer.post(f"{base}interruption/{open_.pk}/", {"ends_on": "2028-09-01"})
    page = officer.get(base).content.decode()
    assert "NA 1" in page
    assert "Borders are shut." in page
    assert ProjectInterruption.objects.get().ends_on is not None


def test_the_closure_says_what_stands_in_the_way(officer: Client) -> None:
    project = reported(a_project())
    address = f"/en/office/projects/{project.pk}/closure/"
    page = officer.get(address).content.decode()
    assert "The project still runs." in page
    assert "Returns to the National Agency" in page
    assert officer.post(address, {"evidence": "https://example.org"}).status_code == 422
    assert ProjectClosure.objects.count() == 0


def test_reminders_are_previewed_and_leave_once(officer: Client) -> None:
    stage = an_open_call()
    CallStep.objects.filter(kind="interest").update(due_on="2090-01-01")
    an_interest(stage)
    address = f"/en/office/call-desk/{stage.call.pk}/reminders/"
    assert "Reminder: expression of interest, 2090-01-01 23:59" in officer.get(address).content.decode()
    for _ in range(2):
        officer.post(address, {"step": "interest"})
    assert Delivery.objects.filter(letter="call-reminder").count() == 1


def test_versions_are_answered_and_copies_of_the_plan_stand_beside_it(officer: Client) -> None:
    stage = an_open_call()
    interest = a_selected_interest(stage)
    an_application(stage)
    version = hand_in_version(interest=interest, stage=VersionStage.DRAFT, actor=actor_of(interest.owner), now=NOW)
    address = f"/en/office/interests/{interest.pk}/versions/"
    officer.post(f"{address}{version.pk}/comment/", {"comment": "Say more."})
    page = officer.get(address).content.decode()
    assert "Say more." in page
    assert version.content_hash in page
    base = f"/en/office/call-desk/{stage.call.pk}/what-if/"
    officer.post(f"{base}copy/", {"name": "fewer"})
    copy = PlanCopy.objects.get()
    words = {f"flow-{flow.pk}-{name}": getattr(flow, name) for flow in copy.flows.all() for name in ("days", "travel_days")}
    officer.post(f"{base}{copy.pk}/", words | {f"flow-{flow.pk}-count": 1 for flow in copy.flows.all()})
    page = officer.get(base).content.decode()
    assert "fewer" in page
    assert "1 × 120 days" in page
