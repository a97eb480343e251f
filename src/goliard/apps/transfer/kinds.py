"""Kinds of cells: what a column accepts, how a value is written, and how the docs describe it.

A kind reads text that is not empty; what an empty cell means is the column's business.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Protocol

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from goliard.apps.transfer.faults import CellRefused

LONGEST_CELL = 100_000
_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?[0-9]{1,6}(\.[0-9]{1,15})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?Z")
_DAY_OF_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*")
_is_url = URLValidator(schemes=["http", "https"])
_PERSONS = uuid.UUID("6f0d8f0e-5d5c-5f0e-9a37-0c3d6a3f2b11")  # names persons whose key is a word of the folder's author


class Kind(Protocol):
    """What a cell may hold."""

    @property
    def expects(self) -> str:
        """What the docs say about it, in English."""

    def read(self, text: str) -> object:
        """Return the value of a cell that is not empty, or raise `CellRefused` or `InvalidValue`."""

    def write(self, value: object) -> str:
        """Return the cell of a value that is not None."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text of at most `longest` characters."""

    longest: int = LONGEST_CELL

    @property
    def expects(self) -> str:
        """What the docs say."""
        return "text" if self.longest >= LONGEST_CELL else f"text, at most {self.longest} characters"

    def read(self, text: str) -> str:
        """Return the text."""
        if len(text) > self.longest:
            raise CellRefused(
                f"{len(text)} tekens; hoogstens {self.longest} zijn toegestaan.",
                f"{len(text)} characters; at most {self.longest} are allowed.",
            )
        return text

    def write(self, value: object) -> str:
        """Return the text."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Key(Words):
    """A word that names a row: letters, digits, hyphens, underscores."""

    pattern: re.Pattern[str] = _WORD
    expects_en: str = "a key: letters, digits, hyphens"
    expects_nl: str = "een sleutel van letters, cijfers en koppeltekens"

    @property
    def expects(self) -> str:
        """What the docs say."""
        return f"{self.expects_en} (at most {self.longest})"

    def read(self, text: str) -> str:
        """Return the key."""
        if not self.pattern.fullmatch(text):
            raise CellRefused(f"‘{shortened(text)}’ is niet {self.expects_nl}.", f"“{shortened(text)}” is not {self.expects_en}.")
        return Words.read(self, text)


def address(longest: int) -> Key:
    """Return the kind of a page's address: words joined by slashes."""
    return Key(
        longest,
        _ADDRESS,
        "an address: small letters, digits, hyphens, slashes",
        "een adres van kleine letters, cijfers, koppeltekens en schuine strepen",
    )


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both included."""

    least: int
    most: int

    @property
    def expects(self) -> str:
        """What the docs say."""
        return "a whole number"

    def read(self, text: str) -> int:
        """Return the number."""
        if not _WHOLE.fullmatch(text) or not self.least <= int(text) <= self.most:
            raise CellRefused(
                f"‘{shortened(text)}’ is geen geheel getal van {self.least} tot en met {self.most}.",
                f"“{shortened(text)}” is not a whole number from {self.least} to {self.most}.",
            )
        return int(text)

    def write(self, value: object) -> str:
        """Return the digits."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Degrees:
    """A latitude or longitude, rounded to four decimals (some ten metres)."""

    most: int

    @property
    def expects(self) -> str:
        """What the docs say."""
        return f"degrees from -{self.most} to {self.most} with a point; kept to four decimals"

    def read(self, text: str) -> Decimal:
        """Return the degrees."""
        if not _DECIMAL.fullmatch(text) or abs(Decimal(text)) > self.most:
            raise CellRefused(
                f"‘{shortened(text)}’ is geen coördinaat van -{self.most} tot en met {self.most}, met een punt.",
                f"“{shortened(text)}” is not a coordinate from -{self.most} to {self.most}, with a point.",
            )
        return Decimal(text).quantize(Decimal("0.0001"))

    def write(self, value: object) -> str:
        """Return the shortest text of the same number."""
        return f"{Decimal(str(value)).normalize():f}"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as `2022-10-06`."""

    expects: str = "a date as 2022-10-06"

    def read(self, text: str) -> date:
        """Return the day."""
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        raise CellRefused(f"‘{shortened(text)}’ is geen datum als 2022-10-06.", f"“{shortened(text)}” is not a date such as 2022-10-06.")

    def write(self, value: object) -> str:
        """Return the day in ISO 8601."""
        assert isinstance(value, date)
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as `2022-10-06T14:30:00Z`, in universal time."""

    expects: str = "a moment as 2022-10-06T14:30:00Z, in universal time"

    def read(self, text: str) -> datetime:
        """Return the moment."""
        try:
            if _MOMENT.fullmatch(text):
                return datetime.fromisoformat(text)
        except ValueError:
            pass
        raise CellRefused(
            f"‘{shortened(text)}’ is geen tijdstip als 2022-10-06T14:30:00Z.",
            f"“{shortened(text)}” is not a moment such as 2022-10-06T14:30:00Z.",
        )

    def write(self, value: object) -> str:
        """Return the moment in ISO 8601, with the parts of a second that it has."""
        assert isinstance(value, datetime)
        return value.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of the day as `23:59`."""

    expects: str = "a time of the day as 23:59"

    def read(self, text: str) -> time:
        """Return the time."""
        try:
            if _CLOCK.fullmatch(text):
                return time.fromisoformat(text)
        except ValueError:
            pass
        raise CellRefused(f"‘{shortened(text)}’ is geen tijd als 23:59.", f"“{shortened(text)}” is not a time such as 23:59.")

    def write(self, value: object) -> str:
        """Return hours and minutes, with the seconds that it has."""
        assert isinstance(value, time)
        return value.isoformat("minutes" if value.second == 0 else "seconds")


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day of every year as `05-15`, month first."""

    expects: str = "a day of every year as 05-15 (month, day)"

    def read(self, text: str) -> str:
        """Return the day."""
        try:
            if _DAY_OF_YEAR.fullmatch(text):
                date.fromisoformat(f"2024-{text}")
                return text
        except ValueError:
            pass
        raise CellRefused(f"‘{shortened(text)}’ is geen dag als 05-15.", f"“{shortened(text)}” is not a day such as 05-15.")

    def write(self, value: object) -> str:
        """Return the day."""
        return str(value)


