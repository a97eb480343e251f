"""An officer gives a system a token, in a real browser: the system asks with it, and no more once it is revoked."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit
from tests.journeys.test_office_edit import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("university")]


def ask(visit: Visit, secret: str) -> tuple[int, dict]:
    request = urllib.request.Request(f"{visit.address}/api/v1/partners?limit=1", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def barriers(visit: Visit) -> list[str]:
    found = violations(visit.page)
    wide = [] if visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth") else [f"{visit.path} is wider than the window"]
    return [*wide, *(f"{visit.path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found)]


@pytest.mark.parametrize("visit", [{"viewport": {"width": 360, "height": 780}, "color_scheme": "dark"}], indirect=True)
def test_a_system_asks_with_its_token_until_it_is_revoked(visit: Visit) -> None:
    sign_in(visit)
    page = visit.open("/nl/office/api-tokens/new/")
    found = barriers(visit)
    page.get_by_label("Voor welk systeem is het?").fill("Studentsysteem")
    page.get_by_label("Handelt als").select_option("auditor")
    page.get_by_role("button", name="Token maken").click()
    secret = page.locator("code.link").inner_text()
    found += barriers(visit)
    status, told = ask(visit, secret)
    assert (status, len(told["items"])) == (200, 1)
    page.get_by_role("link", name="Ik heb het gekopieerd").click()
    assert secret not in page.content()
    found += barriers(visit)
    page.get_by_role("link", name="Intrekken").click()
    page.get_by_label("Reden").fill("Het systeem verdwijnt.")
    found += barriers(visit)
    page.get_by_role("button", name="Intrekken").click()
    assert page.get_by_text("Het token is ingetrokken").is_visible()
    assert ask(visit, secret)[0] == 401
    assert found == []
