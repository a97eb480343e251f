"""The tar of a backup: `database.*`, `files/…`, and last `manifest.json` with the size and SHA-256 of every other entry."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from goliard.cli.backups import BackupRefused

FORMAT = "goliard-backup"
VERSION = 1
MANIFEST = "manifest.json"
DATABASES = ("database.sqlite3", "database.jsonl")
FILES = "files/"
CHUNK = 1024 * 1024


@dataclass(slots=True)
class Writer:
    """Adds entries to a tar and remembers their hashes."""

    tar: tarfile.TarFile
    entries: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, stream: IO[bytes], size: int) -> str:
        """Add `size` bytes of `stream` as `name`; return their SHA-256. Raises BackupRefused where the stream is shorter."""
        hashing = _Hashing(stream)
        try:
            self.tar.addfile(_described(name, size), hashing)
        except OSError as error:
            raise BackupRefused(f"{name} could not be read: {error}") from error
        digest = hashing.hasher.hexdigest()
        self.entries.append({"name": name, "size": size, "sha256": digest})
        return digest

    def add_manifest(self, facts: dict[str, Any]) -> None:
        """Add the manifest: `facts` and the list of entries."""
        content = json.dumps({"format": FORMAT, "version": VERSION, **facts, "entries": self.entries}, indent=1, sort_keys=True).encode()
        self.tar.addfile(_described(MANIFEST, len(content)), io.BytesIO(content))


class _Hashing:
    """A stream that hashes what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.hasher = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.stream.read(size)
        self.hasher.update(block)
        return block


def _described(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """Write a tar that only its owner can read, and that stands under its name when it is complete or not at all."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 600
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A backup that was read and found whole: its manifest, and where each entry's bytes now stand."""

    manifest: dict[str, Any]
    paths: dict[str, Path]
    entries: dict[str, dict[str, Any]]

    @property
    def database(self) -> str:
        """The name of the database's entry."""
        return next(name for name in DATABASES if name in self.paths)

    @property
    def files(self) -> dict[str, Path]:
        """Storage name -> bytes, for every stored file."""
        return {name.removeprefix(FILES): path for name, path in self.paths.items() if name.startswith(FILES)}


def unpack(source: Path, folder: Path) -> Unpacked:
    """Unpack a backup into `folder`, under names of our own, and check every hash.

    Raises BackupRefused for anything but plain files with plain names, for entries that the manifest does not list or lists otherwise,
    and for what is no backup at all.
    """
    paths: dict[str, Path] = {}
    digests: dict[str, tuple[int, str]] = {}
    try:
        with tarfile.open(source, mode="r:") as tar:
            for number, member in enumerate(tar):
                _refuse_odd(member, paths)
                paths[member.name] = folder / f"{number:08}"
                digests[member.name] = _extract(tar, member, paths[member.name])
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupRefused(f"{source} cannot be read: {error}") from error
    manifest = _manifest(paths.pop(MANIFEST, None))
    digests.pop(MANIFEST, None)
    entries = {entry["name"]: entry for entry in manifest["entries"]}
    listed = {name: (entry["size"], entry["sha256"]) for name, entry in entries.items()}
    if wrong := sorted(name for name in {*listed, *digests} if listed.get(name) != digests.get(name)):
        raise BackupRefused(f"These entries are not what the manifest says: {', '.join(wrong[:5])}")
    if sum(name in paths for name in DATABASES) != 1:
        raise BackupRefused("A backup holds one database.")
    return Unpacked(manifest, paths, entries)


def _refuse_odd(member: tarfile.TarInfo, seen: dict[str, Path]) -> None:
    """Refuse links, devices, folders, names that lead elsewhere, names twice, and names that no backup has."""
    name = member.name
    if not member.isreg():
        raise BackupRefused(f"{name} is not a plain file.")
    parts = PurePosixPath(name).parts
    if name.startswith("/") or "\\" in name or "\0" in name or ".." in parts or "/".join(parts) != name:
        raise BackupRefused(f"{name} leads out of the backup.")
    if name in seen:
        raise BackupRefused(f"{name} stands in the backup twice.")
    if name != MANIFEST and name not in DATABASES and not name.startswith(FILES):
        raise BackupRefused(f"{name} does not belong in a backup.")


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> tuple[int, str]:
    stream = tar.extractfile(member)
    if stream is None:
        raise BackupRefused(f"{member.name} is not a plain file.")
    hasher, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        while block := stream.read(CHUNK):
            hasher.update(block)
            size += len(block)
            target.write(block)
    return size, hasher.hexdigest()


def _manifest(path: Path | None) -> dict[str, Any]:
    """Return the manifest, whose shape is checked before anything relies on it."""
    if path is None:
        raise BackupRefused("There is no manifest: this is no backup of Goliard, or its end is missing.")
    try:
        manifest = json.loads(path.read_bytes())
        entries = [(str(entry["name"]), int(entry["size"]), str(entry["sha256"])) for entry in manifest["entries"]]
        known = manifest["format"] == FORMAT and manifest["version"] == VERSION
        _ = ([(str(app), str(name)) for app, name in manifest["migrations"]], list(manifest["missing_files"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BackupRefused("The manifest cannot be read.") from error
    if not known:
        raise BackupRefused("This backup has a format that this version does not know.")
    if len({name for name, _, _ in entries}) != len(entries):
        raise BackupRefused("The manifest lists an entry twice.")
    loaded: dict[str, Any] = manifest
    return loaded