@dataclass(frozen=True, slots=True)
class YesNo:
    """`yes` or `no`; `ja`, `nee`, `true`, `false`, `1` and `0` are read too."""

    expects: str = "`yes` or `no`"

    def read(self, text: str) -> bool:
        """Return whether it is yes."""
        word = text.lower()
        if word in {"yes", "ja", "true", "1"}:
            return True
        if word in {"no", "nee", "false", "0"}:
            return False
        raise CellRefused(f"‘{shortened(text)}’ is geen yes of no.", f"“{shortened(text)}” is neither yes nor no.")

    def write(self, value: object) -> str:
        """Return `yes` or `no`."""
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a fixed list of words."""

    words: tuple[str, ...]

    @property
    def expects(self) -> str:
        """What the docs say."""
        return "one of " + ", ".join(f"`{word}`" for word in self.words)

    def read(self, text: str) -> str:
        """Return the word."""
        if text not in self.words:
            listed = ", ".join(self.words)
            raise CellRefused(f"‘{shortened(text)}’ is geen van: {listed}.", f"“{shortened(text)}” is none of: {listed}.")
        return text

    def write(self, value: object) -> str:
        """Return the word."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Address(Words):
    """A web address that begins with http or https."""

    @property
    def expects(self) -> str:
        """What the docs say."""
        return f"a web address (http or https), at most {self.longest} characters"

    def read(self, text: str) -> str:
        """Return the address."""
        try:
            _is_url(text)
        except (ValidationError, ValueError):
            raise CellRefused(
                f"‘{shortened(text)}’ is geen http- of https-adres.", f"“{shortened(text)}” is not an http or https address."
            ) from None
        return Words.read(self, text)


@dataclass(frozen=True, slots=True)
class Mail(Words):
    """An e-mail address."""

    @property
    def expects(self) -> str:
        """What the docs say."""
        return "an e-mail address"

    def read(self, text: str) -> str:
        """Return the address."""
        try:
            validate_email(text)
        except ValidationError:
            raise CellRefused(f"‘{shortened(text)}’ is geen e-mailadres.", f"“{shortened(text)}” is not an e-mail address.") from None
        return Words.read(self, text)


@dataclass(frozen=True, slots=True)
class Parsed:
    """Text that one of the rules' own parsers reads and writes in its canonical form."""

    parse: Callable[[str], object]
    expects: str

    def read(self, text: str) -> str:
        """Return the canonical text; `InvalidValue` passes through, because it explains itself."""
        return str(self.parse(text))

    def write(self, value: object) -> str:
        """Return the text."""
        return str(value)


@dataclass(frozen=True, slots=True)
class PersonKey:
    """A person's identifier, or a word of the folder's author that always gives the same identifier."""

    expects: str = "a word of your own (always the same for the same person), or the identifier that a dump wrote"

    def read(self, text: str) -> uuid.UUID:
        """Return the identifier."""
        try:
            return uuid.UUID(text)
        except ValueError:
            return uuid.uuid5(_PERSONS, Key(80).read(text))

    def write(self, value: object) -> str:
        """Return the identifier as text."""
        return str(value)


def shortened(text: str) -> str:
    """Return a text as a message quotes it."""
    return text if len(text) <= 60 else text[:57] + "…"
