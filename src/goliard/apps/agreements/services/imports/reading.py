"""One row of a sheet: its cells read and matched, every fault kept with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from goliard.apps.agreements.choices import AgreementKind, ConditionKind
from goliard.apps.agreements.queries.balance import academic_year_on
from goliard.apps.agreements.services.imports import cells
from goliard.apps.agreements.services.imports.cells import CellFault
from goliard.apps.agreements.services.imports.columns import BY_KEY, Mapped
from goliard.apps.agreements.services.imports.matching import match, match_one, read_register
from goliard.apps.agreements.services.imports.sheets import Cell, Row
from goliard.apps.agreements.texts import parse_languages, parse_levels, parse_subjects
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.agreements.copy import Language, Subject
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.folding import fold
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

MOST_PLACES, MOST_PARTIES = 1000, 40
WITHOUT_PLACES = {AgreementKind.MOU, AgreementKind.JOINT, AgreementKind.CONSORTIUM}  # they need not say how many travel
Shares = tuple[tuple[OrganizationalUnit, int], ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row, in which column (a field's key)."""

    row: int
    column: str
    because: Text

    @property
    def label(self) -> Text:
        """The column's name."""
        return BY_KEY[self.column].name


@dataclass(frozen=True, slots=True)
class PlannedSide:
    """An institution that sends or receives, with its unit."""

    organisation: Organisation
    unit: OrganizationalUnit | None = None


@dataclass(frozen=True, slots=True)
class PlannedCondition:
    """A condition that a row gives."""

    kind: str
    sending: PlannedSide
    receiving: PlannedSide
    places: int
    amount: str
    first_year: str
    last_year: str
    levels: str
    subjects: frozenset[Subject]
    languages: frozenset[Language]
    is_blended: bool = False
    terms: str = ""
    shares: Shares = ()


