"""What all projects add up to: by action, by where their partners are, by what they serve, and their outputs by level."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from goliard.apps.funding.models import Action, Priority, StrategicGoal
from goliard.apps.institutions.choices import Continent
from goliard.apps.projects.choices import PartnershipKind
from goliard.apps.projects.models import Project, ProjectOutput, ProjectPartner

EUROPE, BEYOND, BOTH, NOWHERE = "europe", "beyond", "both", ""


@dataclass(frozen=True, slots=True)
class ActionTotals:
    """The projects of an action. `award_cents` adds up what is known; `unknown_awards` counts the projects of which it is not."""

    action: Action
    projects: int
    award_cents: int
    unknown_awards: int
    new: int
    continued: int


@dataclass(frozen=True, slots=True)
class PlaceTotals:
    """Projects with partners in EUROPE only, BEYOND it only, in BOTH or NOWHERE (no partner recorded); money as in `ActionTotals`."""

    place: str
    projects: int
    award_cents: int
    unknown_awards: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The whole of the house's projects, drafts included. `untagged` are those that serve no recorded goal."""

    actions: tuple[ActionTotals, ...]
    places: tuple[PlaceTotals, ...]
    goals: tuple[tuple[StrategicGoal, int], ...]
    priorities: tuple[tuple[Priority, int], ...]
    untagged: tuple[Project, ...]
    outputs: tuple[tuple[str, int], ...]


def portfolio(*, year: int | None = None) -> Portfolio:
    """Return the totals of all projects, or of those of the calls of one year, in six queries."""
    projects = Project.objects.all() if year is None else Project.objects.filter(call__year=year)
    chosen = Q() if year is None else Q(calls__year=year)
    actions = Action.objects.filter(chosen).annotate(
        project_count=Count("calls__projects"),
        award=Sum("calls__projects__award_cents"),
        unknown=Count("calls__projects", filter=Q(calls__projects__award_cents__isnull=True)),
        new=Count("calls__projects", filter=Q(calls__projects__partnership=PartnershipKind.NEW)),
        continued=Count("calls__projects", filter=Q(calls__projects__partnership=PartnershipKind.CONTINUED)),
    )
    tagged = Count("served_by", filter=Q() if year is None else Q(served_by__project__call__year=year))
    levels = ProjectOutput.objects.filter(project__in=projects).order_by().values_list("level").annotate(number=Count("pk"))
    return Portfolio(
        actions=tuple(
            ActionTotals(row, row.project_count, row.award or 0, row.unknown, row.new, row.continued)
            for row in actions.filter(project_count__gt=0).order_by("-project_count", "code")
        ),
        places=_places(projects),
        goals=tuple((goal, goal.number) for goal in StrategicGoal.objects.annotate(number=tagged).order_by("position", "pk")),
        priorities=tuple((each, each.number) for each in Priority.objects.annotate(number=tagged).order_by("-owner", "position", "pk")),
        untagged=tuple(projects.filter(goals__isnull=True).select_related("call").order_by("-call__year", "title_en")),
        outputs=tuple(levels),
    )


def _places(projects: QuerySet[Project, Any]) -> tuple[PlaceTotals, ...]:
    """Return the totals by place. Europe is the continent of the seven-continent model, not the programme's list of countries."""
    partners = ProjectPartner.objects.filter(project=OuterRef("pk"))
    here = Q(organisation__country__continent=Continent.EUROPE)
    rows = (
        projects.annotate(inside=Exists(partners.filter(here)), outside=Exists(partners.exclude(here)))
        .order_by()
        .values("inside", "outside")
        .annotate(number=Count("pk"), award=Sum("award_cents"), unknown=Count("pk", filter=Q(award_cents__isnull=True)))
    )
    names = {(True, False): EUROPE, (False, True): BEYOND, (True, True): BOTH, (False, False): NOWHERE}
    found = {names[row["inside"], row["outside"]]: row for row in rows}
    return tuple(
        PlaceTotals(place, found[place]["number"], found[place]["award"] or 0, found[place]["unknown"])
        for place in names.values()
        if place in found
    )


def years_with_projects() -> list[int]:
    """Return the call years that have projects, latest first."""
    return list(Project.objects.order_by("-call__year").values_list("call__year", flat=True).distinct())
