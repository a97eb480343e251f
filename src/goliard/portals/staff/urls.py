"""Addresses of the staff portal."""

from django.urls import path

from goliard.portals.staff import approvals, home, interests, partnership, scoring, sheets, writing

app_name = "staff"
urlpatterns = [
    path("", home.home, name="home"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:public_id>/", approvals.approval, name="approval"),
    path("calls/<slug:key>/start/", interests.start, name="start"),
    path("scoring/", scoring.to_score, name="to-score"),
    path("scoring/<uuid:public_id>/", scoring.score_sheet, name="score-sheet"),
    path("scoring/<uuid:public_id>/declare/", scoring.declare, name="score-declare"),
    path("scoring/<uuid:public_id>/documents/<int:pk>/", scoring.score_file, name="score-file"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("interests/<uuid:public_id>/", interests.page, name="interest"),
    path("interests/<uuid:public_id>/application/", partnership.partnership, name="partnership"),
    path("interests/<uuid:public_id>/application/<slug:stage>/", partnership.hand_in, name="partnership-hand-in"),
    path("interests/<uuid:public_id>/version-<slug:stage>-<int:number>.json", partnership.version_file, name="partnership-version"),
    path("interests/<uuid:public_id>/edit/", writing.edit, name="interest-edit"),
    path("interests/<uuid:public_id>/submit/", interests.submit, name="interest-submit"),
    path("interests/<uuid:public_id>/withdraw/", interests.withdraw, name="interest-withdraw"),
    path("interests/<uuid:public_id>/receipt-<int:number>.json", interests.receipt, name="interest-receipt"),
]
