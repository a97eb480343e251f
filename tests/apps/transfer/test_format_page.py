"""docs/folder-format.md tells every file and column, and its examples are true."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.apps.transfer.conftest import DEMO, Load

from goliard.apps.institutions.models import Organisation
from goliard.apps.transfer.description import describe_tables
from goliard.apps.transfer.markdown_files import parse_document
from goliard.apps.transfer.tables import TABLES

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "folder-format.md").read_text(encoding="utf-8")
MARK = "<!-- The tables below are written by scripts/folder_format.py. -->\n"


def test_the_tables_are_those_of_the_code() -> None:
    assert PAGE.partition(MARK)[2].strip() == describe_tables().strip(), "run: python scripts/folder_format.py"


def test_every_file_and_column_is_told() -> None:
    sections = dict(re.findall(r"^### `([^`]+)`\n(.*?)(?=^### |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))
    for table in TABLES:
        told = set(re.findall(r"^\| ([a-z_0-9]+) \|", sections[table.file], flags=re.MULTILINE)) - {"column"}
        silent = {"body_nl", "body_en", table.key[0]} if table.form == "markdown" else set()
        assert told == set(table.heading) - silent, table.file
    assert {"folder.yaml", "removals.csv"} <= set(sections)


def test_the_files_that_we_bring_along_are_told() -> None:
    for name in ("university", "reference"):
        for path in (DEMO / name).rglob("*"):
            if path.is_file() and path.suffix in {".csv", ".md"}:
                inside = path.relative_to(DEMO / name)
                assert f"### `{inside.parts[0]}{'/' if len(inside.parts) > 1 else ''}`" in PAGE, inside


def test_the_smallest_folder_loads(countries: Load, folder: Callable[[dict[str, str | bytes]], Path]) -> None:
    example = re.findall(r"```csv\n(key,.*?)```", PAGE, flags=re.DOTALL)[0]
    root = folder({"organisations.csv": example})
    assert countries(root, dry_run=True).changes == 5  # two organisations, three names
    assert countries(root).changes == 5
    assert countries(root).changes == 0
    partner = Organisation.objects.get(key="example-partner")
    assert (partner.name_en, partner.name_nl) == ("Example Partner University", "Example Partner University")


def test_the_example_page_is_well_formed() -> None:
    example = re.findall(r"  ```\n(  ---\n.*?)  ```", PAGE, flags=re.DOTALL)[0]
    front, texts = parse_document(re.sub(r"^  ", "", example, flags=re.MULTILINE))
    assert front == {"title_en": "Going abroad", "title_nl": "Naar het buitenland", "state": "published"}
    assert texts["nl"] == "De Nederlandse tekst."
