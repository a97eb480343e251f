"""Organisations that may be the same one twice."""

from __future__ import annotations

from difflib import SequenceMatcher

from goliard.apps.institutions.models import Organisation, OrganisationIdentifier
from goliard.rules.values.folding import fold

ALIKE = 0.86
# words that so many institutions share that they say nothing about which one it is
COMMON = {
    "university",
    "universiteit",
    "universite",
    "universidad",
    "universita",
    "universitat",
    "of",
    "de",
    "the",
    "van",
    "la",
    "institute",
    "college",
}


def possible_duplicates(organisation: Organisation) -> list[Organisation]:
    """Return other organisations in the same country whose name is alike, or that carry the same identifier; most alike first."""
    same_id = OrganisationIdentifier.objects.filter(
        value__in=organisation.identifiers.values_list("value", flat=True),
        scheme__in=organisation.identifiers.values_list("scheme", flat=True),
    ).values_list("organisation_id", flat=True)
    shared = set(same_id) - {organisation.pk}
    others = Organisation.objects.filter(country_id=organisation.country_id).exclude(pk=organisation.pk).exclude(name_status="placeholder")
    scored = [(1.0 if other.pk in shared else likeness(organisation.name_en, other.name_en), other) for other in others]
    return [other for score, other in sorted(scored, key=lambda pair: (-pair[0], pair[1].pk)) if score >= ALIKE]


def likeness(one: str, other: str) -> float:
    """Return how alike two names are, 0 to 1, by their distinguishing words whatever their order."""
    first, second = _distinguishing(one), _distinguishing(other)
    return SequenceMatcher(None, first, second).ratio() if first and second else 0.0


def _distinguishing(name: str) -> str:
    words = fold(name).split()
    return " ".join(sorted(word for word in words if word not in COMMON) or sorted(words))
