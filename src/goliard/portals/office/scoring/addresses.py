"""Addresses of scoring in the office."""

from __future__ import annotations

from django.urls import path

from goliard.portals.office.scoring import application, desk

scoring_urls = [
    path("rounds/<int:pk>/scoring/", desk.scoring, name="round-scoring"),
    path("rounds/<int:pk>/scoring/scores.csv", desk.export, name="round-scores"),
    path("rounds/<int:pk>/scoring/member/", desk.member, name="committee-member"),
    path("rounds/<int:pk>/scoring/member/<int:member_pk>/leave/", desk.leave, name="committee-leave"),
    path("rounds/<int:pk>/scoring/deal/", desk.deal, name="committee-deal"),
    path("scores/<int:pk>/", application.score, name="application-score"),
    path("scores/<int:pk>/correct/", application.correct, name="score-correct"),
    path("scores/sheets/<int:pk>/return/", application.give_back, name="sheet-return"),
]
