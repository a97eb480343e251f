"""The bytes of a folder, read with suspicion: no links, no special files, no surprises in size or number."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from goliard.apps.transfer.faults import Fault, Faults
from goliard.rules.values.texts import Text

MOST_FILES = 20_000
LARGEST_FILE = 50 * 1024 * 1024
LARGEST_FOLDER = 300 * 1024 * 1024


@dataclass(slots=True)
class Folder:
    """The files of a folder by their path in it (with slashes), and one hash over all of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[Text] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """The hash of names and contents: the same for the same folder, wherever it stands."""
        total = hashlib.sha256()
        for name in sorted(self.files):
            total.update(f"{hashlib.sha256(self.files[name]).hexdigest()}  {name}\n".encode())
        return total.hexdigest()


def read_folder(path: Path, faults: Faults) -> Folder:
    """Read every file below `path`. Hidden files are left out with a note; links and special files are faults."""
    folder = Folder()
    if not path.is_dir():
        faults.add(Fault("", Text(f"{path} is geen map.", f"{path} is not a folder.")))
        return folder
    size = 0
    for name, entry in _entries(path, faults, folder):
        content = _content(entry, name, faults)
        if content is None:
            continue
        size += len(content)
        if size > LARGEST_FOLDER or len(folder.files) >= MOST_FILES:
            faults.add(Fault("", Text("De map is te groot.", "The folder is too large.")))
            return folder
        folder.files[name] = content
    return folder


def _entries(root: Path, faults: Faults, folder: Folder) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    for place, folders, files in os.walk(root, followlinks=False):
        here = Path(place)
        for name in sorted([*folders, *files]):
            entry = here / name
            inside = entry.relative_to(root).as_posix()
            if _printable(inside) != inside:
                faults.add(Fault(_printable(inside), Text("Deze naam is geen UTF-8.", "This name is not UTF-8.")))
            elif name.startswith("."):
                folder.notes.append(Text(f"{inside} is overgeslagen (verborgen).", f"{inside} was left out (hidden)."))
            elif entry.is_symlink():
                faults.add(
                    Fault(
                        _printable(inside), Text("Dit is een koppeling; die wordt niet gevolgd.", "This is a link; links are not followed.")
                    )
                )
            elif name in files:
                found.append((inside, entry))
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (here / name).is_symlink())
    return sorted(found)


def _content(entry: Path, name: str, faults: Faults) -> bytes | None:
    try:
        handle = os.open(entry, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        faults.add(Fault(_printable(name), Text(f"Niet te lezen: {error.strerror}.", f"Cannot be read: {error.strerror}.")))
        return None
    with os.fdopen(handle, "rb") as stream:
        about = os.fstat(stream.fileno())
        if not stat.S_ISREG(about.st_mode):
            faults.add(Fault(_printable(name), Text("Dit is geen gewoon bestand.", "This is not an ordinary file.")))
            return None
        content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        mb = LARGEST_FILE // 1024**2
        faults.add(Fault(_printable(name), Text(f"Het bestand is groter dan {mb} MB.", f"The file is larger than {mb} MB.")))
        return None
    return content


def _printable(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def decoded(content: bytes, name: str, faults: Faults, notes: list[Text]) -> str | None:
    """Return UTF-8 text without its byte order mark (noted), or None after adding the fault."""
    if content.startswith(b"\xef\xbb\xbf"):
        notes.append(
            Text(
                f"{name} begint met een byte-ordermarkering; die is weggelaten.", f"{name} starts with a byte order mark; it was left out."
            )
        )
        content = content[3:]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        faults.add(
            Fault(
                name,
                Text(
                    f"Het bestand is geen UTF-8 (regel {row}); bewaar het als ‘CSV UTF-8’.",
                    f"The file is not UTF-8 (line {row}); save it as “CSV UTF-8”.",
                ),
            )
        )
        return None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        faults.add(Fault(name, Text(f"Regel {row} bevat een NUL-teken.", f"Line {row} contains a NUL character.")))
        return None
    return text
