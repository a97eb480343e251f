"""Two offices in the browser agree through the network: `goliard ewp network`, from the first proposal until both have approved."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.fakes.small_network import SmallNetwork, small_network

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql", reason="each university has its own SQLite"),
]
LONG = 180.0  # seconds until something that the workers do is on a screen


@dataclass
class Desk:
    """An officer at one of the universities."""

    page: Page
    address: str

    def open(self, path: str) -> None:
        response = self.page.goto(f"{self.address}/en/office/{path}")
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()

    def wait_for(self, words: str, role: str = "button") -> None:
        """Look at the page again and again, as somebody who waits does, until a button or link is there."""
        until = time.monotonic() + LONG
        while self.page.get_by_role(role, name=words).count() == 0:  # type: ignore[arg-type]
            assert time.monotonic() < until, f"no {role} {words}:\n{self.page.inner_text('main')[:1500]}"
            self.page.wait_for_timeout(500)
            self.page.reload()

    def wait_until_it_says(self, words: str) -> None:
        until = time.monotonic() + LONG
        while words not in self.page.inner_text("main"):
            assert time.monotonic() < until, f"it never says {words}:\n{self.page.inner_text('main')[:1500]}"
            self.page.wait_for_timeout(500)
            self.page.reload()


@pytest.fixture(scope="module")
def network(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallNetwork]:
    """Started after the browser is found."""
    with small_network(Path(tmp_path_factory.mktemp("network")), "--port", "9701") as running:
        yield running


@pytest.fixture
def desks(browser: Browser, network: SmallNetwork) -> Iterator[tuple[Desk, Desk]]:
    context = browser.new_context(
        ignore_https_errors=True
    )  # the browser does not know this machine's authority; the nodes check each other
    found = []
    for address in network.offices:  # one browser, as on one's own machine: the offices must not sign each other out
        page = context.new_page()
        page.goto(f"{address}/en/account/sign-in/")
        page.fill("[name=login]", "officer@example.org")
        page.fill("[name=password]", network.password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/office/")
        found.append(Desk(page, address))
    yield found[0], found[1]
    context.close()


def test_two_offices_propose_map_make_equal_and_approve(desks: tuple[Desk, Desk]) -> None:
    north, south = desks
    north.open("network-agreements/1/")
    north.press("Propose to the partner")

    south.open("network-agreements/")
    south.wait_for("Fictional University of Northmere", role="link")
    south.page.get_by_role("link", name="Fictional University of Northmere").click()
    expect(south.page.get_by_role("heading", name="Which agreement may it be?")).to_be_visible()
    south.press("It is this one")
    south.press("Propose to the partner")
    south.wait_for("Take over the partner’s text as our draft")
    expect(south.page.get_by_text("1 difference", exact=True)).to_be_visible()

    north.wait_for("Yes, it belongs to this agreement")
    north.press("Yes, it belongs to this agreement")

    south.press("Take over the partner’s text as our draft")
    expect(south.page.get_by_text("Our proposal says now what the partner’s copy says.")).to_be_visible()

    for desk in (north, south):
        desk.wait_until_it_says("equivalent")
        desk.wait_for("Approve the partner’s copy")
        desk.press("Approve the partner’s copy")
    for desk in (north, south):
        desk.wait_until_it_says("Both have approved.")
        assert "of the copy as it stands" in desk.page.inner_text("main")
