"""`goliard load`, `dump`, `prepare` and `demo`, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import SOURCE, Installation

pytestmark = pytest.mark.django_db  # so that they run on PostgreSQL too

REFERENCE = SOURCE / "goliard" / "demo" / "reference"
UNIVERSITY = SOURCE / "goliard" / "demo" / "university"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def loaded(installations) -> Installation:
    """An installation with the reference data and the university."""
    made = installations.migrated()
    made.goliard("load", REFERENCE)
    told = made.goliard("load", UNIVERSITY)
    assert "projects: 28 new" in told
    assert told.endswith("The folder is loaded.\n")
    return made


def test_load_dump_and_load_again(loaded, installations, tmp_path) -> None:
    assert "0 rijen veranderd." in loaded.goliard("load", UNIVERSITY, "--lang", "nl")
    assert "projects.csv: 28" in loaded.goliard("dump", tmp_path / "first")
    other = installations.migrated()
    other.goliard("load", tmp_path / "first")
    other.goliard("dump", tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert "1 unsealed" in other.goliard("journal", "verify"), "one entry a load"


def test_a_dump_refuses_a_folder_with_files(loaded, tmp_path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert "is niet leeg" in loaded.goliard("dump", tmp_path, "--lang", "nl", expect=1)
    assert contents(tmp_path) == {"mine.txt": b"mine"}


def test_faults_go_to_the_reader_and_the_shell(loaded, tmp_path) -> None:
    (tmp_path / "organisations.csv").write_text("key,name_en,country,kind\na,A,QQ,school\n")
    lines = loaded.goliard("load", tmp_path, "--lang", "nl", expect=1).splitlines()
    assert lines[0].startswith("organisations.csv, rij 2, kolom country: ‘QQ’ staat niet in countries.csv") or lines[0].startswith(
        "organisations.csv, rij 2, kolom kind: ‘school’ is geen van: hei"
    )
    assert lines[-1] == "De map is niet geladen; er is niets veranderd."


def test_a_dry_run_shows_rows(loaded, tmp_path) -> None:
    (tmp_path / "facts.csv").write_text("key,value\nnationalities,123\n")
    told = loaded.goliard("load", tmp_path, "--dry-run")
    assert "  ~ nationalities\n      value: “122” → “123”\n1 rows would change; nothing was written.\n" in told
    assert "nationalities" in loaded.goliard("load", tmp_path, "--dry-run"), "still to be changed"


def test_prepare_twice(installations) -> None:
    made = installations.prepared()
    assert "reference data: ready" in made.goliard("prepare")
    count = "from goliard.apps.institutions.models import Country; from goliard.apps.journal.models import JournalEntry"
    assert made.python(f"{count}; print(Country.objects.count(), JournalEntry.objects.count())") == "250 1"


def test_prepare_leaves_corrected_countries_alone(installations) -> None:
    made = installations.prepared()
    made.python("from goliard.apps.institutions.models import Country; Country.objects.filter(iso2='NL').update(name_nl='Holland')")
    made.goliard("prepare")
    assert made.python("from goliard.apps.institutions.models import Country; print(Country.objects.get(iso2='NL').name_nl)") == "Holland"


def test_an_unprepared_database_is_said_in_one_sentence(installations, tmp_path) -> None:
    made = installations.empty()
    for command in (("load", UNIVERSITY), ("dump", tmp_path / "dump")):
        told = made.goliard(*command, expect=1)
        assert "`goliard prepare` prepares it." in told
        assert "Traceback" not in told
