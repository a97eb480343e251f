"""The folder that benchmarks load: always the same, visibly fictional, and loaded in good time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bench.public.make_folder import write_folder
from tests.apps.transfer.conftest import Load

from goliard.apps.institutions.models import Organisation
from goliard.apps.projects.models import Project

SECONDS = 60


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_is_always_the_same_and_loads(reference: Load, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_folder(tmp_path / name, organisations=40, projects=60)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    reference(tmp_path / "one")
    partners = Organisation.objects.filter(is_home=False, kind="hei")
    assert (partners.count(), Project.objects.count()) == (40, 60)
    assert not partners.exclude(name_en__startswith="Imaginary ").exists()
    assert not partners.filter(is_illustrative=False).exists()
    assert reference(tmp_path / "two").changes == 0


@pytest.mark.campaign
def test_thousands_of_rows_load_within_a_minute(reference: Load, tmp_path: Path) -> None:
    write_folder(tmp_path / "many", organisations=6000, projects=5000)
    started = time.monotonic()
    reference(tmp_path / "many")
    assert time.monotonic() - started < SECONDS
    assert Project.objects.count() == 5000
