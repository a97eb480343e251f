"""The same addresses for members of staff, hung under `staff/mobility/`: what is open to them, and their applications."""

from __future__ import annotations

from django.urls import path

from goliard.portals.student import home
from goliard.portals.student.urls import APPLICATION

app_name = "student"
urlpatterns = [
    path("", home.mine_as_staff, name="home"),
    path("rounds/<slug:key>/", home.round_page_for_staff, name="round"),
    path("rounds/<slug:key>/start/", home.start_as_staff, name="start"),
    *APPLICATION,
]
