"""Rate tables are imported, carried forward, edited figure by figure, and marked as used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rates.choices import Origin
from goliard.apps.rates.models import RateTable
from goliard.apps.rates.queries import newest_rate_table, parsed, table_of_call
from goliard.rules.access.actor import Actor
from goliard.rules.grants.carry_forward import carry_forward
from goliard.rules.grants.faults import TableFault
from goliard.rules.grants.figures import Unit
from goliard.rules.grants.rows import Figure
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.grants.toml_dump import dump_table, version
from goliard.rules.grants.toml_parse import parse_table
from goliard.rules.values.texts import Reason, Text

VERBS = {
    Origin.SHIPPED: "keep-shipped-rates",
    Origin.IMPORTED: "import-rates",
    Origin.CARRIED: "carry-rates",
    Origin.EDITED: "change-rates",
}


@dataclass(frozen=True, slots=True)
class FigureWords:
    """What an officer says of a figure. `value` None goes with the status MISSING only."""

    value: Decimal | None
    status: Status
    sources: tuple[str, ...]
    note: str = ""


@transaction.atomic
def import_rate_table(*, text: str, actor: Actor, now: datetime) -> RateTable:
    """Keep a table from its TOML as the next version. Raises Refused with what is wrong with it, or where it says nothing new."""
    table = _parsed(text)
    newest = newest_rate_table(table.action, table.call)
    if newest is not None and newest.content_hash == version(table):
        nothing_new = Text("Deze tabel is gelijk aan de laatste versie.", "This table is the same as the last version.")
        raise Refused([Reason("rates-unchanged", nothing_new, field="text")])
    return _keep_new(table, Origin.IMPORTED, actor, now)


@transaction.atomic
def carry_rate_table(*, action: str, from_call: int, to_call: int, actor: Actor, now: datetime) -> RateTable:
    """Keep the figures of one call for another one, every one of them marked as not verified.

    Raises Refused where there is no table to carry, or the other call has one already.
    """
    source = table_of_call(action, from_call)
    if source is None:
        absent = Text(f"Er is geen tabel van {action} {from_call}.", f"There is no table of {action} {from_call}.")
        raise Refused([Reason("rates-absent", absent, field="from_call")])
    if table_of_call(action, to_call) is not None:
        there = Text(f"{action} {to_call} heeft al een tabel.", f"{action} {to_call} has a table already.")
        raise Refused([Reason("rates-present", there, field="to_call")])
    return _keep_new(carry_forward(source, to_call), Origin.CARRIED, actor, now)


@transaction.atomic
def change_figure(*, row: RateTable, place: str, words: FigureWords, actor: Actor, now: datetime) -> RateTable:
    """Change one figure (`figure-3`, `band-2-standard`, `band-2-green`); return the version that says so.

    A version that was used stays as it is, and the change is the next one. Raises Refused for a table that would be none, for an older
    version, and KeyError for a place that the table does not have.
    """
    locked = RateTable.objects.select_for_update().get(pk=row.pk)
    newest = newest_rate_table(locked.action, locked.call_year)
    if newest is None or newest.pk != locked.pk:
        older = Text("Er is een nieuwere versie; wijzig die.", "There is a newer version; change that one.")
        raise Refused([Reason("rates-older", older)])
    before = parsed(locked.content)
    if figure_at(before, place).unit == Unit.YES_NO and words.value not in (None, 0, 1):
        yes_no = Text("Dit is een ja/nee-cijfer: vul 1 (ja) of 0 (nee) in.", "This is a yes/no figure: fill in 1 (yes) or 0 (no).")
        raise Refused([Reason("rates-yes-no", yes_no, field="value")])
    table = _checked(with_figure(before, place, words))
    details = {place: {"before": _told(figure_at(before, place)), "after": _told(figure_at(table, place))}}
    if locked.used_at is not None:
        return _keep_new(table, Origin.EDITED, actor, now, details)
    locked.content, locked.content_hash, locked.origin = dump_table(table), version(table), Origin.EDITED
    locked.save(update_fields=["content", "content_hash", "origin"])
    record(actor=actor, verb="change-rates", subject=locked, now=now, details=details)
    return locked


@transaction.atomic
def use_rate_table(*, action: str, call_year: int, actor: Actor, now: datetime) -> RateTable | None:
    """Return the version that holds, marked as used from now on; a shipped table is kept as version 1. None where there is none."""
    kept = newest_rate_table(action, call_year)
    if kept is None:
        table = table_of_call(action, call_year)
        if table is None:
            return None
        try:
            with transaction.atomic():
                kept = _keep_new(table, Origin.SHIPPED, actor, now)
        except IntegrityError:  # somebody else kept it at the same moment
            kept = RateTable.objects.get(action=action, call_year=call_year, number=1)
    if kept.used_at is None:
        kept.used_at = now
        kept.save(update_fields=["used_at"])
    return kept


def figure_at(table: Table, place: str) -> Figure:
    """Return the figure at a place. Raises KeyError where there is none."""
    kind, _, rest = place.partition("-")
    try:
        if kind == "figure":
            return table.figures[int(rest)]
        number, _, which = rest.partition("-")
        found = getattr(table.travel_bands[int(number)], which) if kind == "band" and which in {"standard", "green"} else None
    except (ValueError, IndexError):
        found = None
    if found is None:
        raise KeyError(place)
    return found  # type: ignore[no-any-return]


def with_figure(table: Table, place: str, words: FigureWords) -> Table:
    """Return the table with other words for one figure."""
    figure = replace(figure_at(table, place), value=words.value, status=words.status, sources=words.sources, note=words.note)
    kind, number, *which = place.split("-")
    rows = list(table.figures if kind == "figure" else table.travel_bands)
    rows[int(number)] = figure if kind == "figure" else replace(rows[int(number)], **{which[0]: figure})  # type: ignore[type-var]
    if kind == "figure":
        return replace(table, figures=tuple(rows))  # type: ignore[arg-type]
    return replace(table, travel_bands=tuple(rows))  # type: ignore[arg-type]


def _checked(table: Table) -> Table:
    return _parsed(dump_table(table))


def _parsed(text: str) -> Table:
    try:
        return parse_table(text)
    except TableFault as fault:
        raise Refused([Reason("rates-fault", Text(f"Dit is geen tabel: {fault}.", f"This is no table: {fault}."), field="text")]) from fault


def _keep_new(table: Table, origin: Origin, actor: Actor, now: datetime, details: Mapping[str, object] | None = None) -> RateTable:
    newest = newest_rate_table(table.action, table.call)
    kept = RateTable.objects.create(
        action=table.action, call_year=table.call, number=newest.number + 1 if newest else 1, origin=origin,
        content=dump_table(table), content_hash=version(table), made_at=now,
    )  # fmt: skip
    record(actor=actor, verb=VERBS[origin], subject=kept, now=now, details={"version": kept.content_hash, **(details or {})})
    return kept


def _told(figure: Figure) -> str:
    return f"{figure.label}: {figure.value} ({figure.status}; {', '.join(figure.sources)})"
