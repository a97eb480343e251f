"""The documentation's diagrams are those of the code."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_pages_are_drawn_from_the_tables() -> None:
    drawn = runpy.run_path(str(ROOT / "tools" / "draw_lifecycles.py"))["pages"]()
    written = {path.name: path.read_text() for path in (ROOT / "docs" / "lifecycles").glob("*.md")}
    assert written == drawn, "run python tools/draw_lifecycles.py"
