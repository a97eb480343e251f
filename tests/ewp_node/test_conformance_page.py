"""The page that says which test proves which rule names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "ewp" / "conformance.md"


def test_every_rule_names_a_test_that_there_is() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ") and not line.startswith(("| rule |", "| fault |"))]
    named = [re.search(r"`([\w/]+\.py)::(test_\w+)` \|$", row) for row in rows]
    assert [row for row, found in zip(rows, named, strict=True) if found is None] == []
    missing = [found[0] for found in named if found and not re.search(rf"^def {found[2]}\(", (TESTS / found[1]).read_text(), re.MULTILINE)]
    assert missing == []
    assert len(rows) > 50
