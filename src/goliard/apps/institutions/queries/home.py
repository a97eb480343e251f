"""The home institution."""

from __future__ import annotations

from goliard.apps.institutions.models import Organisation


def home_institution() -> Organisation | None:
    """Return the institution whose house this is, or None before any data are loaded."""
    homes = Organisation.objects.select_related("country").filter(is_home=True).order_by()  # unordered: the index of the one home answers
    return next(iter(homes[:1]), None)