@dataclass(frozen=True, slots=True)
class Parties:
    """Whom a row names: its partner, and with the further ones of a multilateral agreement all of them, the partner first."""

    partner: Organisation
    every: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the conditions of a row follow from besides their own cells."""

    kind: str
    starts_on: date
    ends_on: date
    owner: OrganizationalUnit | None
    parties: Parties


class RowReader:
    """Reads the register once, then row after row; `faults` grows."""

    def __init__(self, mapped: Mapped) -> None:
        self.mapped = mapped
        self.register = read_register()
        self.home = next((row for row in self.register.rows.values() if row.is_home), None)
        self.units = _units()
        self.faults: list[Fault] = []

    def column(self, key: str) -> str:
        """The column to which a fault about `key` belongs: that one, or the first where the sheet has none."""
        return key if key in self.mapped else min(self.mapped, key=lambda each: self.mapped[each])

    def fault(self, row: int, key: str, nl: str, en: str) -> None:
        """Keep a fault."""
        self.faults.append(Fault(row, self.column(key), Text(nl, en)))

    def cell(self, row: Row, key: str) -> Cell:
        """The cell of a column, None where the sheet has none."""
        place = self.mapped.get(key)
        return None if place is None else row.cells[place]

    def take(self, row: Row, key: str, read: Callable[[Cell], Any]) -> Any:
        """Read a cell; None with a fault where it does not fit."""
        try:
            return read(self.cell(row, key))
        except CellFault as fault:
            self.faults.append(Fault(row.number, key, fault.because))
        except InvalidValue as invalid:
            self.faults.append(Fault(row.number, key, invalid.text))
        return None

    def parties(self, row: Row) -> Parties | None:
        """The partner, and the further parties that the row names; None with a fault where one is not known."""
        said = {key: self.take(row, key, partial(cells.text_of, longest=250)) for key in _PARTNER}
        if any(value is None for value in said.values()):
            return None
        partner, faults = match(self.register, said)
        self.faults += [Fault(row.number, self.column(key), because) for key, because in faults]
        names = _parts(self.take(row, "parties", cells.text_of) or "")
        if len(names) > MOST_PARTIES:
            self.fault(row.number, "parties", f"Hoogstens {MOST_PARTIES} partijen.", f"At most {MOST_PARTIES} parties.")
            return None
        others = [self._organisation(row, "parties", name) for name in names]
        if partner is None or any(each is None for each in others):
            return None
        if any(each is not None and each.is_home for each in others):
            self.fault(row.number, "parties", "De eigen instelling is al partij.", "The home institution is a party already.")
            return None
        return Parties(partner, tuple({each.pk: each for each in (partner, *others) if each is not None}.values()))

    def _organisation(self, row: Row, key: str, name: str) -> Organisation | None:
        found = match_one(self.register, name)
        if isinstance(found, Text):
            self.faults.append(Fault(row.number, self.column(key), found))
            return None
        return found

    def unit(self, row: Row, key: str, organisation: Organisation | None) -> OrganizationalUnit | None:
        """The unit of an institution that a cell names; None when it is empty, or with a fault."""
        name = self.take(row, key, lambda cell: cells.text_of(cell, 250))
        return self._unit(row, key, organisation, name) if name else None

    def _unit(self, row: Row, key: str, organisation: Organisation | None, name: str) -> OrganizationalUnit | None:
        unit = self.units.get((organisation.pk if organisation else None, fold(name)))
        if unit is None:
            short = name[:60]
            self.fault(row.number, key, f"De instelling heeft geen eenheid ‘{short}’.", f"The institution has no unit “{short}”.")
        return unit

    def conditions(self, row: Row, head: Head | None) -> list[PlannedCondition]:
        """The conditions that a row gives, one each way; none with a fault. Without a head only the cells are judged."""
        before = len(self.faults)
        mobility = self.take(row, "mobility", partial(cells.word_of, column="mobility"))
        out, back = (self.take(row, key, lambda cell: cells.whole_of(cell, MOST_PLACES)) for key in ("places_out", "places_in"))
        amount = self.take(row, "amount", cells.amount_of)
        first, last = self.take(row, "first_year", _year), self.take(row, "last_year", _year)
        levels = self.take(row, "levels", lambda cell: "".join(map(str, sorted(parse_levels(cells.text_of(cell, 60))))))
        subjects = self.take(row, "subjects", lambda cell: parse_subjects(_code(cells.text_of(cell))))
        spoken = self.take(row, "languages", lambda cell: parse_languages(cells.text_of(cell)))
        blended, terms = self.take(row, "blended", cells.mark_of), self.take(row, "terms", cells.text_of)
        if len(self.faults) > before or head is None:
            return []
        if levels and not set(levels) <= set("5678"):
            self.fault(row.number, "levels", "Alleen de niveaus 5 tot en met 8.", "Only the levels 5 to 8.")
        if subjects and any(len(each.clarification) > 200 for each in subjects):
            self.fault(row.number, "subjects", *_LONG)
        first, last = first or str(academic_year_on(head.starts_on)), last or str(academic_year_on(head.ends_on))
        if last < first:
            self.fault(row.number, "last_year", "Het laatste jaar ligt voor het eerste.", "The last year lies before the first.")
        if not out and not back and head.kind not in WITHOUT_PLACES:
            self.fault(row.number, "places_out", "Er zijn geen plaatsen, heen noch terug.", "There are no places either way.")
        here, there = self._here(row, head), PlannedSide(head.parties.partner, self.unit(row, "partner_unit", head.parties.partner))
        shares = [self._shares(row, key, places or 0, here) for key, places in (("shares_out", out), ("shares_in", back))]
        mobility = mobility or ConditionKind.STUDENT_STUDIES
        rest = (amount, first, last, levels, subjects, spoken, blended, terms)
        ways = ((here, there, out, shares[0]), (there, here, back, shares[1])) if here else ()
        return [PlannedCondition(mobility, one, other, places, *rest, split) for one, other, places, split in ways if places]

    def _here(self, row: Row, head: Head) -> PlannedSide | None:
        """Our side of the row, or the other partner that stands there instead of us."""
        name = self.take(row, "other_side", lambda cell: cells.text_of(cell, 250))
        if not name:
            unit = self.unit(row, "home_unit", self.home) if "home_unit" in self.mapped else head.owner
            return PlannedSide(self.home, unit) if self.home else None
        found = self._organisation(row, "other_side", name)
        if found is None or found.is_home:
            return PlannedSide(found) if found else None
        if found not in head.parties.every:
            nl, en = "Dit is geen partij; noem haar bij de overige partijen.", "This is no party; name it among the further parties."
            self.fault(row.number, "other_side", nl, en)
        elif found == head.parties.partner:
            self.fault(row.number, "other_side", "Zender en ontvanger zijn dezelfde.", "Sender and receiver are the same.")
        return PlannedSide(found)

    def _shares(self, row: Row, key: str, places: int, here: PlannedSide | None) -> Shares:
        """Read `law 2; science 1`: the parts of the places that are set apart for home units."""
        found: dict[int, tuple[OrganizationalUnit, int]] = {}
        for part in _parts(self.take(row, key, cells.text_of) or ""):
            said = _SHARE.fullmatch(part)
            unit = self._unit(row, key, self.home, said[1]) if said else None
            if said is None:
                self.fault(row.number, key, f"‘{part[:40]}’ is geen eenheid met een aantal.", f"“{part[:40]}” is no unit with a number.")
            elif unit is not None and unit.pk in found:
                self.fault(row.number, key, f"{unit.name('nl')} staat er twee keer.", f"{unit.name('en')} stands there twice.")
            elif unit is not None:
                found[unit.pk] = (unit, int(said[2]))
        promised = sum(number for _unit, number in found.values())
        if found and here is not None and not here.organisation.is_home:
            self.fault(row.number, key, "Alleen onze eigen plaatsen worden verdeeld.", "Only our own places are shared out.")
        elif promised > places:
            nl = f"De eenheden krijgen samen {promised} plaatsen; er zijn er {places}."
            self.fault(row.number, key, nl, f"The units get {promised} places together; there are {places}.")
        return tuple(found.values())


_LONG = ("Een toelichting heeft hoogstens 200 tekens.", "A clarification has at most 200 characters.")
_PARTNER = ("hei_id", "erasmus_code", "partner_key", "partner", "country")
_SHARE = re.compile(r"(.*?\S)\s*[:=]?\s+([0-9]{1,4})")


def _parts(text: str) -> list[str]:
    return [part for raw in re.split(r"[;\n]", text) if (part := " ".join(raw.split()))]


def _year(cell: Cell) -> str:
    text = cells.text_of(cell, 60).replace("-", "/")
    return str(parse_academic_year(text)) if text else ""


def _code(text: str) -> str:
    """A single code that a spreadsheet stripped of its leading zero gets it back: 222 → 0222 would be a guess, so only three digits do."""
    return f"0{text}" if len(text) == 3 and text.isdigit() and text[0] != "0" else text


def _units() -> dict[tuple[int | None, str], OrganizationalUnit]:
    """Every unit by its institution and what may name it."""
    found: dict[tuple[int | None, str], OrganizationalUnit] = {}
    for unit in OrganizationalUnit.objects.all():
        for name in (unit.acronym, unit.name_en, unit.name_nl, unit.ounit_id, unit.key):
            if name:
                found[unit.organisation_id, fold(name)] = unit
    return found
