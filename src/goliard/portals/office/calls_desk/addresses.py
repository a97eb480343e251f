"""Addresses of the call's desk."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.calls_desk import application, decisions, glance, interests, preselection, reminders, versions, what_if
from goliard.portals.office.grants.addresses import grant_urls
from goliard.portals.office.projects.addresses import running_urls

desk_urls = [
    *running_urls,
    *grant_urls,
    path("call-desk/", glance.desks, name="call-desks"),
    path("call-desk/<int:pk>/", glance.glance, name="call-desk"),
    path("call-desk/<int:pk>/prepare/", glance.prepare, name="call-prepare"),
    path("call-desk/<int:pk>/reopen/", glance.reopen, name="call-reopen"),
    path("call-desk/<int:pk>/ranking/", preselection.ranking_page, name="call-ranking"),
    path("call-desk/<int:pk>/application/", application.application, name="call-application"),
    path("call-desk/<int:pk>/application/begin/", application.begin, name="call-application-begin"),
    path("call-desk/<int:pk>/application/period/", application.period, name="call-application-period"),
    path("call-desk/<int:pk>/application/draft.<str:kind>", application.draft_file, name="call-application-draft"),
    path("call-desk/<int:pk>/application/submitted.<str:kind>", application.kept_file, name="call-application-file"),
    path("call-desk/<int:pk>/application/<slug:action>/", application.move, name="call-application-move"),
    path("call-desk/<int:pk>/what-if/", what_if.what_if, name="call-what-if"),
    path("call-desk/<int:pk>/what-if/copy/", what_if.copy, name="call-what-if-copy"),
    path("call-desk/<int:pk>/what-if/<int:number>/", what_if.edit_copy, name="call-what-if-edit"),
    path("call-desk/<int:pk>/reminders/", reminders.reminders, name="call-reminders"),
    path("call-desk/<int:pk>/decisions/", decisions.decisions, name="call-decisions"),
    path("call-desk/<int:pk>/award/", decisions.award, name="call-award"),
    path("interests/<int:pk>/agency-decision/", decisions.partnership_decision, name="partnership-decision"),
    path("interests/<int:pk>/versions/", versions.versions, name="partnership-versions"),
    path("interests/<int:pk>/versions/<int:version>/comment/", versions.comment, name="partnership-comment"),
    path("interests/<int:pk>/assign/", preselection.assign, name="interest-assign"),
    path("sheets/<int:pk>/release/", preselection.release, name="sheet-release"),
    path("interests/<int:pk>/decide/", preselection.decide, name="interest-decide"),
    path("interests/<int:pk>/return/", interests.give_back, name="interest-return"),
]
