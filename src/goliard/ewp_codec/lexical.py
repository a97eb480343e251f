"""The simple types of the schemas: which texts are one. The strict writer refuses the others, the tolerant reader reports them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexical:
    """A simple type.

    `name` is how messages call it. `collapses` says whether white space around a value belongs to it (it does not for numbers and dates,
    as the schema language has it). `check` looks at what the pattern cannot see, such as whether a day exists. `strict` is what we write
    ourselves, where that is less than the schema allows.
    """

    name: str
    pattern: re.Pattern[str]
    collapses: bool = False
    check: Callable[[str], bool] | None = None
    strict: re.Pattern[str] | None = None

    def may_be_written(self, text: str) -> bool:
        """Whether we would write `text` as a value of this type."""
        return self.holds(text) and (self.strict is None or self.strict.fullmatch(text) is not None)

    def holds(self, text: str) -> bool:
        """Whether `text`, without white space around it where the type collapses it, is a value of this type."""
        candidate = text.strip(" \t\r\n") if self.collapses else text
        return self.pattern.fullmatch(candidate) is not None and (self.check is None or self.check(candidate))


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _is_month_day(text: str) -> bool:
    return _is_date(f"2000-{text[2:7]}")  # a leap year, so that 29 February is a day


def _is_positive(text: str) -> bool:
    return any(digit in "123456789" for digit in text)


def _lexical(name: str, pattern: str, *, collapses: bool = False, check: Callable[[str], bool] | None = None, strict: str = "") -> Lexical:
    return Lexical(name, re.compile(pattern), collapses, check, re.compile(strict) if strict else None)


_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"


def _part(characters: str) -> str:
    """Any number of these characters, percent signs only before two hexadecimal digits."""
    return rf"(?:[{characters}]|%[0-9A-Fa-f]{{2}})*"


# Addresses, loosely: what a schema validator takes, which is nearly everything, as it would be escaped before use.
_USER, _NAME, _PATH = _part(r"^/?#%@\[\]"), _part(r"^/?#%@:\[\]"), _part(r"^?#%\[\]")
_QUERY, _FRAGMENT = _part(r"^#%\[\]"), _part("^#%")
_LOOSE = rf"//(?=.)(?:{_USER}@)?(?:\[[^\]]*\]|{_NAME})(?::0*[0-9]{{1,8}})?(?:/{_PATH})?(?:\?{_QUERY})?(?:#{_FRAGMENT})?"

# Addresses, strictly: what every program understands, letters of other scripts included.
_SAFE = r"A-Za-z0-9._~:/@!$&'()*+,;=\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef-"
_HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
_STRICT = rf"//{_HOST}(?:/{_part(_SAFE)})?(?:\?{_part(_SAFE + '?')})?(?:#{_part(_SAFE + '?')})?"

TEXT = _lexical("text", r"[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")
IDENTIFIER = _lexical("identifier of 1 to 64 printable ASCII characters", r"[!-~]{1,64}")
SHA256_HEX = _lexical("SHA-256 in lower-case hexadecimal", r"[0-9a-f]{64}")
EMAIL = _lexical("e-mail address", r"[^@]+@[^.]+\.[^\n\r]+")
HTTPS_URL = _lexical("https URL", rf"https:{_LOOSE}", collapses=True, strict=rf"https:{_STRICT}")
HTTP_URL = _lexical("http or https URL", rf"https?:{_LOOSE}", collapses=True, strict=rf"https?:{_STRICT}")
LANGUAGE = _lexical("language tag", r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*", collapses=True)
COUNTRY = _lexical("country code of two capitals", r"[A-Z]{2}")
E164 = _lexical("telephone number such as +31715272727", r"\+[0-9]{1,15}")
ACADEMIC_YEAR = _lexical("academic year such as 2026/2027", r"[0-9]{4}/[0-9]{4}")
ISCED_F = _lexical("ISCED-F code of four digits", r"[0-9]{4}")
ISCED_V6 = _lexical("ISCED-F code of one to three digits", r"[0-9]{1,3}")
CEFR = _lexical("CEFR level A1 to C2", r"[ABC][12]")
EQF = _lexical("EQF level 1 to 8", r"\+?0*[1-8]", collapses=True)
POSITIVE = _lexical("positive whole number", r"\+?[0-9]+", collapses=True, check=_is_positive)
INTEGER = _lexical("whole number", r"[+-]?[0-9]+", collapses=True)
AMOUNT = _lexical(
    "positive number with at most two decimals", r"\+?(?:[0-9]+(?:\.[0-9]{0,2}0*)?|\.[0-9]{1,2}0*)", collapses=True, check=_is_positive
)
BOOLEAN = _lexical("true or false", r"true|false|1|0", collapses=True)
DATE = _lexical("date such as 2026-09-01", rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_ZONE}", collapses=True, check=_is_date)
MONTH_DAY = _lexical("day of the year such as --04-10", rf"--[0-9]{{2}}-[0-9]{{2}}{_ZONE}", collapses=True, check=_is_month_day)
GENDER = _lexical("gender 0, 1, 2 or 9", r"\+?0*[0129]|-0+", collapses=True)
VERSION = _lexical("version such as 7.0.0", r"[0-9]+\.[0-9]+\.[0-9]+")
BASE64 = _lexical("base64", r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", collapses=True)
ACCESSIBILITY = _lexical("infrastructure or service", r"infrastructure|service")
