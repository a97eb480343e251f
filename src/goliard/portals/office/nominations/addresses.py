"""Addresses of nominations in the office."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.nominations import lists

nomination_urls = [
    path("nominations/", lists.lists, name="nominations"),
    path("nominations/rounds/<int:pk>/prepare/", lists.prepare, name="nominations-prepare"),
    path("nominations/<int:pk>/", lists.one_list, name="nomination-list"),
    path("nominations/<int:pk>/send/", lists.send, name="nomination-send"),
    path("nominations/<int:pk>/list.<str:kind>", lists.list_file, name="nomination-file"),
    path("nominations/people/<int:pk>/<slug:action>/", lists.move, name="nomination-move"),
    path("nominations/links/<int:pk>/revoke/", lists.revoke, name="nomination-link-revoke"),
]
