"""The pages stay true: their links lead somewhere, the commands that they name exist, and their examples run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from tests.architecture.checks.pages import broken_links, unknown_commands
from tests.architecture.source import ROOT

from goliard.cli import COMMANDS

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").rglob("*.md"), *(ROOT / "src").rglob("README.md")])
EXAMPLES = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_commands_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    found = [*broken_links(page, text), *unknown_commands(page, text, families=set(COMMANDS), makefile=MAKEFILE)]
    assert not found, "\n".join(found)


def test_examples_run() -> None:
    pages = [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")]
    failed = [page.name for page in pages if doctest.testfile(str(page), module_relative=False, optionflags=EXAMPLES).failed]
    assert failed == []


def test_the_architecture_fits_in_two_hundred_lines() -> None:
    assert (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").count("\n") <= 200


@pytest.mark.parametrize(
    "text",
    ["[see](nowhere.md)", "![screen](screenshots/none.png)", "Run `goliard dance`.", "Run `make coffee`."],
)
def test_a_page_that_is_not_true_is_found(tmp_path: Path, text: str) -> None:
    page = tmp_path / "page.md"
    assert len([*broken_links(page, text), *unknown_commands(page, text, families={"load"}, makefile="test: x\n")]) == 1


def test_a_true_page_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other.md").touch()
    page, text = tmp_path / "page.md", "[see](other.md#part), [web](https://example.org), `goliard load FOLDER`, `make test PYTEST=x`"
    assert [*broken_links(page, text), *unknown_commands(page, text, families={"load"}, makefile="test: x\n")] == []
