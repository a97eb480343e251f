"""Write docs/lifecycles/*.md from the transition tables: `python tools/draw_lifecycles.py`. A test fails while they differ."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from goliard.rules import lifecycles
from goliard.rules.lifecycles.drawing import drawn
from goliard.rules.lifecycles.transition import Lifecycle

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "lifecycles"


def pages() -> dict[str, str]:
    """Return the text of every page by file name."""
    tables = (importlib.import_module(f"{lifecycles.__name__}.{each.name}") for each in pkgutil.iter_modules(lifecycles.__path__))
    found = {value for module in tables for value in vars(module).values() if isinstance(value, Lifecycle)}
    return {f"{each.name}.md": page(each) for each in found}


def page(lifecycle: Lifecycle) -> str:
    """Return the text of one page."""
    title = lifecycle.name.replace("-", " ")
    return f"# The life of a {title}\n\nDrawn from `goliard.rules.lifecycles`; do not edit.\n\n{drawn(lifecycle)}"


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
