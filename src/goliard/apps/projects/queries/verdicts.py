"""What the rules say about a project: why it may not exist, what it lacks before it is shown, what deserves attention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.rule_inputs import (
    ProjectParts,
    Surroundings,
    coordination_day,
    kind_facts,
    page_facts,
    paperwork,
    project_facts,
    stints,
    stored_parts,
    surroundings,
)
from goliard.rules.funding.advice import advice, short_of
from goliard.rules.funding.completeness import missing_parts
from goliard.rules.funding.coordination import overlaps, sides_without_main
from goliard.rules.funding.eligibility import refusals
from goliard.rules.funding.kinds import kind_faults, kind_gaps
from goliard.rules.values.texts import Reason

_PARTS = (
    "partners__organisation__country",
    "home_units__unit",
    "coordinators__person",
    "mobilities",
    "priorities__priority",
    "work_packages",
    "outputs",
    "resource_shares__organisation",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a project: `refused` stands in the way of saving, `missing` of publishing, `advised` of nothing."""

    refused: tuple[Reason, ...]
    missing: tuple[Reason, ...]
    advised: tuple[Reason, ...]

    @property
    def may_publish(self) -> bool:
        """Whether nothing stands in the way of publishing."""
        return not self.refused and not self.missing


def verdict(project: Project, *, today: date, parts: ProjectParts | None = None, around: Surroundings | None = None) -> Verdict:
    """Return what the rules say of the project with `parts` (those that are stored, unless given)."""
    held = parts or stored_parts(project)
    papers = paperwork(project, held)
    return Verdict(refused=refused_as(project, held, around), missing=missing_from(project, held, today), advised=advice(papers))


def refused_as(project: Project, parts: ProjectParts, around: Surroundings | None = None) -> tuple[Reason, ...]:
    """Return why the project may not exist like this under its call."""
    facts = project_facts(project, parts, around or surroundings())
    return (*refusals(facts), *overlaps(stints(parts.coordinators)), *kind_faults(kind_facts(project, parts)))


def missing_from(project: Project, parts: ProjectParts, today: date) -> tuple[Reason, ...]:
    """Return what is missing before the public may see the project."""
    missing = missing_parts(page_facts(project, parts, today=today))
    if project.is_historical:
        return missing
    day = coordination_day(project, today)
    short = short_of(paperwork(project, parts, lambda _kind, _day: None))
    return (*missing, *short, *kind_gaps(kind_facts(project, parts)), *sides_without_main(stints(parts.coordinators), day))


def unpublishable(projects: QuerySet[Project, Any], *, today: date) -> Iterable[tuple[Project, tuple[Reason, ...]]]:
    """Yield those of the projects that may not be published, with the reasons, in a fixed number of queries."""
    around = surroundings()
    for project in projects.select_related("call__action", "jean_monnet").prefetch_related(*_PARTS):
        parts = stored_parts(project)
        if reasons := (*refused_as(project, parts, around), *missing_from(project, parts, today)):
            yield project, reasons
