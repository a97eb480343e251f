"""The ranking of a call's expressions of interest."""

from __future__ import annotations

from goliard.apps.funding.choices import InterestState
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, ScoringSheet
from goliard.rules.funding.preselection import EntryFacts, Ranked, SheetFacts, contested, rank

ASKING = (InterestState.SUBMITTED, InterestState.SELECTED, InterestState.NOT_SELECTED)


def asking(call: FundingCall) -> list[ExpressionOfInterest]:
    """Return what was submitted and not withdrawn, decided or not, with sheets and scores, in a fixed number of queries."""
    rows = ExpressionOfInterest.objects.filter(call=call, state__in=ASKING).select_related("country", "owner", "unit")
    return list(rows.prefetch_related("sheets__scores", "sheets__reviewer", "submissions"))


def ranking(rows: list[ExpressionOfInterest]) -> tuple[Ranked, ...]:
    """Rank them within their countries."""
    return rank([EntryFacts(str(row.pk), row.country.iso2 if row.country else "", _sheets(row)) for row in rows])


def contested_countries(rows: list[ExpressionOfInterest]) -> frozenset[str]:
    """Return the codes of countries for which more than one asks."""
    return contested(row.country.iso2 for row in rows if row.country)


def open_sheets(public_id: str) -> list[ScoringSheet]:
    """Return the sheets that an account still has to fill in."""
    rows = ScoringSheet.objects.filter(reviewer__public_id=public_id, submitted_at__isnull=True, interest__state=InterestState.SUBMITTED)
    return list(rows.select_related("interest__call", "interest__country", "reviewer"))


def _sheets(row: ExpressionOfInterest) -> tuple[SheetFacts, ...]:
    given = [sheet for sheet in row.sheets.all() if sheet.submitted_at is not None]
    return tuple(SheetFacts(sum(score.points for score in sheet.scores.all()), sheet.conflict) for sheet in given)
