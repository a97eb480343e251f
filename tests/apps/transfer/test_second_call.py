"""Another call is a folder: no code."""

from __future__ import annotations

from pathlib import Path

from django.test import Client
from tests.apps.transfer.conftest import DEMO, Load

from goliard.apps.funding.models import FundingCall
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.call_numbers import CallNumbers, numbers_of_call

SECOND = Path(__file__).resolve().parents[2] / "folders" / "second-call"


def test_the_second_call_makes_its_own_page(reference: Load, client: Client) -> None:
    reference(DEMO / "university")
    assert reference(SECOND).changes > 100
    assert reference(SECOND).changes == 0
    assert numbers_of_call(FundingCall.objects.get(key="icm-2024")) == CallNumbers(projects=14, partners=15, countries=14, continents=6)
    assert numbers_of_call(FundingCall.objects.get(key="icm-2022")) == CallNumbers(projects=13, partners=17, countries=13, continents=4)
    page = client.get("/en/icm/2024/").content.decode()
    for words in ("<strong>15</strong> partner universities", "<strong>14</strong> countries", "<strong>6</strong> continents"):
        assert words in page
    kenya = client.get("/nl/icm/2024/kenya/").content.decode()
    assert "Denkbeeldige Savanne-universiteit" in kenya
    assert "Denkbeeldige Meer-universiteit" in kenya
    assert len(client.get("/en/icm/2024/partners.csv").content.decode().splitlines()) == 1 + 15


def test_its_projects_are_complete_and_say_that_they_are_invented(reference: Load) -> None:
    reference(DEMO / "university")
    reference(SECOND)
    projects = Project.objects.filter(call__key="icm-2024")
    assert set(projects.values_list("is_historical", "is_illustrative", "state")) == {(False, True, "published")}
