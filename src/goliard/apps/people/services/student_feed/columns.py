"""The columns of the feed: what each holds, and how its cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from goliard.rules.values.cefr import CefrLevel, parse_cefr_level
from goliard.rules.values.eqf import EqfLevel, parse_eqf_level
from goliard.rules.values.identifiers import parse_esi
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.scaled import parse_scaled
from goliard.rules.values.texts import Text

_LANGUAGE = re.compile(r"[a-z]{2}")
_CYCLES = {"short": EqfLevel.SHORT_CYCLE, "bachelor": EqfLevel.BACHELOR, "master": EqfLevel.MASTER, "doctorate": EqfLevel.DOCTORATE}
MOST_CREDITS, LEAST_AVERAGE, MOST_AVERAGE = 100_000, 1_000, 10_000  # hundredths of an EC; thousandths of a mark


class CellWrong(ValueError):
    """A cell does not hold what its column holds."""

    def __init__(self, nl: str, en: str) -> None:
        self.text = Text(nl, en)
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class FeedColumn:
    """A column: its heading, whether each row must fill it, how a filled cell is read, and what it holds."""

    key: str
    read: Callable[[str], Any]
    about: Text
    required: bool = False


def a_text(most: int) -> Callable[[str], str]:
    """Return how a text of at most so many characters is read."""

    def read(cell: str) -> str:
        if len(cell) > most:
            raise CellWrong(f"Dit is langer dan {most} tekens.", f"This is longer than {most} characters.")
        if not cell.isprintable():
            raise CellWrong("Hier staan tekens die niet te lezen zijn.", "There are characters here that cannot be read.")
        return cell

    return read


def an_email(cell: str) -> str:
    """Return an e-mail address in lower case. Raises CellWrong."""
    try:
        validate_email(cell)
    except ValidationError:
        raise CellWrong(f"‘{cell[:80]}’ is geen e-mailadres.", f"“{cell[:80]}” is no e-mail address.") from None
    return cell.lower()


def a_day(cell: str) -> date:
    """Return a day in ISO 8601. Raises CellWrong."""
    try:
        return date.fromisoformat(cell) if len(cell) == 10 else date.fromisoformat("")
    except ValueError:
        raise CellWrong(f"‘{cell[:20]}’ is geen datum als 2026-09-01.", f"“{cell[:20]}” is no date such as 2026-09-01.") from None


def _cycle(cell: str) -> int:
    return int(_CYCLES.get(cell.lower()) or _higher(parse_eqf_level(cell)))


def _higher(level: EqfLevel) -> EqfLevel:
    if not level.is_higher_education:
        raise CellWrong("Dit is geen niveau van het hoger onderwijs (5 tot en met 8).", "This is no level of higher education (5 to 8).")
    return level


def _credits(cell: str) -> int:
    credits_ = parse_scaled(cell, 2)
    if credits_ > MOST_CREDITS:
        raise CellWrong("Dit zijn meer dan 1000 EC.", "This is more than 1000 EC.")
    return credits_


def _average(cell: str) -> int:
    average = parse_scaled(cell, 3)
    if not LEAST_AVERAGE <= average <= MOST_AVERAGE:
        raise CellWrong("Een gemiddelde ligt tussen 1 en 10.", "An average lies between 1 and 10.")
    return average


def _nationalities(cell: str) -> frozenset[str]:
    return frozenset(cell.upper().replace(",", " ").replace(";", " ").split())


def _languages(cell: str) -> dict[str, CefrLevel]:
    found: dict[str, CefrLevel] = {}
    for part in cell.replace(",", ";").split(";"):
        code, _blank, level = part.strip().replace(":", " ").partition(" ")
        if not part.strip():
            continue
        if not _LANGUAGE.fullmatch(code.lower()):
            raise CellWrong(
                f"‘{part.strip()[:20]}’: schrijf taal en niveau als «en C1; de B2».",
                f"“{part.strip()[:20]}”: write language and level as “en C1; de B2”.",
            )
        if found.setdefault(code.lower(), parse_cefr_level(level)) is not parse_cefr_level(level):
            raise CellWrong(f"De taal {code} staat er met twee niveaus.", f"The language {code} is there with two levels.")
    return found


COLUMNS: tuple[FeedColumn, ...] = (
    FeedColumn("student_number", a_text(60), Text("studentnummer: hieraan wordt de student herkend", "names the student"), required=True),
    FeedColumn("given_name", a_text(120), Text("voornaam", "given name")),
    FeedColumn("family_name", a_text(120), Text("achternaam", "family name"), required=True),
    FeedColumn("native_name", a_text(250), Text("naam in eigen schrift", "name in own script")),
    FeedColumn("email", an_email, Text("e-mailadres van de instelling", "the institution's e-mail address"), required=True),
    FeedColumn("esi", lambda cell: str(parse_esi(cell)), Text("European Student Identifier", "European Student Identifier")),
    FeedColumn(
        "nationalities", _nationalities, Text("alle nationaliteiten, landcodes: «NL DE»", "all nationalities, country codes: “NL DE”")
    ),
    FeedColumn("programme", a_text(40), Text("code van de opleiding", "code of the programme"), required=True),
    FeedColumn("programme_name_nl", a_text(250), Text("opleiding in het Nederlands", "programme in Dutch")),
    FeedColumn("programme_name_en", a_text(250), Text("opleiding in het Engels", "programme in English")),
    FeedColumn("cycle", _cycle, Text("bachelor, master, doctorate, of EQF 5-8", "bachelor, master, doctorate, or EQF 5-8"), required=True),
    FeedColumn("unit", a_text(80), Text("sleutel van faculteit of instituut", "key of the faculty or institute"), required=True),
    FeedColumn("subject", lambda cell: parse_isced_field(cell).code, Text("vakgebied, ISCED-F-code", "subject area, ISCED-F code")),
    FeedColumn("enrolled_from", a_day, Text("eerste dag van de inschrijving", "first day of the enrolment"), required=True),
    FeedColumn("enrolled_until", a_day, Text("laatste dag; leeg zolang die niet bekend is", "last day; empty while it is not known")),
    FeedColumn("credits", _credits, Text("behaalde studiepunten (EC) in deze opleiding", "credits (EC) obtained in this programme")),
    FeedColumn("average", _average, Text("gewogen gemiddelde, 1 tot 10", "weighted average, 1 to 10")),
    FeedColumn("bachelor_average", _average, Text("gemiddelde van de bachelor (voor masters)", "average of the bachelor (for masters)")),
    FeedColumn("languages", _languages, Text("talen met ERK-niveau: «en C1; de B2»", "languages with CEFR level: “en C1; de B2”")),
    FeedColumn("as_of", a_day, Text("dag waarop het studentsysteem dit zei", "day on which the student system said so"), required=True),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}


def read_cell(column: FeedColumn, cell: str) -> Any:
    """Return what a filled cell says. Raises CellWrong."""
    try:
        return column.read(cell)
    except InvalidValue as invalid:
        raise CellWrong(invalid.text.nl, invalid.text.en) from None
