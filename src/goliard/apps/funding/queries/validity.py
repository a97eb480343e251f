"""Which policy documents hold at a moment."""

from __future__ import annotations

from datetime import date

from goliard.apps.funding.choices import PolicyDocumentKind
from goliard.apps.funding.models import PolicyDocument
from goliard.rules.funding.advice import outdated_papers
from goliard.rules.values.texts import Reason


def documents_cover(kind: str, day: date) -> bool | None:
    """Whether a document of this kind holds on `day`; None where the office has recorded none of this kind."""
    documents = list(PolicyDocument.objects.filter(kind=kind))
    return any(document.holds_on(day) for document in documents) if documents else None


def call_advice(year: int) -> tuple[Reason, ...]:
    """Return which papers of the institution do not cover a call of `year`: charter and policy statement, on the first day of that year."""
    day = date(year, 1, 1)
    return outdated_papers(
        call_year=year,
        charter=documents_cover(PolicyDocumentKind.CHARTER, day),
        statement=documents_cover(PolicyDocumentKind.POLICY_STATEMENT, day),
    )
