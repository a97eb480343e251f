"""List, export, page and history of a register."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from goliard.apps.journal.queries import history_of
from goliard.portals.office.registers.register import Register
from goliard.portals.office.registers.telling import told_fields, told_history
from goliard.portals.shared.doors import View, door
from goliard.portals.shared.exports import csv_response, xlsx_response
from goliard.portals.shared.lists import export_rows, listing
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.transition import Transition

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}


def list_view(register: Register) -> View:
    """The list with filter, sorting and pages."""

    @door(register.may_read)
    def view(request: ActorRequest) -> HttpResponse:
        rows, filters = _filtered(register, request)
        context = {
            "register": register,
            "filters": filters,
            "listing": listing(request, rows, register.columns, default=register.default_sort),
            "may_add": register.form is not None and register.may_add(request.actor),
            "may_bulk": register.bulk is not None and register.bulk.may(request.actor),
            "kept": [(name, value) for name, value in request.GET.items() if name not in {"page", "sort"}],
        }
        context["table"] = [
            (row, [(column.numeric, column.export(row) if column.export else "") for column in register.columns])
            for row in context["listing"].rows
        ]
        return render(request, "office/registers/list.html", context)

    return view


def export_view(register: Register) -> View:
    """The filtered list as a file, in the order of the screen."""

    @door(register.may_read)
    def view(request: ActorRequest, kind: str) -> HttpResponse:
        if kind not in EXPORTS:
            raise Http404
        rows, _filters = _filtered(register, request)
        return EXPORTS[kind](f"{register.name}.{kind}", export_rows(request, rows, register.columns, default=register.default_sort))

    return view


def row_view(register: Register) -> View:
    """One row: its fields, its parts, what the register adds, and what the actor may do."""

    @door(register.may_read)
    def view(request: ActorRequest, pk: int) -> HttpResponse:
        row = find(register, request, pk)
        editable = register.may_edit(request.actor, row)
        context: dict[str, Any] = {
            "register": register,
            "row": row,
            "fields": told_fields(row),
            "parts": [
                (part, [[column.export(each) for column in part.columns if column.export] for each in part.rows(row)])
                for part in register.parts_of(row)
            ],
            "panels": register.panels(row, request.actor),
            "preview": register.preview(row),
            "may_edit": editable and register.form is not None,
            "may_remove": register.form is not None and register.removable_by(request.actor, row),
            "moves": _moves(register, row, request.actor) if editable else (),
            "users": register.users(row),
        }
        return render(request, "office/registers/row.html", context)

    return view


def _moves(register: Register, row: Model, actor: Actor) -> list[Transition]:
    if register.lifecycle is None:
        return []
    state = row.state  # type: ignore[attr-defined]  # whatever has a lifecycle has a state
    return [move for move in register.lifecycle.open_actions(state=state, actor=actor) if register.offers(row, move.action)]


def history_view(register: Register) -> View:
    """Who changed what, when and why."""

    @door(register.may_read)
    def view(request: ActorRequest, pk: int) -> HttpResponse:
        row = find(register, request, pk)
        context = {"register": register, "row": row, "entries": told_history(history_of(row)[:200], row)}
        return render(request, "office/registers/history.html", context)

    return view


def find(register: Register, request: ActorRequest, pk: int) -> Model:
    """Return the row, if it is among those that the actor may see; 404 otherwise."""
    found: Model = get_object_or_404(register.rows(request.actor), pk=pk)
    return found


def _filtered(register: Register, request: ActorRequest) -> tuple[QuerySet, Any]:
    rows = register.rows(request.actor)
    if register.filters is None:
        return rows, None
    filters = register.filters(request.GET or None)
    return (filters.apply(rows) if filters.is_valid() else rows), filters  # type: ignore[attr-defined]
