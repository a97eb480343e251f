"""The decision and the award on the office's screens, and the results on the public site."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.apps.content.test_awarding import submitted

from goliard.apps.content.models import NewsItem
from goliard.apps.funding.models import ExpressionOfInterest
from goliard.apps.projects.models import Project

pytestmark = pytest.mark.django_db


def test_from_the_letter_of_the_agency_to_the_results_page(officer: Client, client: Client) -> None:
    application = submitted()
    base = f"/en/office/call-desk/{application.call_id}/"
    words = {"outcome": "awarded", "score": "80", "amount_cents": "7000", "decided_on": "2027-07-01", "note": ""}
    for interest in ExpressionOfInterest.objects.all():
        counts = {f"flow_{flow.pk}": flow.count for flow in interest.flows.filter(stage="application")}
        address = f"/en/office/interests/{interest.pk}/agency-decision/"
        assert officer.post(address, words | counts | {"score": "59"}).status_code == 422
        assert officer.post(address, words | counts).status_code == 302
    assert officer.post(f"{base}award/", {"number": ""}).status_code == 302
    officer.post(f"{base}award/", {"number": "2027-1-NL01", "awarded_on": "2027-07-01"})
    assert Project.objects.count() == 2
    page = officer.get(f"{base}decisions/").content.decode()
    assert "2027-1-NL01" in page
    assert "€14,000.00" in page
    assert NewsItem.objects.get().title_nl == "Subsidie voor 2 uitwisselingsprojecten"
    year = application.call.year
    assert client.get(f"/nl/icm/{year}/results/").status_code == 404
    Project.objects.update(state="published")
    assert "Gerealiseerd" in client.get(f"/nl/icm/{year}/results/").content.decode()


def test_the_call_at_a_glance_says_who_must_act_and_adds_up_by_region_and_faculty(officer: Client) -> None:
    application = submitted()
    page = officer.get(f"/en/office/call-desk/{application.call_id}/").content.decode()
    assert "decides; then the office records it (2 open)" in page
    assert "Sub-Saharan Africa" in page
    assert "Faculty of Stars" in page
