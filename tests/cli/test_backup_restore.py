"""Backup and restore as an administrator does them, on either database."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import FILL, ON_POSTGRESQL, Installation

pytestmark = pytest.mark.django_db  # so that they run on PostgreSQL too

PICTURE = """
    import json
    from django.core.files.storage import default_storage
    from goliard.apps.accounts.models import User
    from goliard.apps.documents.models import StoredFile
    from goliard.apps.people.models import Person
    files = [(f.sha256, default_storage.open(f.storage_name).read().decode()) for f in StoredFile.objects.order_by("name")]
    people = [[p.given_name, p.native_name, p.created_at.isoformat()] for p in Person.objects.all()]
    print(json.dumps([files, people, [u.email for u in User.objects.all()]]))
"""


# each restore on PostgreSQL makes all tables anew, which takes ten seconds of a processor
SAME_FILES = pytest.mark.skipif(ON_POSTGRESQL, reason="files are judged alike on both; the other cases see that PostgreSQL takes all back")


def test_what_was_saved_comes_back_whole(installations, tmp_path) -> None:
    source, target = installations.filled(), installations.empty()
    backup = tmp_path / "b.tar"
    head = source.goliard("journal", "head").strip()
    assert "database and 3 files" in source.goliard("backup", backup)
    assert "database and 3 files" in target.goliard("restore", backup)
    assert target.python(PICTURE) == source.python(PICTURE)
    assert target.goliard("journal", "verify", "--head", head).startswith("whole: 5 entries in 1 seals, 0 unsealed")
    target.python(FILL)  # numbers go on where they were
    refused = target.goliard("restore", backup, expect=1)
    assert "not empty" in refused
    assert "Nothing was changed" in refused
    target.goliard("restore", "--force", backup)
    assert target.python(PICTURE) == source.python(PICTURE)


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL has rows only: the test above moves them")
def test_rows_move_between_installations(installations, tmp_path) -> None:
    source, target = installations.filled(), installations.migrated()  # migrated and empty is empty
    head = source.goliard("journal", "head").strip()
    source.goliard("backup", "--portable", tmp_path / "b.tar")
    target.goliard("restore", tmp_path / "b.tar")
    assert target.python(PICTURE) == source.python(PICTURE)
    assert target.goliard("journal", "verify", "--head", head).startswith("whole")


@pytest.fixture(scope="module")
def saved(installations, tmp_path_factory) -> tuple[Installation, Path]:
    source = installations.filled()
    backup = tmp_path_factory.mktemp("saved") / "b.tar"
    source.goliard("backup", backup)
    return source, backup


@pytest.fixture(scope="module")
def before(saved) -> str:
    return saved[0].python(PICTURE)


def rewritten(backup: Path, target: Path, change) -> Path:
    """Write a backup whose manifest fits what `change` made of its entries: a forger knows how to hash."""
    with tarfile.open(backup) as old:
        entries = {info.name: old.extractfile(info).read() for info in old}
    manifest = json.loads(entries.pop("manifest.json"))
    change(entries, manifest)
    manifest["entries"] = [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in entries.items()
    ]
    with tarfile.open(target, "w") as new:
        for name, content in [*entries.items(), ("manifest.json", json.dumps(manifest).encode())]:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            new.addfile(info, io.BytesIO(content))
    return target


def _add_file(entries, manifest) -> None:
    entries["files/stored/2022/foreign"] = b"x"


def _lose_file(entries, manifest) -> None:
    del entries[next(name for name in entries if name.startswith("files/"))]


def _change_file(entries, manifest) -> None:
    entries[next(name for name in entries if name.startswith("files/"))] = b"another"


def _newer(entries, manifest) -> None:
    manifest["migrations"].append(["journal", "9999_later"])


def _damage(entries, manifest) -> None:
    name = next(name for name in entries if name.startswith("database"))
    entries[name] = entries[name][:5000] + b"\xff{[" * 7000 + entries[name][26000:]  # several pages: one alone may have room to spare


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param(_add_file, "does not know these files", marks=SAME_FILES),
        (_lose_file, "not in the backup as its database says"),
        pytest.param(_change_file, "not in the backup as its database says", marks=SAME_FILES),
        (_newer, "newer version"),
        (_damage, "damaged|do not fit|cannot be read"),
    ],
)
def test_a_forged_backup_changes_nothing(saved, before, tmp_path, change, why) -> None:
    source, backup = saved
    files = sorted(path.name for path in source.folder.rglob("*") if path.is_file() and "sqlite3" not in path.name)
    said = source.goliard("restore", "--force", rewritten(backup, tmp_path / "c.tar", change), expect=1)
    assert re.search(why, said), said
    assert source.python(PICTURE) == before
    assert files == sorted(path.name for path in source.folder.rglob("*") if path.is_file() and "sqlite3" not in path.name)


def test_a_lost_file_is_told_and_the_rest_is_saved(installations, tmp_path) -> None:
    source, target = installations.filled(), installations.migrated()  # migrated and empty is empty
    lost = sorted((source.folder / "files" / "stored").rglob("*/*"))[0]
    lost.unlink()
    assert f"missing or damaged: stored/{lost.parent.name}/{lost.name}" in source.goliard("backup", tmp_path / "b.tar", expect=3)
    assert "was missing or damaged" in target.goliard("restore", tmp_path / "b.tar")


def _with_other_bytes(source: Installation, target: Installation) -> tuple[Path, Path]:
    stored = next(path for path in (source.folder / "files" / "stored").rglob("*/*"))
    there = target.folder / "files" / stored.relative_to(source.folder / "files")
    there.parent.mkdir(parents=True)
    there.write_bytes(b"other bytes")
    return stored, there


def test_a_file_with_other_bytes_stays(saved, installations) -> None:
    source, backup = saved
    target = installations.empty()
    _, there = _with_other_bytes(source, target)
    assert "Another file stands at" in target.goliard("restore", backup, expect=1)
    assert there.read_bytes() == b"other bytes"
    assert [path for path in (target.folder / "files").rglob("*") if path.is_file()] == [there]


@SAME_FILES
def test_a_file_with_other_bytes_is_replaced_by_force(saved, installations) -> None:
    source, backup = saved
    target = installations.empty()
    stored, there = _with_other_bytes(source, target)
    target.goliard("restore", "--force", backup)
    assert there.read_bytes() == stored.read_bytes()


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL has rows only")
def test_an_older_copy_is_migrated_on_its_way(saved, installations, tmp_path) -> None:
    def older(entries, manifest) -> None:
        """As it was before the journal's triggers."""
        path = tmp_path / "old.sqlite3"
        path.write_bytes(entries["database.sqlite3"])
        with closing(sqlite3.connect(path)) as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            database.execute("DELETE FROM django_migrations WHERE app = 'journal' AND name = '0002_immutable'")
            database.commit()
        entries["database.sqlite3"] = path.read_bytes()
        manifest["migrations"].remove(["journal", "0002_immutable"])

    source, backup = saved
    target = installations.empty()
    target.goliard("restore", rewritten(backup, tmp_path / "c.tar", older))
    assert target.python(PICTURE) == source.python(PICTURE)
    with closing(sqlite3.connect(target.folder / "goliard.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (6,)


def test_a_backup_needs_a_folder(saved, tmp_path) -> None:
    assert "There is no folder" in saved[0].goliard("backup", tmp_path / "nowhere" / "b.tar", expect=1)
