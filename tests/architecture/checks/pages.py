"""Documentation that stays true: links lead somewhere, commands exist, examples run."""

from __future__ import annotations

import re
from pathlib import Path

LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
GOLIARD = re.compile(r"`(?:\.venv/bin/)?goliard ([a-z][a-z-]*)")
MAKE = re.compile(r"(?:`|^)make ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)


def broken_links(page: Path, text: str) -> list[str]:
    """Relative links and pictures that lead to no file."""
    targets = [(first or second).split("#")[0] for first, second in LINK.findall(text)]
    return [
        f"{page.name}: leads nowhere: {target}"
        for target in targets
        if target and "://" not in target and not (page.parent / target).exists()
    ]


def unknown_commands(page: Path, text: str, *, families: set[str], makefile: str) -> list[str]:
    """Commands of `goliard` and targets of `make` that a page names and that do not exist."""
    targets = set(TARGET.findall(makefile))
    found = [f"{page.name}: no such command: goliard {name}" for name in GOLIARD.findall(text) if name not in families]
    return found + [f"{page.name}: no such target: make {name}" for name in MAKE.findall(text) if name not in targets]
