"""The parameters of requests, as query strings and forms carry them: read strictly, because partners check what we refuse."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from goliard.ewp_codec.lexical import ACADEMIC_YEAR

#: More fields than any request of this network has; further ones are refused before they are read.
MOST_FIELDS = 10_000

_DATE_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?)(Z|[+ -][0-9]{2}:[0-9]{2})")


class BadParameters(ValueError):
    """The request must be answered with 400; the message is for the developer of the other node."""


@dataclass(frozen=True, slots=True)
class RequestParameters:
    """The parameters of one request by name; unknown ones may simply not be asked for."""

    values: Mapping[str, tuple[str, ...]]

    def repeated(self, name: str, *, at_most: int | None = None, required: bool = False) -> tuple[str, ...]:
        """Return all values of a parameter, doubles included. Raises `BadParameters` for too many, or for none where one is required."""
        found = self.values.get(name, ())
        if at_most is not None and len(found) > at_most:
            raise BadParameters(f"at most {at_most} values of {name} are allowed in one request")
        if required and not found:
            raise BadParameters(f"the parameter {name} is missing")
        return found

    def single(self, name: str, *, required: bool = False) -> str | None:
        """Return the value of a parameter that may stand only once, `None` where it is absent. Raises `BadParameters`."""
        found = self.repeated(name, required=required)
        if len(found) > 1:
            raise BadParameters(f"the parameter {name} may be given only once")
        return found[0] if found else None

    def modified_since(self) -> dt.datetime | None:
        """Return the moment of `modified_since`, `None` where it is absent.

        Raises `BadParameters` for anything but an `xs:dateTime` with zone. A blank before the zone is read as the `+` that a client
        forgot to encode.
        """
        text = self.single("modified_since")
        if text is None:
            return None
        found = _DATE_TIME.fullmatch(text)
        try:
            return dt.datetime.fromisoformat(found[1][:26] + found[2].replace(" ", "+")) if found else _bad_moment()
        except ValueError:
            return _bad_moment()

    def academic_years(self, name: str = "receiving_academic_year_id") -> tuple[str, ...]:
        """Return academic years such as `2026/2027`. Raises `BadParameters` for a value of another form."""
        years = self.repeated(name)
        if not all(map(ACADEMIC_YEAR.holds, years)):
            raise BadParameters(f"the parameter {name} holds academic years such as 2026/2027")
        return years


def parse_parameters(encoded: bytes) -> RequestParameters:
    """Read a query string or a form. Raises `BadParameters` where it is not UTF-8 in percent-encoding, or endless."""
    try:
        pairs = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:  # also what is no ASCII, and percent-encoded bytes that are no UTF-8
        raise BadParameters("the parameters are not percent-encoded UTF-8, or far too many") from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return RequestParameters({name: tuple(found) for name, found in values.items()})


def render_parameters(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Write a query string or a form."""
    return urlencode(list(pairs)).encode("ascii")


def _bad_moment() -> dt.datetime:
    raise BadParameters("the parameter modified_since is no xs:dateTime with time zone, such as 2026-02-12T15:19:21+01:00")
