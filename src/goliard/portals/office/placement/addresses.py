"""Addresses of placement in the office."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.placement import desk, laboratory, later, offers, publishing, runs

placement_urls = [
    path("placement/", desk.rounds, name="placement"),
    path("placement/<int:pk>/", desk.desk, name="placement-desk"),
    path("placement/<int:pk>/ask/<slug:kind>/", desk.ask, name="placement-ask"),
    path("placement/<int:pk>/end/", desk.end, name="placement-end"),
    path("placement/<int:pk>/offers/", offers.board, name="placement-offers"),
    path("placement/<int:pk>/offers/<slug:action>/", offers.act, name="placement-offers-act"),
    path("placement/<int:pk>/waiting/", offers.waiting, name="placement-waiting"),
    path("placement/<int:pk>/by-hand/", offers.by_hand, name="placement-by-hand"),
    path("placement/<int:pk>/later/", later.later, name="placement-later"),
    path("placement/<int:pk>/invite/", later.invite, name="placement-invite"),
    path("placement-pools/<int:pk>/places/", offers.places, name="placement-places"),
    path("placement-runs/<int:pk>/", runs.run_page, name="placement-run"),
    path("placement-runs/<int:pk>/move/<slug:action>/", runs.move, name="placement-run-move"),
    path("placement-runs/<int:pk>/publish/", publishing.publish, name="placement-publish"),
    path("placement-runs/<int:pk>/compare/<int:other>/", runs.compare, name="placement-compare"),
    path("placement-runs/<int:pk>/laboratory/", laboratory.laboratory, name="placement-laboratory"),
    path("placement-runs/<int:pk>/files/<str:name>", runs.run_file, name="placement-run-file"),
    path("placement-offers/<int:pk>/withdraw/", offers.withdraw, name="placement-offer-withdraw"),
]
