"""The names that hold today, and the keys by which lists search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from goliard.apps.institutions.choices import NameKind
from goliard.apps.institutions.models import Country, Organisation, OrganisationIdentifier, OrganisationName, OrganizationalUnit, UnitName
from goliard.rules.values.folding import fold

KEY_LENGTH = 1000


def name_organisation(
    organisation: Organisation, names: Sequence[OrganisationName], identifiers: Iterable[OrganisationIdentifier], today: date
) -> None:
    """Set `name_en`, `name_nl`, `acronym` and `search_key` of `organisation` from its name rows; nothing is saved.

    The official name that holds today in a language counts; without one, the official name in any language, English first. Former
    names and other spellings stay in the search key.
    """
    current = [name for name in names if name.holds_on(today)]
    official = [name for name in current if name.kind == NameKind.OFFICIAL] or [name for name in current if name.kind == NameKind.SHORT]
    organisation.name_en = _in_language(official, "en") or organisation.name_en
    organisation.name_nl = _in_language(official, "nl") or organisation.name_en
    organisation.acronym = next((name.value for name in current if name.kind == NameKind.ACRONYM), "")
    words = [*(name.value for name in names), organisation.city, organisation.key, *(each.value for each in identifiers)]
    organisation.search_key = search_key(words)


def name_unit(unit: OrganizationalUnit, names: Sequence[UnitName], today: date) -> None:
    """Set `name_en` and `name_nl` of `unit` from its name rows; nothing is saved."""
    current = [name for name in names if name.holds_on(today)]
    unit.name_en = _in_language(current, "en") or unit.name_en
    unit.name_nl = _in_language(current, "nl") or unit.name_nl or unit.name_en


def key_country(country: Country, aliases: Iterable[str]) -> None:
    """Set `search_key` of `country` from its names, codes and other spellings; nothing is saved."""
    country.search_key = search_key([country.name_en, country.name_nl, country.iso2, country.iso3, *aliases])[:600]


def search_key(words: Iterable[str]) -> str:
    """Return the folded words, each text once, at most 1000 characters."""
    return " ".join(dict.fromkeys(folded for word in words if (folded := fold(word))))[:KEY_LENGTH]


def _in_language(names: Sequence[OrganisationName | UnitName], language: str) -> str:
    by_language = {name.language: name.value for name in reversed(names)}
    return by_language.get(language) or by_language.get("en") or (names[0].value if names else "")
