"""Addresses of the call's desk."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.calls_desk import glance, interests, preselection

desk_urls = [
    path("call-desk/", glance.desks, name="call-desks"),
    path("call-desk/<int:pk>/", glance.glance, name="call-desk"),
    path("call-desk/<int:pk>/prepare/", glance.prepare, name="call-prepare"),
    path("call-desk/<int:pk>/reopen/", glance.reopen, name="call-reopen"),
    path("call-desk/<int:pk>/ranking/", preselection.ranking_page, name="call-ranking"),
    path("interests/<int:pk>/assign/", preselection.assign, name="interest-assign"),
    path("interests/<int:pk>/decide/", preselection.decide, name="interest-decide"),
    path("interests/<int:pk>/return/", interests.give_back, name="interest-return"),
]
