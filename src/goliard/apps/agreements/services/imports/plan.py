"""From a sheet to agreements: every row read, matched and grouped, every fault named by row and column."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from goliard.apps.agreements.choices import AgreementKind, AgreementState, ConditionKind
from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.queries.balance import academic_year_on
from goliard.apps.agreements.services.imports import cells
from goliard.apps.agreements.services.imports.cells import CellFault
from goliard.apps.agreements.services.imports.columns import BY_KEY, Mapped
from goliard.apps.agreements.services.imports.matching import Register, match, read_register
from goliard.apps.agreements.services.imports.sheets import Cell, Odd, Row, Sheet
from goliard.apps.agreements.texts import parse_languages, parse_levels, parse_subjects
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.agreements.copy import Language, Subject
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.folding import fold, slug
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

MOST_PLACES = 1000


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
class PlannedCondition:
    """A condition that a row gives; `is_outgoing`: the home institution sends."""

    kind: str
    is_outgoing: bool
    places: int
    amount: str
    first_year: str
    last_year: str
    levels: str
    subjects: frozenset[Subject]
    languages: frozenset[Language]


@dataclass(slots=True)
class Planned:
    """An agreement that the import would make, from one or more rows."""

    key: str
    title: str
    kind: str
    state: str
    partner: Organisation
    owner: OrganizationalUnit | None
    starts_on: date
    ends_on: date
    notice_months: int | None
    tolerance: int | None
    note: str
    conditions: list[PlannedCondition] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    @property
    def head(self) -> tuple[Any, ...]:
        """What the rows of one agreement must say alike."""
        return (self.kind, self.partner.pk, self.owner.pk if self.owner else None, self.starts_on, self.ends_on)


@dataclass(slots=True)
class Plan:
    """What an import would do: the agreements that are whole, every fault, and how many rows there are."""

    agreements: list[Planned]
    faults: list[Fault]
    rows: int

    @property
    def faulty_rows(self) -> set[int]:
        """The rows with a fault of their own."""
        return {fault.row for fault in self.faults}

    @property
    def good_rows(self) -> int:
        """How many rows would be imported."""
        return sum(len(each.rows) for each in self.agreements)


def plan_import(sheet: Sheet, mapped: Mapped, *, today: date) -> Plan:
    """Return what an import of `sheet` would do; nothing is written. A fault in one row of an agreement keeps the whole agreement out."""
    return _Planner(mapped, today).plan(sheet)


class _Planner:
    """Reads the register once, then goes through the rows."""

    def __init__(self, mapped: Mapped, today: date) -> None:
        self.mapped, self.today = mapped, today
        self.register: Register = read_register()
        self.units = _units()
        self.taken = set(Agreement.objects.values_list("key", flat=True))
        self.alike = _known_agreements()
        self.faults: list[Fault] = []

    def plan(self, sheet: Sheet) -> Plan:
        """Read every row, then group them by key."""
        found: dict[str, Planned] = {}
        spoiled: dict[str, int] = {}
        seen: dict[tuple[Any, ...], int] = {}
        for row in sheet.rows:
            before = len(self.faults)
            content = tuple(row.cells)
            first = seen.setdefault(content, row.number)
            if first != row.number:
                nl, en = f"Deze rij is gelijk aan rij {first}.", f"This row is the same as row {first}."
                self._fault(row.number, self._first_column(), nl, en)
                continue
            planned = self._read(row)
            key = planned.key if planned else self._key_of(row)
            if planned and len(self.faults) == before:
                self._join(found, planned, row.number)
            if len(self.faults) > before and key:
                spoiled.setdefault(key, row.number)
        for key, number in spoiled.items():
            for other in found[key].rows if key in found else ():
                nl, en = f"Rij {number} van dezelfde overeenkomst is niet goed.", f"Row {number} of the same agreement has a fault."
                self._fault(other, "key" if "key" in self.mapped else self._first_column(), nl, en)
        kept = [each for key, each in found.items() if key not in spoiled]
        return Plan(kept, sorted(self.faults, key=lambda fault: fault.row), len(sheet.rows))

    def _first_column(self) -> str:
        return min(self.mapped, key=lambda key: self.mapped[key])

    def _fault(self, row: int, column: str, nl: str, en: str) -> None:
        self.faults.append(Fault(row, column, Text(nl, en)))

    def _cell(self, row: Row, key: str) -> Cell:
        place = self.mapped.get(key)
        return None if place is None else row.cells[place]

    def _take(self, row: Row, key: str, read: Callable[[Cell], Any]) -> Any:
        """Read a cell; None with a fault where it does not fit."""
        try:
            return read(self._cell(row, key))
        except CellFault as fault:
            self.faults.append(Fault(row.number, key, fault.because))
        except InvalidValue as invalid:
            self.faults.append(Fault(row.number, key, invalid.text))
        return None

    def _key_of(self, row: Row) -> str:
        cell = self._cell(row, "key")
        return "" if cell is None or isinstance(cell, Odd) else _key(slug(str(cell)))

    def _read(self, row: Row) -> Planned | None:
        before = len(self.faults)
        partner = self._partner(row)
        kind = self._take(row, "kind", partial(cells.word_of, column="kind"))
        state = self._take(row, "state", partial(cells.word_of, column="state"))
        starts, ends = self._take(row, "starts_on", cells.day_of), self._take(row, "ends_on", cells.day_of)
        owner = self._owner(row)
        key, title, note = (self._take(row, name, partial(cells.text_of, longest=most)) for name, most in _TEXTS)
        notice = self._take(row, "notice_months", lambda cell: cells.whole_of(cell, 120))
        tolerance = self._take(row, "tolerance", lambda cell: cells.whole_of(cell, MOST_PLACES))
        if len(self.faults) == before:
            self._required(row, kind, starts, ends)
        conditions = self._conditions(row, kind, starts, ends)
        if len(self.faults) > before or partner is None:
            return None
        title = title or f"{partner.name_en} ({kind}{f', {owner.name_en}' if owner else ''})"
        if not state:
            running = AgreementState.IN_EFFECT if ends >= self.today else AgreementState.ENDED
            state = AgreementState.AGREED if starts > self.today else running
        plain = _key(slug(key) if key else slug(f"{partner.key} {kind} {owner.key if owner else ''} {starts:%Y}"))
        planned = Planned(plain, title[:250], kind, state, partner, owner, starts, ends, notice, tolerance, note, conditions, [row.number])
        return planned if self._is_new(planned, row.number) else None

    def _required(self, row: Row, kind: str, starts: date | None, ends: date | None) -> None:
        for key, value in (("kind", kind), ("starts_on", starts), ("ends_on", ends)):
            if not value:
                self._fault(row.number, key, "Deze cel is leeg.", "This cell is empty.")
        if starts and ends and ends < starts:
            self._fault(row.number, "ends_on", "Het einde ligt voor het begin.", "The end lies before the beginning.")

    def _partner(self, row: Row) -> Organisation | None:
        said = {key: self._take(row, key, partial(cells.text_of, longest=250)) for key in _PARTNER}
        if any(value is None for value in said.values()):
            return None
        partner, faults = match(self.register, said)
        known = [(key if key in self.mapped else self._first_column(), because) for key, because in faults]
        self.faults += [Fault(row.number, key, because) for key, because in known]
        return partner

    def _owner(self, row: Row) -> OrganizationalUnit | None:
        name = self._take(row, "owner", lambda cell: cells.text_of(cell, 250))
        if not name:
            return None
        unit = self.units.get(fold(name))
        if unit is None:
            nl, en = f"De instelling heeft geen eenheid ‘{name[:60]}’.", f"The institution has no unit “{name[:60]}”."
            self._fault(row.number, "owner", nl, en)
        return unit

    def _is_new(self, planned: Planned, row: int) -> bool:
        column = "key" if "key" in self.mapped else self._first_column()
        if planned.key in self.taken:
            self._fault(row, column, f"De overeenkomst ‘{planned.key}’ is er al.", f"The agreement “{planned.key}” is there already.")
            return False
        same = self.alike.get((planned.partner.pk, planned.kind, planned.owner.pk if planned.owner else None, planned.starts_on))
        if same:
            nl, en = f"Dezelfde overeenkomst is er al als ‘{same}’.", f"The same agreement is there already as “{same}”."
            self._fault(row, column, nl, en)
        return not same

    def _join(self, found: dict[str, Planned], planned: Planned, row: int) -> None:
        first = found.setdefault(planned.key, planned)
        if first is planned:
            return
        if first.head != planned.head:
            nl = f"Rij {first.rows[0]} heeft dezelfde sleutel, met een andere partner, soort, faculteit of periode."
            en = f"Row {first.rows[0]} has the same key, with another partner, kind, faculty or period."
            self._fault(row, "key" if "key" in self.mapped else self._first_column(), nl, en)
            return
        first.conditions += planned.conditions
        first.rows.append(row)

    def _conditions(self, row: Row, kind: str | None, starts: date | None, ends: date | None) -> list[PlannedCondition]:
        before = len(self.faults)
        mobility = self._take(row, "mobility", partial(cells.word_of, column="mobility"))
        out, back = (self._take(row, key, lambda cell: cells.whole_of(cell, MOST_PLACES)) for key in ("places_out", "places_in"))
        amount = self._take(row, "amount", cells.amount_of)
        first, last = self._take(row, "first_year", _year), self._take(row, "last_year", _year)
        levels = self._take(row, "levels", lambda cell: "".join(map(str, sorted(parse_levels(cells.text_of(cell, 60))))))
        subjects = self._take(row, "subjects", lambda cell: parse_subjects(_code(cells.text_of(cell))))
        spoken = self._take(row, "languages", lambda cell: parse_languages(cells.text_of(cell)))
        if len(self.faults) > before or not starts or not ends:
            return []
        if levels and not set(levels) <= set("5678"):
            self._fault(row.number, "levels", "Alleen de niveaus 5 tot en met 8.", "Only the levels 5 to 8.")
        if subjects and any(len(each.clarification) > 200 for each in subjects):
            self._fault(row.number, "subjects", *_LONG)
        first, last = first or str(academic_year_on(starts)), last or str(academic_year_on(ends))
        if last < first:
            self._fault(row.number, "last_year", "Het laatste jaar ligt voor het eerste.", "The last year lies before the first.")
        if not out and not back and kind != AgreementKind.MOU:
            column = "places_out" if "places_out" in self.mapped else self._first_column()
            self._fault(row.number, column, "Er zijn geen plaatsen, heen noch terug.", "There are no places either way.")
        ways, mobility = ((True, out), (False, back)), mobility or ConditionKind.STUDENT_STUDIES
        return [
            PlannedCondition(mobility, is_outgoing, places, amount, first, last, levels, subjects, spoken)
            for is_outgoing, places in ways
            if places
        ]


_LONG = ("Een toelichting heeft hoogstens 200 tekens.", "A clarification has at most 200 characters.")
_PARTNER = ("hei_id", "erasmus_code", "partner_key", "partner", "country")
_TEXTS = (("key", 80), ("title", 250), ("note", 2000))


def _key(word: str) -> str:
    """Return a key of at most 80 characters; a longer one keeps its difference from others in a few characters of its hash."""
    return word if len(word) <= 80 else f"{word[:71]}-{hashlib.sha256(word.encode()).hexdigest()[:8]}"


def _year(cell: Cell) -> str:
    text = cells.text_of(cell, 60).replace("-", "/")
    return str(parse_academic_year(text)) if text else ""


def _code(text: str) -> str:
    """A single code that a spreadsheet stripped of its leading zero gets it back: 222 → 0222 would be a guess, so only three digits do."""
    return f"0{text}" if len(text) == 3 and text.isdigit() and text[0] != "0" else text


def _units() -> dict[str, OrganizationalUnit]:
    found: dict[str, OrganizationalUnit] = {}
    for unit in OrganizationalUnit.objects.filter(organisation__is_home=True):
        for name in (unit.acronym, unit.name_en, unit.name_nl, unit.key):
            if name:
                found[fold(name)] = unit
    return found


def _known_agreements() -> dict[tuple[Any, ...], str]:
    rows: Sequence[tuple[Any, ...]] = list(
        Agreement.objects.filter(parties__organisation__is_home=False).values_list(
            "parties__organisation", "kind", "owner", "starts_on", "key"
        )
    )
    found: dict[tuple[Any, ...], str] = defaultdict(str)
    for partner, kind, owner, starts, key in rows:
        found[partner, kind, owner, starts] = key
    return found
