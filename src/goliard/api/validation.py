"""What does not fit the document, in words: one sentence for each kind of fault that pydantic names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from goliard.api.problems import Fault, Problem
from goliard.rules.values.academic_year import InvalidAcademicYear
from goliard.rules.values.texts import Text

_NUMBER = Text("moet een getal zijn", "must be a number")
_WHOLE = Text("moet een geheel getal zijn", "must be a whole number")
_DATE = Text("moet een datum zijn zoals 2026-09-01", "must be a date such as 2026-09-01")
_YES_NO = Text("moet true of false zijn", "must be true or false")
_TEXT = Text("moet tekst zijn", "must be text")
_LIST = Text("moet een lijst zijn", "must be a list")
_OBJECT = Text("moet een object zijn", "must be an object")
_YEAR = InvalidAcademicYear.expected
_OTHER = Text("is niet geldig", "is not valid")
_SENTENCES = {
    "missing": Text("ontbreekt", "is missing"),
    "extra_forbidden": Text("is hier niet bekend", "is not known here"),
    "greater_than_equal": Text("moet minstens {ge} zijn", "must be at least {ge}"),
    "less_than_equal": Text("mag hoogstens {le} zijn", "may be at most {le}"),
    "string_too_short": Text("moet minstens {min_length} tekens hebben", "must have at least {min_length} characters"),
    "string_too_long": Text("mag hoogstens {max_length} tekens hebben", "may have at most {max_length} characters"),
    "string_pattern_mismatch": Text("past niet bij het patroon {pattern}", "does not fit the pattern {pattern}"),
    "literal_error": Text("moet een van deze zijn: {expected}", "must be one of these: {expected}"),
    "enum": Text("moet een van deze zijn: {expected}", "must be one of these: {expected}"),
    "too_long": Text("mag hoogstens {max_length} delen hebben", "may have at most {max_length} parts"),
    "too_short": Text("moet minstens {min_length} delen hebben", "must have at least {min_length} parts"),
    "academic_year": Text(f"verwacht wordt {_YEAR.nl}", f"expected is {_YEAR.en}"),
    "int_parsing": _WHOLE, "int_type": _WHOLE, "int_from_float": _WHOLE, "int_parsing_size": _WHOLE,
    "float_parsing": _NUMBER, "float_type": _NUMBER, "decimal_parsing": _NUMBER, "decimal_type": _NUMBER,
    "date_parsing": _DATE, "date_type": _DATE, "date_from_datetime_parsing": _DATE, "date_from_datetime_inexact": _DATE,
    "bool_parsing": _YES_NO, "bool_type": _YES_NO,
    "string_type": _TEXT, "string_unicode": _TEXT,
    "list_type": _LIST,
    "model_type": _OBJECT, "model_attributes_type": _OBJECT, "dict_type": _OBJECT,
}  # fmt: skip


def invalid(errors: Iterable[Mapping[str, Any]]) -> Problem:
    """Return the problem for what pydantic found: every fault with its field."""
    faults = tuple(_fault(each) for each in errors)
    names = ", ".join(dict.fromkeys(each.field or "body" for each in faults))
    return Problem(422, "invalid", Text(f"Niet in orde: {names}.", f"Not in order: {names}."), faults)


def _fault(error: Mapping[str, Any]) -> Fault:
    kind = str(error["type"])
    known = _SENTENCES.get(kind, _OTHER)
    words = {name: str(value).replace(" or ", ", ") for name, value in error.get("ctx", {}).items()}
    return Fault(_field(error["loc"]), kind.replace("_", "-"), Text(known.nl.format(**words), known.en.format(**words)))


def _field(place: Iterable[object]) -> str:
    """`("body", "agreement", "parties", 0, "unit")` is `parties.0.unit`: the caller knows no name of our argument."""
    source, *rest = place
    return ".".join(str(part) for part in (rest[1:] if len(rest) > 1 else rest if source != "body" else []))
