"""A student looks for a destination among the demonstration's agreements, in a real browser, without JavaScript and on a telephone too."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

from goliard.apps.agreements.models import FactSheet
from goliard.apps.transfer.services.load import load_folder
from goliard.cli.demo import AGREEMENTS
from goliard.rules.access.actor import system

pytestmark = pytest.mark.browser


@pytest.fixture
def invented(university: None) -> str:
    """The demonstration with its invented agreements; the path of a destination with a fact sheet."""
    load_folder(folder=AGREEMENTS, actor=system("tests"), now=timezone.now())
    sheet = FactSheet.objects.filter(organisation__receiving_conditions__kind="staff-teaching").order_by("pk").first()
    assert sheet is not None
    return f"destinations/{sheet.organisation.key}/"


def test_no_page_of_the_finder_puts_up_a_barrier_or_is_too_wide(visit: Visit, invented: str) -> None:
    barriers, wide = [], []
    for path in ("nl/destinations/", "en/destinations/?view=map&subject=04", "nl/destinations/?q=nothing-at-all", f"en/{invented}"):
        page = visit.open(f"/{path}")
        barriers += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(page)]
        page.set_viewport_size({"width": 360, "height": 780})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
        page.set_viewport_size({"width": 1280, "height": 800})
    assert (barriers, wide) == ([], [])


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_from_the_menu_to_a_destination_without_javascript(visit: Visit, invented: str) -> None:
    page = visit.open("/en/")
    page.click("nav >> text=Destinations")
    page.select_option("#subject", "042")
    page.select_option("#level", "6")
    page.click("button:has-text('Search')")
    assert "subject=042" in page.url
    page.locator("th[scope=row] a").first.click()
    assert page.locator("h1").inner_text().startswith("Fictional ")
    assert "Illustrative." in page.locator("main").inner_text()
