"""Which policy documents hold at a moment."""

from __future__ import annotations

from datetime import date

from goliard.apps.funding.models import PolicyDocument


def documents_cover(kind: str, day: date) -> bool | None:
    """Whether a document of this kind holds on `day`; None where the office has recorded none of this kind."""
    documents = list(PolicyDocument.objects.filter(kind=kind))
    return any(document.holds_on(day) for document in documents) if documents else None
