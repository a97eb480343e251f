"""Cells of an import as offices write them: dates as dates, numbers or text, kinds and years in either language."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from django.db import models
from django.utils.translation import override

from goliard.apps.agreements.choices import AgreementKind, AgreementState, ConditionKind
from goliard.apps.agreements.services.imports.sheets import LONGEST_CELL, Cell, Odd
from goliard.rules.values.folding import fold
from goliard.rules.values.texts import Text


class CellFault(Exception):
    """A cell does not hold what its column is for."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.because = Text(nl, en)


_DAY_ZERO = date(1899, 12, 30)  # from which spreadsheets count days
_EARLIEST, _LATEST = date(1950, 1, 1), date(2150, 12, 31)
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2}|[a-z]+)\.?[-/. ]([0-9]{4})")
_MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sept oct nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
KINDS = {
    **{value: value for value in AgreementKind.values},
    "memorandum of understanding": "mou",
    "memorandum": "mou",
    "exchange agreement": "exchange",
    "exchange": "exchange",
    "bilateral": "exchange",
    "uitwisseling": "exchange",
    "uitwisselingsovereenkomst": "exchange",
    "bilateraal": "exchange",
    "erasmus": "iia-programme",
    "interinstitutional": "iia-programme",
    "iia": "iia-programme",
    "iia programme": "iia-programme",
    "ka131": "iia-programme",
    "ka171": "iia-partner",
    "icm": "iia-partner",
    "iia partner": "iia-partner",
    "internship": "traineeship",
    "stage": "traineeship",
    "stageovereenkomst": "traineeship",
    "joint degree": "joint",
    "double degree": "joint",
    "gezamenlijk programma": "joint",
}
STATES = {
    **{value: value for value in AgreementState.values},
    "in effect": "in-effect",
    "active": "in-effect",
    "actief": "in-effect",
    "van kracht": "in-effect",
    "signed": "in-effect",
    "getekend": "in-effect",
    "concept": "draft",
    "expired": "ended",
    "verlopen": "ended",
    "beeindigd": "ended",
}
MOBILITIES = {
    **{value: value for value in ConditionKind.values},
    "student studies": "student-studies",
    "students": "student-studies",
    "studenten": "student-studies",
    "sms": "student-studies",
    "studie": "student-studies",
    "traineeship": "student-traineeship",
    "smp": "student-traineeship",
    "smt": "student-traineeship",
    "stage": "student-traineeship",
    "student traineeship": "student-traineeship",
    "teaching": "staff-teaching",
    "sta": "staff-teaching",
    "staff teaching": "staff-teaching",
    "onderwijs": "staff-teaching",
    "training": "staff-training",
    "stt": "staff-training",
    "staff training": "staff-training",
}


def text_of(cell: Cell, longest: int = LONGEST_CELL) -> str:
    """Return a cell as text; a whole number without its decimals. Raises CellFault for odd cells, control characters and long texts."""
    if isinstance(cell, Odd):
        raise CellFault(cell.because.nl, cell.because.en)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        raise CellFault("Hier staat WAAR of ONWAAR.", "This is TRUE or FALSE.")
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = text.strip()
    if _CONTROL.search(text):
        raise CellFault("Hier staan onzichtbare stuurtekens.", "There are invisible control characters here.")
    if len(text) > longest:
        raise CellFault(f"{len(text)} tekens; hoogstens {longest}.", f"{len(text)} characters; at most {longest}.")
    return text


def day_of(cell: Cell) -> date | None:
    """Return a day, written as a date, as a spreadsheet's number, or as text with the day first (31-12-2028) or ISO. Raises CellFault."""
    if isinstance(cell, date):
        return _sensible(cell)
    text = fold_date(text_of(cell, 60))
    if not text:
        return None
    try:
        if re.fullmatch(r"[0-9]{4,6}", text):
            return _sensible(_DAY_ZERO + timedelta(days=int(text)))
        if found := _ISO.fullmatch(text):
            return _sensible(date(int(found[1]), int(found[2]), int(found[3])))
        if found := _DAY_FIRST.fullmatch(text):
            month = int(found[2]) if found[2].isdigit() else _MONTHS[found[2]]
            return _sensible(date(int(found[3]), month, int(found[1])))
    except (ValueError, KeyError):
        pass
    raise CellFault(f"‘{text[:40]}’ is geen datum als 31-12-2028.", f"“{text[:40]}” is not a date such as 31-12-2028.")


def fold_date(text: str) -> str:
    """Return the text of a date in small letters, single blanks, without a time of midnight."""
    return re.sub(r"[ t]00:00(:00)?$", "", " ".join(text.lower().split()))


def _sensible(day: date) -> date:
    if not _EARLIEST <= day <= _LATEST:
        raise CellFault(f"{day.isoformat()} ligt te ver weg.", f"{day.isoformat()} is too far away.")
    return day


def whole_of(cell: Cell, most: int) -> int | None:
    """Return a whole number from 0 to `most`; None for an empty cell. Raises CellFault."""
    text = text_of(cell, 60)
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > most:
        short = text[:40]
        raise CellFault(f"‘{short}’ is geen geheel getal van 0 tot en met {most}.", f"“{short}” is not a whole number from 0 to {most}.")
    return int(text)


def amount_of(cell: Cell) -> str:
    """Return months or days as a decimal with a point, as it was written. Raises CellFault."""
    text = text_of(cell, 60).replace(",", ".")
    if text and not re.fullmatch(r"[0-9]{1,5}(\.[0-9]{1,4})?", text):
        raise CellFault(f"‘{text[:40]}’ is geen aantal maanden of dagen.", f"“{text[:40]}” is no number of months or days.")
    return text


_YES = frozenset({"ja", "j", "yes", "y", "x", "true", "waar", "1", "✓"})
_NO = frozenset({"", "nee", "n", "no", "false", "onwaar", "0", "-", "–"})


def mark_of(cell: Cell) -> bool:
    """Return whether a cell says yes; an empty one says no. Raises CellFault."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell, 60).lower()
    if text not in _YES | _NO:
        raise CellFault(f"‘{text[:40]}’ is geen ja of nee.", f"“{text[:40]}” is neither yes nor no.")
    return text in _YES


WORDS: dict[str, tuple[type[models.TextChoices], dict[str, str]]] = {
    "kind": (AgreementKind, KINDS),
    "state": (AgreementState, STATES),
    "mobility": (ConditionKind, MOBILITIES),
}


def word_of(cell: Cell, column: str) -> str:
    """Return one of the values of a column of `WORDS`, by its name in either language or another word; "" when empty. Raises CellFault."""
    text = text_of(cell, 120)
    if not text:
        return ""
    found = _named(column).get(fold(text))
    if found is None:
        listed = ", ".join(WORDS[column][0].values)
        raise CellFault(f"‘{text[:40]}’ is geen van: {listed}.", f"“{text[:40]}” is none of: {listed}.")
    return found


@cache
def _named(column: str) -> dict[str, str]:
    choices, words = WORDS[column]
    named = {fold(word): value for word, value in words.items()}
    for language in ("nl", "en"):
        with override(language):
            named |= {fold(str(label)): value for value, label in choices.choices}
    return named
