"""A real browser for journeys. Skipped, with the reason, where no Chromium is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from goliard.apps.transfer.services.load import load_folder
from goliard.cli.demo import UNIVERSITY
from goliard.cli.prepare import load_reference
from goliard.rules.access.actor import system

CHROMIUM = Path(os.environ.get("GOLIARD_CHROMIUM", "/usr/bin/chromium"))
PATIENCE = 90_000.0  # milliseconds: how busy the machine is decides nothing
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: install Chromium, or name one in GOLIARD_CHROMIUM")
    expect.set_options(timeout=PATIENCE)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in this thread; the tests still use the database
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield running
        running.close()


@dataclass
class Visit:
    """A visitor's window, and what it complained about or asked of others."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        response = self.page.goto(f"{self.address}{path}")
        assert response is not None
        assert response.status == 200, f"{path}: {response.status}"
        return self.page

    @property
    def path(self) -> str:
        """Where the visitor is."""
        return self.page.url.removeprefix(self.address)


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A fresh visitor; `@pytest.mark.parametrize("visit", [{...}], indirect=True)` sets the window (as playwright's `new_context`).

    At the end nothing may have been complained about in the console, and nothing asked of another host.
    """
    context = browser.new_context(**getattr(request, "param", {}))
    context.set_default_timeout(PATIENCE)
    visitor = Visit(context.new_page(), live_server.url)
    visitor.page.on("console", lambda message: visitor.complaints.append(message.text) if message.type in {"error", "warning"} else None)
    visitor.page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    visitor.page.on("request", lambda sent: None if _own(sent.url, live_server.url) else visitor.elsewhere.append(sent.url))
    yield visitor
    context.close()
    assert visitor.complaints == []
    assert visitor.elsewhere == []


@pytest.fixture
def university(transactional_db: None) -> None:
    """The demonstration university, as `make demo` loads it, without its sign-ins."""
    load_reference()
    load_folder(folder=UNIVERSITY, actor=system("tests"), now=timezone.now())


def _own(url: str, site: str) -> bool:
    return url.startswith((site, "data:", "about:"))
