"""Addresses of applications besides their register."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.applications import acting, approvals, on_paper, round_letters, special

application_urls = [
    path("applications/<int:pk>/ask/", acting.ask, name="application-ask"),
    path("applications/<int:pk>/more-time/", acting.reopen, name="application-reopen"),
    path("applications/<int:pk>/withdraw/", acting.withdraw, name="application-withdraw"),
    path("applications/<int:pk>/approval/", approvals.approval, name="application-approval"),
    path("applications/<int:pk>/files/<int:document>/", acting.submitted_file, name="application-file"),
    path("applications/<int:pk>/asked/<int:asked>/", acting.asked_file, name="application-asked-file"),
    path("applications/<int:pk>/declaration/", special.declaration, name="declaration"),
    path("applications/<int:pk>/declaration/evidence/", special.evidence, name="declaration-evidence"),
    path("rounds/<int:pk>/paper/", on_paper.on_paper, name="round-paper"),
    path("rounds/<int:pk>/reminders/", round_letters.reminders, name="round-reminders"),
    path("special-data-readers/", special.readers, name="special-readers"),
    path("special-data-readers/<int:pk>/end/", special.end_reader, name="special-reader-end"),
]
