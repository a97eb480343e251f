"""A reviewer fills in a sheet; an officer sees the ranking, previews the letter, and decides."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.calls import NOW, a_writer, actor_of, an_interest, an_open_call

from goliard.apps.funding.models import ExpressionOfInterest, ScoringSheet
from goliard.apps.funding.services.interests import submit_interest
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def test_from_assignment_to_decision() -> None:
    stage = an_open_call()
    interest = an_interest(stage)
    submit_interest(interest=interest, actor=actor_of(interest.owner), now=NOW)
    officer, reviewer = Client(), Client()
    officer.force_login(a_writer("officer@example.org", Role.OFFICER))
    reviewer.force_login(a_writer("reviewer@example.org"))
    base = f"/en/office/interests/{interest.pk}"
    assert "There is no account" in officer.post(f"{base}/assign/", {"email": "nobody@example.org"}, follow=True).content.decode()
    assert "does not review it" in officer.post(f"{base}/assign/", {"email": "writer@example.org"}, follow=True).content.decode()
    officer.post(f"{base}/assign/", {"email": "reviewer@example.org"})
    sheet = ScoringSheet.objects.get()
    assert "Stars over Ethiopia" in reviewer.get("/en/staff/").content.decode()
    assert reviewer.post(f"/en/staff/sheets/{sheet.pk}/", {}).status_code == 422
    points = {f"points_{question.pk}": 8 for question in stage.call.questions.filter(stage="interest")}
    assert reviewer.post(f"/en/staff/sheets/{sheet.pk}/", points).status_code == 302
    assert "Mean of 1 sheet(s): 40.0 points." in officer.get(f"/en/office/call-desk/{stage.call.pk}/ranking/").content.decode()
    words = {"outcome": "select", "because_nl": "Sterk.", "because_en": "Strong."}
    assert "Selected: Stars over Ethiopia" in officer.post(f"{base}/decide/", words | {"preview": "1"}).content.decode()
    assert ExpressionOfInterest.objects.get().state == "submitted"
    assert officer.post(f"{base}/decide/", words | {"decide": "1"}).status_code == 302
    writer = Client()
    writer.force_login(interest.owner)
    assert "Strong." in writer.get(f"/en/staff/interests/{interest.public_id}/").content.decode()
