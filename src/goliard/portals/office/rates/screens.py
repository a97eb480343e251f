"""The tables of rates: every version, its figures with status and sources; import, carry forward, edit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.institutions.refusals import Refused
from goliard.apps.rates.models import RateTable
from goliard.apps.rates.policies import may_edit_rates, may_read_rates
from goliard.apps.rates.queries import newest_rate_table, parsed
from goliard.apps.rates.services import carry_rate_table, change_figure, figure_at, import_rate_table
from goliard.portals.office.rates.forms import CarryForm, FigureForm, ImportForm, initial_of
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.grants.figures import meaning_of
from goliard.rules.grants.rows import Figure
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.grants.tables import published_table, shipped


@door(may_read_rates)
def rates(request: ActorRequest) -> HttpResponse:
    """Every version that the office keeps, and the shipped tables."""
    rows = list(RateTable.objects.all())
    kept = [{"row": row, **_counted(parsed(row.content))} for row in rows]
    ours = {(row.action, row.call_year) for row in rows}
    others = [
        {"action": action, "call": call, **_counted(published_table(action, call))}
        for action, call in reversed(shipped())
        if (action, call) not in ours
    ]
    context = {"kept": kept, "shipped": others, "carry": CarryForm(), "may_edit": may_edit_rates(request.actor)}
    return render(request, "office/rates/rates.html", context)


@door(may_edit_rates)
def import_table(request: ActorRequest) -> HttpResponse:
    """A table from TOML."""
    form, faults = ImportForm(*_posted(request)), []
    if request.method == "POST" and form.is_valid():
        try:
            kept = import_rate_table(text=form.cleaned_data["text"], actor=request.actor, now=timezone.now())
        except Refused as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _("The table is kept as version %(number)d.") % {"number": kept.number})
            return redirect("office:rate-table", pk=kept.pk)
    return render(request, "office/rates/import.html", {"form": form, "faults": faults}, status=_status(form, faults))


@door(may_edit_rates)
def carry(request: ActorRequest) -> HttpResponse:
    """Carry the figures of a call forward to another one."""
    form, faults = CarryForm(_posted(request)[0]), []
    if request.method == "POST" and form.is_valid():
        try:
            kept = carry_rate_table(**form.cleaned_data, actor=request.actor, now=timezone.now())
        except Refused as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _("Carried forward. Every figure is marked as not verified until somebody has seen it."))
            return redirect("office:rate-table", pk=kept.pk)
    return render(request, "office/rates/carry.html", {"form": form, "faults": faults}, status=_status(form, faults))


@door(may_read_rates)
def table_page(request: ActorRequest, pk: int) -> HttpResponse:
    """One version: figures and travel bands with status and sources."""
    row = get_object_or_404(RateTable, pk=pk)
    table = parsed(row.content)
    context = {
        "row": row,
        "table": table,
        "figures": [_line(f"figure-{index}", figure) for index, figure in enumerate(table.figures)],
        "bands": [
            {"band": band, "cells": [(f"band-{index}-{which}", getattr(band, which)) for which in ("standard", "green")]}
            for index, band in enumerate(table.travel_bands)
        ],
        "versions": RateTable.objects.filter(action=row.action, call_year=row.call_year),
        "may_edit": may_edit_rates(request.actor) and newest_rate_table(row.action, row.call_year) == row,
        **_counted(table),
    }
    return render(request, "office/rates/table.html", context)


@door(may_read_rates)
def table_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The text of a version: what `goliard budget --table` reads."""
    row = get_object_or_404(RateTable, pk=pk)
    response = HttpResponse(row.content, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.action.lower()}-{row.call_year}-v{row.number}.toml"'
    return response


@door(may_edit_rates)
def figure(request: ActorRequest, pk: int, place: str) -> HttpResponse:
    """One figure; of a version that was used, the change is the next version."""
    row = get_object_or_404(RateTable, pk=pk)
    try:
        found = figure_at(parsed(row.content), place)
    except KeyError as missing:
        raise Http404 from missing
    form, faults = FigureForm(_posted(request)[0], initial=initial_of(found)), []
    if request.method == "POST" and form.is_valid():
        try:
            kept = change_figure(row=row, place=place, words=form.words(), actor=request.actor, now=timezone.now())
        except Refused as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _("“%(figure)s” is saved in version %(number)d.") % {"figure": found.label, "number": kept.number})
            return redirect("office:rate-table", pk=kept.pk)
    context = {"row": row, "form": form, "faults": faults, **_line(place, found)}
    return render(request, "office/rates/figure.html", context, status=_status(form, faults))


def _line(place: str, figure: Figure) -> dict[str, Any]:
    words = meaning_of(figure.label)
    return {"place": place, "figure": figure, "meaning": words.in_language(get_language() or "en") if words else ""}


def _counted(table: Table) -> dict[str, int]:
    bands = [figure for band in table.travel_bands for figure in (band.standard, band.green) if figure]
    figures = [*table.figures, *bands]
    missing = sum(figure.status is Status.MISSING for figure in figures)
    return {"count": len(figures), "missing": missing, "unsure": sum(not figure.status.is_verified for figure in figures) - missing}


def _status(form: Any, faults: list[str]) -> int:
    return 422 if faults or form.errors else 200


def _posted(request: ActorRequest) -> tuple[Any, Any]:
    """What a form is filled with: nothing until somebody sends it, even empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
