"""From a sheet to agreements: every row read, matched and grouped, every fault named by row and column."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from goliard.apps.agreements.choices import AgreementState
from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.services.imports import cells
from goliard.apps.agreements.services.imports.columns import Mapped
from goliard.apps.agreements.services.imports.reading import MOST_PLACES, Fault, Head, Parties, PlannedCondition, RowReader
from goliard.apps.agreements.services.imports.sheets import Odd, Row, Sheet
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.values.folding import slug

Told = Callable[[int], None]  # is told how many rows were read


@dataclass(slots=True)
class Planned:
    """An agreement that the import would make, from one or more rows."""

    key: str
    title: str
    kind: str
    state: str
    parties: Parties
    owner: OrganizationalUnit | None
    starts_on: date
    ends_on: date
    notice_months: int | None
    tolerance: int | None
    note: str
    conditions: list[PlannedCondition] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    @property
    def partners(self) -> tuple[Organisation, ...]:
        """Every party but the home institution, the one of the first row first."""
        return self.parties.every

    @property
    def head(self) -> tuple[Any, ...]:
        """What the rows of one agreement must say alike; which of its partners a row names does not matter."""
        return (_partners(self.parties), self.kind, self.owner.pk if self.owner else None, self.starts_on, self.ends_on)


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


def plan_import(sheet: Sheet, mapped: Mapped, *, today: date, told: Told = lambda _rows: None) -> Plan:
    """Return what an import of `sheet` would do; nothing is written. A fault in one row of an agreement keeps the whole agreement out.

    `told` hears after every row how many were read.
    """
    return _Planner(mapped, today, told).plan(sheet)


def still_new(plan: Plan) -> bool:
    """Whether no agreement of the plan came in since it was made, in two queries."""
    taken, alike = set(Agreement.objects.values_list("key", flat=True)), _known_agreements()
    return not any(each.key in taken or each.head[:-1] in alike for each in plan.agreements)


class _Planner:
    """Goes through the rows and groups them."""

    def __init__(self, mapped: Mapped, today: date, told: Told) -> None:
        self.today, self.told = today, told
        self.reader = RowReader(mapped)
        self.faults = self.reader.faults
        self.taken = set(Agreement.objects.values_list("key", flat=True))
        self.alike = _known_agreements()

    def plan(self, sheet: Sheet) -> Plan:
        """Read every row, then group them by key."""
        found: dict[str, Planned] = {}
        spoiled: dict[str, int] = {}
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(sheet.rows, start=1):
            self._row(row, found, spoiled, seen)
            self.told(number)
        for key, spoiler in spoiled.items():
            for other in found[key].rows if key in found else ():
                nl, en = f"Rij {spoiler} van dezelfde overeenkomst is niet goed.", f"Row {spoiler} of the same agreement has a fault."
                self.reader.fault(other, "key", nl, en)
        kept = [each for key, each in found.items() if key not in spoiled]
        return Plan(kept, sorted(self.faults, key=lambda fault: fault.row), len(sheet.rows))

    def _row(self, row: Row, found: dict[str, Planned], spoiled: dict[str, int], seen: dict[tuple[Any, ...], int]) -> None:
        before = len(self.faults)
        first = seen.setdefault(tuple(row.cells), row.number)
        if first != row.number:
            nl, en = f"Deze rij is gelijk aan rij {first}.", f"This row is the same as row {first}."
            self.reader.fault(row.number, "", nl, en)
            return
        planned = self._read(row)
        key = planned.key if planned else self._key_of(row)
        if planned and len(self.faults) == before:
            self._join(found, planned, row.number)
        if len(self.faults) > before and key:
            spoiled.setdefault(key, row.number)

    def _key_of(self, row: Row) -> str:
        cell = self.reader.cell(row, "key")
        return "" if cell is None or isinstance(cell, Odd) else _key(slug(str(cell)))

    def _read(self, row: Row) -> Planned | None:
        before, take = len(self.faults), self.reader.take
        parties = self.reader.parties(row)
        kind, state = (take(row, name, partial(cells.word_of, column=name)) for name in ("kind", "state"))
        starts, ends = take(row, "starts_on", cells.day_of), take(row, "ends_on", cells.day_of)
        owner = self.reader.unit(row, "owner", self.reader.home)
        key, title, note = (take(row, name, partial(cells.text_of, longest=most)) for name, most in _TEXTS)
        notice = take(row, "notice_months", lambda cell: cells.whole_of(cell, 120))
        tolerance = take(row, "tolerance", lambda cell: cells.whole_of(cell, MOST_PLACES))
        if len(self.faults) == before:
            self._required(row, kind, starts, ends)
        head = Head(kind, starts, ends, owner, parties) if parties and starts and ends and kind else None
        conditions = self.reader.conditions(row, head)
        if len(self.faults) > before or parties is None:
            return None
        names, keys = ", ".join(each.name_en for each in parties.every), " ".join(sorted(each.key for each in parties.every))
        title = title or f"{names} ({kind}{f', {owner.name_en}' if owner else ''})"
        if not state:
            running = AgreementState.IN_EFFECT if ends >= self.today else AgreementState.ENDED
            state = AgreementState.AGREED if starts > self.today else running
        plain = _key(slug(key) if key else slug(f"{keys} {kind} {owner.key if owner else ''} {starts:%Y}"))
        planned = Planned(plain, title[:250], kind, state, parties, owner, starts, ends, notice, tolerance, note, conditions, [row.number])
        return planned if self._is_new(planned, row.number) else None

    def _required(self, row: Row, kind: str, starts: date | None, ends: date | None) -> None:
        for key, value in (("kind", kind), ("starts_on", starts), ("ends_on", ends)):
            if not value:
                self.reader.fault(row.number, key, "Deze cel is leeg.", "This cell is empty.")
        if starts and ends and ends < starts:
            self.reader.fault(row.number, "ends_on", "Het einde ligt voor het begin.", "The end lies before the beginning.")

    def _is_new(self, planned: Planned, row: int) -> bool:
        if planned.key in self.taken:
            self.reader.fault(row, "key", f"De overeenkomst ‘{planned.key}’ is er al.", f"The agreement “{planned.key}” is there already.")
            return False
        same = self.alike.get(planned.head[:-1])
        if same:
            nl, en = f"Dezelfde overeenkomst is er al als ‘{same}’.", f"The same agreement is there already as “{same}”."
            self.reader.fault(row, "key", nl, en)
        return not same

    def _join(self, found: dict[str, Planned], planned: Planned, row: int) -> None:
        first = found.setdefault(planned.key, planned)
        if first is planned:
            return
        if first.head != planned.head:
            nl = f"Rij {first.rows[0]} heeft dezelfde sleutel, met een andere partner, soort, faculteit of periode."
            en = f"Row {first.rows[0]} has the same key, with another partner, kind, faculty or period."
            self.reader.fault(row, "key", nl, en)
            return
        first.conditions += planned.conditions
        first.rows.append(row)


_TEXTS = (("key", 80), ("title", 250), ("note", 2000))


def _key(word: str) -> str:
    """Return a key of at most 80 characters; a longer one keeps its difference from others in a few characters of its hash."""
    return word if len(word) <= 80 else f"{word[:71]}-{hashlib.sha256(word.encode()).hexdigest()[:8]}"


def _partners(parties: Parties) -> frozenset[int]:
    return frozenset(each.pk for each in parties.every)


def _known_agreements() -> dict[tuple[Any, ...], str]:
    """Every agreement's key by what makes another one the same: its partners, kind, owner and beginning."""
    partners: dict[int, set[int]] = defaultdict(set)
    heads: dict[int, tuple[Any, ...]] = {}
    rows = Agreement.objects.filter(parties__organisation__is_home=False)
    for pk, partner, kind, owner, starts, key in rows.values_list("pk", "parties__organisation", "kind", "owner", "starts_on", "key"):
        partners[pk].add(partner)
        heads[pk] = (kind, owner, starts, key)
    return {(frozenset(partners[pk]), kind, owner, starts): key for pk, (kind, owner, starts, key) in heads.items()}
