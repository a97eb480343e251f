"""The partner page's addresses: everything below the secret of one link."""

from __future__ import annotations

from django.urls import path

from goliard.portals.partner import views

app_name = "partner"
urlpatterns = [
    path("<str:secret>/", views.page, name="page"),
    path("<str:secret>/comment/", views.comment, name="comment"),
    path("<str:secret>/propose/", views.propose, name="propose"),
    path("<str:secret>/approve/", views.approve, name="approve"),
    path("<str:secret>/agreement.pdf", views.document, name="document"),
]
