"""Texts that list codes with commas between them, and the validators that refuse what is no such code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import AdviceColour
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.people.choices import StaffCategory
from goliard.apps.rounds.choices import StayPurpose
from goliard.rules.values.cefr import CefrLevel
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field

LISTED = _("With a comma between them; empty asks nothing.")


def listed(text: str) -> tuple[str, ...]:
    """Return the parts of a text that stand with commas between them."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def isced_codes(text: str) -> None:
    """Refuse what is no ISCED-F code."""
    _each(text, parse_isced_field, _("“%(part)s” is no ISCED-F code."))


def languages(text: str) -> None:
    """Refuse what is no language with its level."""
    _each(text, _language, _("“%(part)s” is no language with a level, such as en B2."))


def countries(text: str) -> None:
    """Refuse what is no ISO code of two letters."""
    _each(text, _two_letters, _("“%(part)s” is no country code of two letters."))


def colours(text: str) -> None:
    """Refuse what is no colour of the travel advice."""
    _each(text, lambda part: AdviceColour(part.lower()), _("“%(part)s” is none of green, yellow, orange, red."))


def home_units(text: str) -> None:
    """Refuse what is no key of a unit of the home institution."""
    wanted = set(listed(text))
    known = set(OrganizationalUnit.objects.filter(organisation__is_home=True, key__in=wanted).values_list("key", flat=True))
    if unknown := sorted(wanted - known):
        raise ValidationError(_("There is no home unit with the key “%(part)s”."), params={"part": unknown[0]})


def purposes(text: str) -> None:
    """Refuse what is no purpose of a stay."""
    _each(text, StayPurpose, _("“%(part)s” is none of study, traineeship, research, activity, teaching, training."))


def staff_categories(text: str) -> None:
    """Refuse what is no category of staff."""
    _each(text, StaffCategory, _("“%(part)s” is none of academic, support."))


def file_types(text: str) -> None:
    """Refuse a type of file that cannot be handed in."""
    _each(text, ("pdf", "jpeg", "png").index, _("“%(part)s” is none of pdf, jpeg, png."))


def _each(text: str, parse: Callable[[str], Any], says: Any) -> None:
    for part in listed(text):
        try:
            parse(part)
        except (ValueError, InvalidValue):
            raise ValidationError(says, params={"part": part}) from None


def _language(part: str) -> None:
    language, _blank, level = part.partition(" ")
    _two_letters(language)
    CefrLevel(level.strip().upper())


def _two_letters(part: str) -> None:
    if len(part) != 2 or not part.isascii() or not part.isalpha():
        raise ValueError(part)
