"""Translations: Dutch catalogues (`.po`, in the repository) become what gettext reads (`.mo`, made at build time and never committed).

Needs Babel only, so that the build hook, the tests and `goliard prepare` work on a machine without GNU gettext.
"""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = Path(__file__).resolve().parents[1]  # src/goliard


def compile_catalogues(source: Path = SOURCE) -> list[Path]:
    """Compile every `locale/*/LC_MESSAGES/*.po` under `source` that is newer than its `.mo`; return the files written.

    Entries marked fuzzy are left out: an unsure translation is no translation. Safe to call from several processes at once.
    """
    written = []
    for catalogue in sorted(source.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= catalogue.stat().st_mtime_ns:
            continue
        _compile(catalogue, compiled)
        written.append(compiled)
    return written


def _compile(catalogue: Path, compiled: Path) -> None:
    language = catalogue.parent.parent.name
    with catalogue.open("rb") as stream:
        messages = read_po(stream, locale=language, abort_invalid=True)
    beside = compiled.with_name(f"{compiled.name}.{os.getpid()}.part")
    with beside.open("wb") as stream:
        write_mo(stream, messages)
    beside.replace(compiled)  # at once, so that a reader never sees half a file
