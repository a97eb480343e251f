"""Addresses of the call's desk."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.calls_desk import glance, interests

desk_urls = [
    path("call-desk/", glance.desks, name="call-desks"),
    path("call-desk/<int:pk>/", glance.glance, name="call-desk"),
    path("call-desk/<int:pk>/prepare/", glance.prepare, name="call-prepare"),
    path("call-desk/<int:pk>/reopen/", glance.reopen, name="call-reopen"),
    path("interests/<int:pk>/return/", interests.give_back, name="interest-return"),
]
