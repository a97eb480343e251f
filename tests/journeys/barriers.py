"""What axe finds on an open page: the rules of WCAG that a machine can judge."""

from __future__ import annotations

import json
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE: str = Axe().axe_script


def violations(page: Page, *, colours: bool = True) -> list[dict[str, Any]]:
    """Every rule that the page breaks. Judging colours takes two thirds of the time: a page that was judged in these may leave it out.

    Only what is wrong leaves the browser; all that is right is a hundred times as much.
    """
    page.evaluate(AXE)
    options = {"resultTypes": ["violations"], "preload": False, "rules": {"color-contrast": {"enabled": colours}}}
    return list(page.evaluate(f"axe.run({json.dumps(options)}).then(found => found.violations)"))
