"""Next year's table while its figures are not out: those of an earlier call, every one of them marked as not verified."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from goliard.rules.grants.rows import CountryGroup, Figure, LumpSum, Region, Restriction, Rounding, TravelBand
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table

Row = TypeVar("Row", Figure, CountryGroup, Region, Restriction, Rounding)


def carry_forward(table: Table, call: int) -> Table:
    """The table under another call. What was missing stays missing; all the rest becomes U, so that limits and restrictions only warn."""
    return replace(
        table,
        call=call,
        note=f"carried forward from call {table.call}: no figure of call {call} was seen",
        figures=tuple(_unverified(figure) for figure in table.figures),
        travel_bands=tuple(_band(band) for band in table.travel_bands),
        lump_sums=tuple(LumpSum(step.days_from, step.days_to, _unverified(step.sum)) for step in table.lump_sums),
        groups=tuple(_unverified(group) for group in table.groups),
        regions=tuple(_unverified(region) for region in table.regions),
        restrictions=tuple(_unverified(restriction) for restriction in table.restrictions),
        roundings=tuple(_unverified(rounding) for rounding in table.roundings),
    )


def _band(band: TravelBand) -> TravelBand:
    return replace(band, standard=_unverified(band.standard), green=_unverified(band.green) if band.green else None)


def _unverified(row: Row) -> Row:
    return row if row.status is Status.MISSING else replace(row, status=Status.U)
