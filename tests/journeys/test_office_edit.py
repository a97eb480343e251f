"""An officer at work, in a real browser: an edit of the register shows on the public site at once."""

from __future__ import annotations

import pytest
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

from goliard.apps.accounts.models import RoleAssignment, User
from goliard.apps.projects.models import Project
from goliard.rules.access.actor import Role

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("university")]
PASSWORD = "a password for this test only"
SENTENCE = "{} partner universities in 13 countries on 4 continents"
PAGES = (
    "", "projects/", "projects/?state=draft&q=cuba", "projects/new/", "calls/", "pages/", "pages/new/", "news/", "news/new/", "facts/",
    "images/new/", "organisations/", "reports/translations/", "reports/unpublishable/", "initiatives/new/", "reports/portfolio/",
    "journal/", "accounts/", "agreements/", "organisations/new/", "people/", "networks/new/", "countries/", "calls/new/", "letters/",
)  # fmt: skip


def sign_in(visit: Visit) -> None:
    user = User(email="officer@example.org", display_name="Officer")
    user.set_password(PASSWORD)
    user.save()
    RoleAssignment.objects.create(user=user, role=Role.OFFICER)
    page = visit.open("/en/account/sign-in/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url("**/office/")


def test_an_officer_adds_an_eighteenth_partner_and_the_public_sentence_says_so(visit: Visit) -> None:
    sign_in(visit)
    assert SENTENCE.format(17) in " ".join(visit.open("/en/icm/2022/").locator("main").inner_text().split())
    project = Project.objects.get(key="icm-2022-colombia")
    page = visit.open(f"/en/office/projects/{project.pk}/edit/")
    row = page.locator("fieldset.parts[data-prefix=partners] .part-row.new").first
    row.locator("[name$=-organisation]").fill("universidad-ecci")
    row.locator("[name$=-position]").fill("3")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(f"**/projects/{project.pk}/")
    assert page.get_by_text("“Astronomy with Colombia” is saved.").is_visible()
    assert SENTENCE.format(18) in " ".join(visit.open("/en/icm/2022/").locator("main").inner_text().split())
    assert "18 partneruniversiteiten" in " ".join(visit.open("/nl/icm/2022/").locator("main").inner_text().split())
    history = visit.open(f"/en/office/projects/{project.pk}/history/")
    assert history.get_by_text("partner of a project: organisation", exact=False).first.is_visible()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("visit", [{}, {"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"}], indirect=True)
def test_no_page_of_the_office_puts_up_a_barrier(visit: Visit, language: str) -> None:
    """In both languages; the colours, which are the same in both, are judged on the English pages."""
    sign_in(visit)
    project = Project.objects.get(key="icm-2022-ethiopia")
    found = []
    for path in (*PAGES, *(f"projects/{project.pk}/{screen}" for screen in ("", "edit/", "history/", "delete/"))):
        if path.endswith("delete/"):
            visit.page.goto(f"{visit.address}/{language}/office/{path}")  # 409 where somebody uses it
            visit.complaints.clear()
        else:
            visit.open(f"/{language}/office/{path}")
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the window"
        found += [f"{path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(visit.page, colours=language == "en")]
    assert found == []
