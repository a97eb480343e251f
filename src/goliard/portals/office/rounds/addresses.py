"""Addresses of a round besides its register."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.rounds import acting, drawing, preview, reports

round_urls = [
    path("participation/", reports.participation, name="participation"),
    path("programmes-without-a-destination/", reports.unserved, name="unserved-programmes"),
    path("rounds/<int:pk>/staff/", reports.staff, name="round-staff"),
    path("rounds/<int:pk>/staff.csv", reports.staff_record, name="round-staff-record"),
    path("rounds/<int:pk>/lock-policy/", acting.lock, name="round-lock"),
    path("rounds/<int:pk>/later-deadline/", acting.reopen, name="round-reopen"),
    path("rounds/<int:pk>/copy/", acting.copy, name="round-copy"),
    path("rounds/<int:pk>/back/<slug:action>/", acting.back, name="round-back"),
    path("rounds/<int:pk>/draw/", drawing.draw, name="round-draw"),
    path("rounds/<int:pk>/hosts/", drawing.hosts, name="round-hosts"),
    path("rounds/<int:pk>/form-<str:language>/", preview.preview, name="round-form"),
    path("round-pools/<int:pk>/places/", drawing.places, name="pool-places"),
    path("round-destinations/<int:pk>/withdraw/", drawing.withdraw, name="destination-withdraw"),
]
