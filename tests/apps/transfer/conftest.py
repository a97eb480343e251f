"""Folders that tests load: the reference data, the demonstration university, and small ones of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

import goliard.demo
from goliard.apps.transfer.report import LoadReport
from goliard.apps.transfer.services.load import load_folder
from goliard.rules.access.actor import system

DEMO = Path(goliard.demo.__file__).parent
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

Load = Callable[..., LoadReport]


@pytest.fixture
def load(db: None) -> Load:
    """Load a folder."""

    def loaded(folder: Path, *, dry_run: bool = False) -> LoadReport:
        return load_folder(folder=folder, actor=system("test"), now=NOW, dry_run=dry_run)

    return loaded


@pytest.fixture
def reference(load: Load) -> Load:
    """Load folders into a database that has the countries."""
    load(DEMO / "reference")
    return load


@pytest.fixture
def countries(load: Load, folder: Callable[[dict[str, str | bytes]], Path]) -> Load:
    """Load folders into a database that has four countries: two inside the programme, two outside."""
    names = "BE,Belgium,België,europe,50.5,4.5\nDE,Germany,Duitsland,europe,51,10\nNL,Netherlands,Nederland,europe,52,5\n"
    statuses = "".join(f"{iso2},2014-01-01,2027-12-31,programme,U,test\n" for iso2 in ("BE", "DE", "NL"))
    load(
        folder(
            {
                "countries.csv": f"iso2,name_en,name_nl,continent,lat,lon\n{names}ET,Ethiopia,Ethiopië,africa,9,39\n",
                "country_statuses.csv": "country,valid_from,valid_until,status,verification_status,source\n"
                f"{statuses}ET,2014-01-01,2027-12-31,partner,U,test\n",
            }
        )
    )
    return load


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write a folder from names and contents."""

    def written(files: dict[str, str | bytes]) -> Path:
        root = tmp_path / f"folder-{len(list(tmp_path.iterdir()))}"
        root.mkdir()
        for name, content in files.items():
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return written
