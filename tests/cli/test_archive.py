"""A backup is read with suspicion: what is odd is refused before anything is touched."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from pathlib import Path

import pytest

from goliard.cli.backups import BackupRefused
from goliard.cli.backups.archive import unpack, writing

FACTS = {"migrations": [["journal", "0001"]], "missing_files": [], "made_at": "2022-10-03", "engine": "sqlite"}


def a_backup(path: Path, **entries: bytes) -> Path:
    with writing(path) as writer:
        for name, content in ({"database.jsonl": b"rows"} | {f"files/stored/{name}": content for name, content in entries.items()}).items():
            writer.add(name, io.BytesIO(content), len(content))
        writer.add_manifest(FACTS)
    return path


def changed(source: Path, target: Path, change) -> Path:
    """Write `target` with the members of `source` as `change` returns them."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        members = [(member, old.extractfile(member).read()) for member in old]
        for member, content in change(members):
            member.size = len(content) if member.isreg() else 0
            new.addfile(member, io.BytesIO(content))
    return target


def with_manifest(members, **facts) -> list:
    manifest = json.loads(members[-1][1]) | facts
    return [*members[:-1], (members[-1][0], json.dumps(manifest).encode())]


def test_what_was_written_is_read(tmp_path) -> None:
    unpacked = unpack(a_backup(tmp_path / "b.tar", a=b"A", b=b""), into(tmp_path))
    assert unpacked.paths["database.jsonl"].read_bytes() == b"rows"
    assert {name: path.read_bytes() for name, path in unpacked.files.items()} == {"stored/a": b"A", "stored/b": b""}
    assert unpacked.manifest["made_at"] == "2022-10-03"


def into(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_backup_is_for_its_owner_only(tmp_path) -> None:
    assert stat.S_IMODE(a_backup(tmp_path / "b.tar").stat().st_mode) == 0o600


def test_a_backup_that_fails_leaves_what_was_there(tmp_path) -> None:
    target = tmp_path / "b.tar"
    target.write_bytes(b"the backup of yesterday")
    with pytest.raises(BackupRefused, match="files/stored/a could not be read"), writing(target) as writer:
        writer.add("files/stored/a", io.BytesIO(b"short"), 100)
    assert [path.name for path in tmp_path.iterdir()] == ["b.tar"]
    assert target.read_bytes() == b"the backup of yesterday"


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


@pytest.mark.parametrize(
    ("odd", "why"),
    [
        (member("../outside"), "leads out"),
        (member("files/../../outside"), "leads out"),
        (member("/etc/passwd"), "leads out"),
        (member("files//x"), "leads out"),
        (member("files/./x"), "leads out"),
        (member("files\\x"), "leads out"),
        (member("passwd"), "does not belong"),
        (member("database.sqlite3x"), "does not belong"),
        (member("files/link", tarfile.SYMTYPE, "/etc/passwd"), "not a plain file"),
        (member("files/link", tarfile.LNKTYPE, "database.jsonl"), "not a plain file"),
        (member("files/pipe", tarfile.FIFOTYPE), "not a plain file"),
        (member("files/folder", tarfile.DIRTYPE), "not a plain file"),
        (member("database.jsonl"), "twice"),
        (member("files/stored/unlisted"), "not what the manifest says"),
        (member("database.sqlite3"), "not what the manifest says"),
    ],
)
def test_foreign_entries_are_refused(tmp_path, odd, why) -> None:
    hostile = changed(a_backup(tmp_path / "b.tar", a=b"A"), tmp_path / "c.tar", lambda members: [*members, (odd, b"x")])
    with pytest.raises(BackupRefused, match=why):
        unpack(hostile, into(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == {"b.tar", "c.tar", "out"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda members: [(members[0][0], b"ROWS"), *members[1:]], "not what the manifest says"),
        (lambda members: [(members[0][0], b"rows and more"), *members[1:]], "not what the manifest says"),
        (lambda members: members[1:], "not what the manifest says"),
        (lambda members: members[:-1], "no manifest"),
        (lambda members: [*members[:-1], (members[-1][0], b"{")], "manifest cannot be read"),
        (lambda members: [*members[:-1], (members[-1][0], b"[]")], "manifest cannot be read"),
        (lambda members: with_manifest(members, entries=[{"name": "x"}]), "manifest cannot be read"),
        (lambda members: with_manifest(members, migrations="x"), "manifest cannot be read"),
        (lambda members: with_manifest(members, version=2), "does not know"),
        (lambda members: with_manifest(members, format="x"), "does not know"),
    ],
)
def test_a_backup_that_was_changed_is_refused(tmp_path, change, why) -> None:
    hostile = changed(a_backup(tmp_path / "b.tar", a=b"A"), tmp_path / "c.tar", change)
    with pytest.raises(BackupRefused, match=why):
        unpack(hostile, into(tmp_path))


def test_a_backup_holds_one_database(tmp_path) -> None:
    with writing(tmp_path / "b.tar") as writer:
        writer.add_manifest(FACTS)
    with pytest.raises(BackupRefused, match="one database"):
        unpack(tmp_path / "b.tar", into(tmp_path))


def test_every_cut_of_a_backup_is_refused(tmp_path) -> None:
    whole = a_backup(tmp_path / "b.tar", a=b"A" * 1000).read_bytes()
    with tarfile.open(tmp_path / "b.tar") as tar:
        end = max(info.offset_data + info.size for info in tar)
    for number, length in enumerate([0, 1, 511, 512, 700, 1024, 1600, 2500, end - 1]):
        cut = tmp_path / f"cut{number}.tar"
        cut.write_bytes(whole[:length])
        folder = tmp_path / f"out{number}"
        folder.mkdir()
        with pytest.raises(BackupRefused):
            unpack(cut, folder)
