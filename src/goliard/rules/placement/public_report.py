"""What anybody may know of a round: places, applicants, cut-offs, with small numbers suppressed.

A number of people below five is not shown (`None`). Neither is a cut-off that fewer than five people set. Where a total is shown beside
its parts, a single hidden part could be computed: then the smallest shown part is hidden too, until at least two are hidden and together
count five or more; if that cannot be, the total goes. The three tables tell of the same people: who is placed somewhere and who is placed
nowhere are everybody, and so are all first wishes. Hence those without a place are hidden in both tables or in neither, and where the total
goes no table keeps a number. Places are facts of agreements, not of people, and are always shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from goliard.rules.placement.run import PlacementRun
from goliard.rules.placement.sentences import plain

FEWEST = 5
NOWHERE = "none"  # those without a place, in the table by wish


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers of people by part, and in total; `None` is suppressed."""

    parts: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One destination. `named_by` counts every applicant with a wish there; the same person counts at each wish."""

    destination: str
    places: int
    named_by: int | None
    first_wishes: int | None
    placed: int | None
    cut_off: str | None


@dataclass(frozen=True, slots=True)
class PublicReport:
    """The report of a round without people in it. `placed_by_wish` counts by rank ("1", "2", …) and, as "none", those without a place."""

    policy: str
    input_hash: str
    applicants: int | None
    rows: tuple[PublicRow, ...]
    placed_by_wish: Table


def public_report(run: PlacementRun) -> PublicReport:
    """The public report of a run."""
    named = Counter(wish.destination for applicant in run.market.applicants for wish in applicant.wishes)
    firsts = Counter(applicant.wishes[0].destination for applicant in run.market.applicants if applicant.wishes)
    ranks = Counter(str(wish.rank) for wish in run.assignment.values())
    ranks[NOWHERE] = len(run.market.applicants) - len(run.assignment)
    everywhere = [destination.id for destination in run.market.destinations]
    by_wish, placed, first = _together(
        ranks, {name: len(run.cut_offs[name].held) for name in everywhere}, {name: firsts[name] for name in everywhere}
    )
    rows = tuple(
        PublicRow(
            name,
            run.market.destination[name].places,
            named[name] if named[name] >= FEWEST else None,
            first.parts[name],
            placed.parts[name],
            _cut_off(run, name),
        )
        for name in everywhere
    )
    return PublicReport(run.policy, run.input_hash, by_wish.total, rows, by_wish)


def _together(by_wish: Mapping[str, int], placed: Mapping[str, int], first: Mapping[str, int]) -> tuple[Table, Table, Table]:
    """Suppress three tables of the same people so that none gives away what another hides."""
    everybody = sum(by_wish.values())
    somewhere = {**placed, NOWHERE: by_wish[NOWHERE]}
    without = everybody - sum(first.values())
    wished = {**first, "": without} if without else first
    tables = suppressed(by_wish), suppressed(somewhere), suppressed(wished)
    if any(table.parts.get(NOWHERE, FEWEST) is None for table in tables):
        tables = suppressed(by_wish, {NOWHERE}), suppressed(somewhere, {NOWHERE}), tables[2]
    if any(table.total is None for table in tables):
        return tuple(Table(dict.fromkeys(table.parts), None) for table in tables)  # type: ignore[return-value]  # three of them
    return tables


def suppressed(parts: Mapping[str, int], also: Collection[str] = ()) -> Table:
    """Hide what is too small, what is hidden elsewhere (`also`), and as much more as keeps the hidden from being computed."""
    hidden = {name for name, number in parts.items() if number < FEWEST or name in also}
    shown = sorted((name for name in parts if name not in hidden), key=lambda name: (parts[name], name))
    while hidden and shown and (len(hidden) < 2 or sum(parts[name] for name in hidden) < FEWEST):
        hidden.add(shown.pop(0))
    computable = bool(hidden) and (len(hidden) < 2 or sum(parts[name] for name in hidden) < FEWEST)
    total = sum(parts.values())
    return Table(
        {name: None if name in hidden else number for name, number in parts.items()}, None if computable or total < FEWEST else total
    )


def _cut_off(run: PlacementRun, name: str) -> str | None:
    cut_off = run.cut_offs[name]
    on_open_places = sum(cut_off.members[claim.group] > cut_off.destination.reserve(claim.group) for claim in cut_off.held)
    if not cut_off.is_full or cut_off.last_open is None or on_open_places < FEWEST:
        return None
    return plain(cut_off.last_open.wish.score)
