"""Dutch catalogues: `update` brings them up to date with the code, `check` lists what is not translated.

Each Django app and portal has its own `locale/nl/LC_MESSAGES/django.po`.
Both commands need GNU gettext (Debian: `apt-get install gettext`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "goliard"
# no line numbers and no wrapping: a catalogue changes only where its words change
EXTRACT = [
    sys.executable,
    "-m",
    "django",
    "makemessages",
    "-l",
    "nl",
    "--no-location",
    "--no-wrap",
    "--no-obsolete",
    "--ignore",
    "project/*",
]


def extract(source: Path) -> None:
    """Run makemessages: the words of each app and portal go into its own catalogue, which is made where missing."""
    packages = [path.parent for ring in ("apps", "portals") for path in sorted((source / ring).glob("*/__init__.py"))]
    packages += [source / "api"] if (source / "api" / "__init__.py").exists() else []
    for package in packages:
        (package / "locale").mkdir(exist_ok=True)
    environment = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(EXTRACT, cwd=source, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nDo these hold words outside apps and portals? {outside(source, packages)}")
    for package in packages:
        if not any((package / "locale").iterdir()):
            (package / "locale").rmdir()


def outside(source: Path, packages: list[Path]) -> str:
    """Modules with words for gettext that no catalogue holds."""
    found = [path for path in source.rglob("*.py") if "gettext" in path.read_text() and not set(path.parents) & set(packages)]
    return ", ".join(path.relative_to(source).as_posix() for path in found)


def untranslated(source: Path) -> list[str]:
    """One line for each entry that is empty, unsure (fuzzy) or half translated."""
    found = []
    for path in sorted(source.glob("**/locale/nl/LC_MESSAGES/*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream, locale="nl")
        for message in catalogue:
            if not message.id:
                continue
            strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
            state = "fuzzy" if message.fuzzy else "missing" if not all(strings) else ""
            if state:
                words = message.id if isinstance(message.id, str) else message.id[0]
                found.append(f"{path.relative_to(source)}: {state}: {words!r}")
    return found


def check() -> int:
    """Extract into a copy, so that checking changes nothing, and print what lacks Dutch."""
    if not shutil.which("xgettext"):
        print("GNU gettext is not on this machine; on Debian: apt-get install gettext")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "goliard"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "migrations"))
        extract(copy)
        found = untranslated(copy)
    print("\n".join([*found, f"{len(found)} without a sure translation: make messages, then translate them"] if found else []))
    return 1 if found else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        extract(SOURCE)
    elif sys.argv[1:] == ["check"]:
        sys.exit(check())
    else:
        sys.exit(__doc__)
