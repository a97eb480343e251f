"""The addresses of a register."""

from __future__ import annotations

from django.urls import URLPattern, path

from goliard.portals.office.registers.editing import add_view, edit_view, move_view, remove_view
from goliard.portals.office.registers.register import Register
from goliard.portals.office.registers.screens import export_view, history_view, list_view, row_view


def register_urls(register: Register) -> list[URLPattern]:
    """Return the routes of the register's screens, below `/office/<name>/`."""
    name = register.name
    routes = [
        path(f"{name}/", list_view(register), name=name),
        path(f"{name}/export.<str:kind>", export_view(register), name=f"{name}-export"),
        path(f"{name}/<int:pk>/", row_view(register), name=f"{name}-row"),
        path(f"{name}/<int:pk>/history/", history_view(register), name=f"{name}-history"),
    ]
    if register.form is not None:
        routes += [
            path(f"{name}/new/", add_view(register), name=f"{name}-new"),
            path(f"{name}/<int:pk>/edit/", edit_view(register), name=f"{name}-edit"),
            path(f"{name}/<int:pk>/delete/", remove_view(register), name=f"{name}-delete"),
        ]
    if register.lifecycle:
        routes.append(path(f"{name}/<int:pk>/<slug:action>/", move_view(register), name=f"{name}-move"))
    return routes
