"""Addresses of the rates."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.rates import screens

rate_urls = [
    path("rates/", screens.rates, name="rates"),
    path("rates/import/", screens.import_table, name="rates-import"),
    path("rates/carry/", screens.carry, name="rates-carry"),
    path("rates/<int:pk>/", screens.table_page, name="rate-table"),
    path("rates/<int:pk>/table.toml", screens.table_file, name="rate-table-file"),
    path("rates/<int:pk>/<slug:place>/", screens.figure, name="rate-figure"),
]
