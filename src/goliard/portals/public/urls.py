"""The public site's addresses."""

from __future__ import annotations

from django.urls import path
from django.views.generic import TemplateView

app_name = "public"
NAMES = ("partners", "icm", "erasmus", "networks", "news", "privacy", "accessibility", "data")
urlpatterns = [
    path("", TemplateView.as_view(template_name="shared/page.html"), name="home"),
    *(path(f"{name}/", TemplateView.as_view(template_name="shared/page.html"), name=name) for name in NAMES),
]
