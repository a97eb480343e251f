"""The documents that rules and pages cite."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from goliard.apps.funding.models import PolicyDocument, StrategicGoal


def cited_documents() -> QuerySet[PolicyDocument, Any]:
    """Return all documents by kind with the strategic goals that they state, in two queries."""
    goals = StrategicGoal.objects.order_by("position", "pk")
    return PolicyDocument.objects.prefetch_related(Prefetch("goals", goals)).order_by("kind", "title_en", "pk")
