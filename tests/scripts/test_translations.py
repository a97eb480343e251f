"""The check of the catalogues finds what is missing, unsure or half translated."""

from __future__ import annotations

from pathlib import Path

from scripts.translations import untranslated

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Partner"
msgstr "Partner"

msgid "Award"
msgstr ""

#, fuzzy
msgid "Call"
msgstr "Oproep"

msgid "one country"
msgid_plural "%(count)s countries"
msgstr[0] "een land"
msgstr[1] ""
"""


def test_every_kind_of_gap_is_listed(tmp_path: Path) -> None:
    catalogue = tmp_path / "apps" / "funding" / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    where = "apps/funding/locale/nl/LC_MESSAGES/django.po"
    assert untranslated(tmp_path) == [f"{where}: missing: 'Award'", f"{where}: fuzzy: 'Call'", f"{where}: missing: 'one country'"]
