"""Addresses of scholarships in the office."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.grants import screens

grant_urls = [
    path("scholarship-schemes/<int:pk>/file/", screens.file_request, name="scholarship-file"),
    path("scholarships/<int:pk>/decide/", screens.decide, name="scholarship-decide"),
    path("scholarships/<int:pk>/pay/", screens.pay, name="scholarship-pay"),
    path("scholarships/<int:pk>/other-grant/", screens.other_grant, name="scholarship-other-grant"),
]
