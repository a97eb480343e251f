"""The home institution."""

from __future__ import annotations

from goliard.apps.institutions.models import Organisation


def home_institution() -> Organisation | None:
    """Return the institution whose house this is, or None before any data are loaded."""
    return Organisation.objects.select_related("country").filter(is_home=True).first()
