"""Catalogues are compiled when they are newer than what was compiled, and unsure entries stay out."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

from goliard.project.translations import compile_catalogues

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Agreement"
msgstr "Overeenkomst"

#, fuzzy
msgid "Award"
msgstr "Prijs"
"""


def written_catalogue(folder: Path) -> Path:
    path = folder / "agreements" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_sure_entries_are_compiled_and_unsure_ones_are_not(tmp_path: Path) -> None:
    compiled = written_catalogue(tmp_path).with_suffix(".mo")
    assert compile_catalogues(tmp_path) == [compiled]
    with compiled.open("rb") as stream:
        dutch = gettext.GNUTranslations(stream)
    assert (dutch.gettext("Agreement"), dutch.gettext("Award")) == ("Overeenkomst", "Award")


def test_only_a_newer_catalogue_is_compiled_again(tmp_path: Path) -> None:
    catalogue = written_catalogue(tmp_path)
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []
    later = catalogue.with_suffix(".mo").stat().st_mtime + 5
    os.utime(catalogue, (later, later))
    assert compile_catalogues(tmp_path) == [catalogue.with_suffix(".mo")]
