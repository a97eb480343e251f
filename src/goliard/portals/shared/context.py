"""What every page shows: whose house this is, in which language, and who has signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from goliard.apps.applications.policies import may_apply
from goliard.apps.funding.policies import may_propose
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.queries import home_institution
from goliard.portals.shared.languages import LANGUAGES, other_language
from goliard.rules.access.actor import ANONYMOUS


def house(request: HttpRequest) -> dict[str, Any]:
    """Return `house` for the templates; the home institution is read once a request, and only by pages that print it."""
    return {"house": SimpleLazyObject(lambda: _house(request))}


def home_of(request: HttpRequest) -> Organisation | None:
    """Return the home institution, read once a request."""
    kept = vars(request)
    if "home_institution" not in kept:
        kept["home_institution"] = home_institution()
    home: Organisation | None = kept["home_institution"]
    return home


def _house(request: HttpRequest) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    home = home_of(request)
    actor = getattr(request, "actor", ANONYMOUS)
    other = other_language(language)
    return {
        "name": home.name(language) if home else "Goliard",
        "motto": home.motto if home else "",
        "home": home,
        "demo": settings.GOLIARD_DEMO,
        "signed_in": actor.id != ANONYMOUS.id,
        "reads_office": actor.reads_office,
        "proposes": may_propose(actor),
        "applies": may_apply(actor),
        "student_home": reverse("student:home"),  # by name: the same addresses hang under the staff portal too
        "other_language": other,
        "other_language_name": LANGUAGES[other],
    }
