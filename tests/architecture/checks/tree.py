"""The repository as a whole: no address of a machine or an index, nothing that belongs elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

TEXT = {
    ".cfg",
    ".css",
    ".csv",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".po",
    ".py",
    ".sh",
    ".svg",
    ".toml",
    ".txt",
    ".typ",
    ".xml",
    ".yaml",
    ".yml",
    "",
}
SKIPPED = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    "node_modules",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
    "dist",
}
# Written in parts, so that this file does not find itself.
PROHIBITED = {
    "a path of one machine": re.compile("/" + r"work/(main|wt|venv|tools|shared)\b|/" + r"root/|/home/[a-z]"),
    "a package index": re.compile(
        "|".join((r"py" + r"pi\.org", r"python" + r"hosted\.org", r"registry\." + r"npmjs", r"--index" + "-url", r"--find" + "-links"))
    ),
}


def files(root: Path) -> list[Path]:
    """Every text file of the repository."""
    found = (path for path in root.rglob("*") if path.is_file() and not SKIPPED & set(path.relative_to(root).parts))
    return sorted(path for path in found if path.suffix in TEXT)


def prohibited(path: str, text: str) -> list[str]:
    """Lines that name what no file of the project may name."""
    return [
        f"{path}:{number}: {what}: {line.strip()[:80]}"
        for number, line in enumerate(text.splitlines(), 1)
        for what, pattern in PROHIBITED.items()
        if pattern.search(line)
    ]
