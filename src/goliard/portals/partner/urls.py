"""The partner page's addresses: everything below the secret of one link, to an agreement or to a list of nominations."""

from __future__ import annotations

from django.urls import path

from goliard.portals.partner import approvals, nominations, recommendations, views

app_name = "partner"
urlpatterns = [
    path("nominations/<str:secret>/", nominations.page, name="nominations"),
    path("nominations/<str:secret>/<uuid:public_id>/", nominations.answer, name="nomination-answer"),
    path("nominations/<str:secret>/list.<str:kind>", nominations.document, name="nomination-list"),
    path("recommendations/<str:secret>/", recommendations.page, name="recommendation"),
    path("approvals/<str:secret>/", approvals.page, name="approval"),
    path("<str:secret>/", views.page, name="page"),
    path("<str:secret>/comment/", views.comment, name="comment"),
    path("<str:secret>/propose/", views.propose, name="propose"),
    path("<str:secret>/approve/", views.approve, name="approve"),
    path("<str:secret>/signed.pdf", views.signed_document, name="signed"),
    path("<str:secret>/agreement.pdf", views.document, name="document"),
]
