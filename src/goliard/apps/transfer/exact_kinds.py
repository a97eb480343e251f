"""Further kinds of cells: identifiers of rows, exact numbers, and texts that a screen of the office checks."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import translation

from goliard.apps.transfer.faults import CellRefused
from goliard.apps.transfer.kinds import Key, Words, shortened

_ROWS = uuid.UUID("b7d8a2c4-9f13-5a6e-8c57-41e0d2f6a390")  # names rows whose key is a word of the folder's author


@dataclass(frozen=True, slots=True)
class RowKey:
    """A row's identifier, or a word of the folder's author that always gives the same identifier."""

    expects: str = "a word of your own (always the same for the same row), or the identifier that a dump wrote"

    def read(self, text: str) -> uuid.UUID:
        """Return the identifier."""
        try:
            return uuid.UUID(text)
        except ValueError:
            return uuid.uuid5(_ROWS, Key(80).read(text))

    def write(self, value: object) -> str:
        """Return the identifier as text."""
        return str(value)


@dataclass(frozen=True, slots=True)
class Exact:
    """A number of so many digits, so many of them behind the point, never below 0; a comma is read too."""

    digits: int
    decimals: int

    @property
    def expects(self) -> str:
        """What the docs say."""
        return f"a number with a point, at most {self.decimals} decimal{'s' if self.decimals > 1 else ''}"

    def read(self, text: str) -> Decimal:
        """Return the number."""
        whole = self.digits - self.decimals
        if not re.fullmatch(rf"[0-9]{{1,{whole}}}([.,][0-9]{{1,{self.decimals}}})?", text):
            raise CellRefused(
                f"‘{shortened(text)}’ is geen getal met hoogstens {self.decimals} decimalen.",
                f"“{shortened(text)}” is not a number with at most {self.decimals} decimals.",
            )
        return Decimal(text.replace(",", ".")).quantize(Decimal(1).scaleb(-self.decimals))

    def write(self, value: object) -> str:
        """Return the shortest text of the same number."""
        return f"{Decimal(str(value)).normalize():f}"


@dataclass(frozen=True, slots=True)
class Validated(Words):
    """Text that the validators of its field accept."""

    validators: tuple[Callable[[str], None], ...] = ()

    @property
    def expects(self) -> str:
        """What the docs say."""
        return f"text as its screen in the office takes it, at most {self.longest} characters"

    def read(self, text: str) -> str:
        """Return the text; what a screen of the office refuses is refused with its words."""
        said = {}
        for language in ("nl", "en"):
            with translation.override(language):
                try:
                    for validator in self.validators:
                        validator(text)
                except ValidationError as error:
                    said[language] = " ".join(error.messages)
        if said:
            raise CellRefused(said["nl"], said["en"])
        return Words.read(self, text)
