"""Addresses of the student portal."""

from __future__ import annotations

from django.urls import path

from goliard.portals.student import (
    approvals,
    circumstances,
    documents,
    home,
    questions,
    recommendations,
    results,
    scholarships,
    status,
    stays,
    wishes,
)

app_name = "student"
APPLICATION = [  # the screens of one application, for students and for members of staff
    path("applications/<uuid:public_id>/", status.page, name="application"),
    path("applications/<uuid:public_id>/wishes/", wishes.wishes, name="wishes"),
    path("applications/<uuid:public_id>/questions/", questions.questions, name="questions"),
    path("applications/<uuid:public_id>/stay/", stays.stay, name="stay"),
    path("applications/<uuid:public_id>/approval/", approvals.approval, name="approval"),
    path("applications/<uuid:public_id>/documents/", documents.documents, name="documents"),
    path("applications/<uuid:public_id>/documents/<int:pk>/file/", documents.file, name="document-file"),
    path("applications/<uuid:public_id>/requests/<int:pk>/", documents.answer, name="request"),
    path("applications/<uuid:public_id>/circumstances/", circumstances.circumstances, name="circumstances"),
    path("applications/<uuid:public_id>/result/", results.result, name="result"),
    path("applications/<uuid:public_id>/result/<slug:word>/", results.answer, name="result-answer"),
    path("applications/<uuid:public_id>/recommendations/", recommendations.recommendations, name="recommendations"),
    path("applications/<uuid:public_id>/review/", status.review, name="review"),
    path("applications/<uuid:public_id>/submit/", status.submit, name="submit"),
    path("applications/<uuid:public_id>/withdraw/", status.withdraw, name="withdraw"),
    path("applications/<uuid:public_id>/resume/", status.resume, name="resume"),
    path("applications/<uuid:public_id>/receipt-<int:number>.json", status.receipt, name="receipt"),
]
urlpatterns = [
    path("", home.mine, name="home"),
    path("scholarships/", scholarships.scholarships, name="scholarships"),
    path("scholarships/ask/<slug:key>/", scholarships.ask, name="scholarship-ask"),
    path("scholarships/<uuid:public_id>/", scholarships.scholarship, name="scholarship"),
    path("scholarships/<uuid:public_id>/withdraw/", scholarships.withdraw, name="scholarship-withdraw"),
    path("rounds/<slug:key>/", home.round_page, name="round"),
    path("rounds/<slug:key>/start/", home.start, name="start"),
    *APPLICATION,
]
