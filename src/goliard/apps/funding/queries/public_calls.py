"""Calls that the public site shows."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.funding.choices import CallState, MobilityTrack
from goliard.apps.funding.models import FundingCall


def icm_calls() -> QuerySet[FundingCall, Any]:
    """Return the public calls for International Credit Mobility, latest first, with what was published about them."""
    calls = FundingCall.objects.filter(is_public=True, action__track=MobilityTrack.ICM)
    return calls.select_related("action__programme", "funder").prefetch_related("figures").order_by("-year", "key")


def open_to_interest() -> QuerySet[FundingCall, Any]:
    """Return the International Credit Mobility calls that are announced or open and have a timeline: anybody may read when and how."""
    calls = FundingCall.objects.filter(action__track=MobilityTrack.ICM, state__in=[CallState.ANNOUNCED, CallState.OPEN])
    return calls.filter(steps__isnull=False).distinct().select_related("action__programme").order_by("-year", "key")


def icm_call(year: int) -> FundingCall | None:
    """Return the public International Credit Mobility call of `year`, or None."""
    return icm_calls().filter(year=year).first()
