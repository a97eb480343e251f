"""Addresses of a running project."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.projects import running

running_urls = [
    path("projects/<int:pk>/numbers/", running.numbers, name="project-numbers"),
    path("projects/<int:pk>/changes/", running.changes, name="project-changes"),
    path("projects/<int:pk>/changes/partner/", running.ask_partner, name="project-partner-ask"),
    path("projects/<int:pk>/changes/partner/<int:change>/", running.answer_partner, name="project-partner-answer"),
    path("projects/<int:pk>/changes/transfer/", running.transfer, name="project-transfer"),
    path("projects/<int:pk>/changes/interruption/", running.interrupt, name="project-interrupt"),
    path("projects/<int:pk>/changes/interruption/<int:interruption>/", running.resume, name="project-resume"),
    path("projects/<int:pk>/closure/", running.closure, name="project-closure"),
    path("projects/<int:pk>/closure/balance.json", running.closure_file, name="project-closure-file"),
]
