"""The report of a round that anybody may read, and the minima that were hoped for; small numbers of people are never shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goliard.apps.placement.choices import RunKind
from goliard.apps.placement.models import PlacementRun
from goliard.apps.rounds.choices import GroupKind, RoundState
from goliard.apps.rounds.models import Round, RoundGroup
from goliard.rules.placement.public_report import FEWEST
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One place. `None` is suppressed, and so is a cut-off of `None`, or there was none."""

    name: Text
    places: int
    named_by: int | None
    first_wishes: int | None
    placed: int | None
    cut_off: str | None


@dataclass(frozen=True, slots=True)
class RoundReport:
    """The report of a round: the run as it was published first, without people. `by_wish` ends with those without a place."""

    run: PlacementRun
    applicants: int | None
    rows: tuple[ReportRow, ...]
    by_wish: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Minimum:
    """A group with the places that were hoped for it, and how many of it were placed; `None` where that would tell of people."""

    group: RoundGroup
    applicants: int | None
    placed: int | None


def reported_rounds() -> QuerySet[Round, Any]:
    """Return the public rounds with a report, the latest first."""
    known = Round.objects.filter(is_public=True, state__in=[RoundState.PUBLISHED, RoundState.ENDED])
    reported = known.filter(placement_runs__kind=RunKind.PLACEMENT, placement_runs__published_at__isnull=False)
    return reported.distinct().order_by("-closes_on", "pk")


def report_of(round_: Round) -> RoundReport | None:
    """Return the report of a round; None before its results are published."""
    if round_.state not in {RoundState.PUBLISHED, RoundState.ENDED}:
        return None
    run = round_.placement_runs.filter(kind=RunKind.PLACEMENT, published_at__isnull=False).defer("input_text").order_by("-number").first()
    if run is None or not run.public:
        return None
    names = run.told.get("names", {})
    rows = [ReportRow(Text(*names.get(key, (key, key))), *rest) for key, *rest in run.public["rows"] if rest[0]]
    parts = sorted(run.public["by_wish"].items(), key=lambda part: (part[0] == "none", int(part[0]) if part[0].isdigit() else 0))
    return RoundReport(run, run.public["applicants"], tuple(sorted(rows, key=lambda row: row.name.en)), tuple(parts))


def minima_of(run: PlacementRun) -> list[Minimum]:
    """Return the groups of a round with what was hoped for and what came of it. Reported, never guaranteed."""
    letters = {key: letter for letter, key in run.told.get("groups", {}).items()}
    found = []
    for group in run.round.groups.select_related("unit"):
        applicants, placed = run.group_numbers.get(letters.get(group.key, ""), [0, 0])
        hidden = group.kind == GroupKind.FEWER_OPPORTUNITIES and applicants < FEWEST
        found.append(Minimum(group, None if hidden else applicants, None if hidden else placed))
    return found
