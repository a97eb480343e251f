"""Whether projects may exist and be shown: `rules/funding` decides, as it does when the office keeps one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q

from goliard.apps.projects.choices import ProjectState
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.rule_inputs import Surroundings, stored_parts, surroundings
from goliard.apps.projects.queries.verdicts import missing_from, refused_as
from goliard.apps.transfer.checks.finding import Finding
from goliard.apps.transfer.table import batches
from goliard.rules.values.texts import Text

_PARTS = (
    "partners__organisation__country",
    "partners__unit",
    "home_units__unit__organisation",
    "coordinators__person",
    "mobilities",
    "priorities__priority",
)
# what a rule calls a part -> the column of projects.csv, "" for a part that has a file of its own
_COLUMNS = {"partners": "", "coordinators": "", "mobilities": "", "priorities": "", "period": "ends_on"}


def check_projects(touched: dict[str, set[int]], today: date) -> Iterable[Finding]:
    """Every project that the load touched, directly or through its call, partners or countries, keeps to the rules."""
    wanted = _concerned(touched)
    if not wanted:
        return
    around = surroundings()
    for part in batches(wanted):
        for project in Project.objects.filter(pk__in=part).select_related("call__action", "country").prefetch_related(*_PARTS):
            yield from _findings(project, around, today)


def _concerned(touched: dict[str, set[int]]) -> set[int]:
    if touched["country_statuses"]:
        return set(Project.objects.values_list("pk", flat=True))
    found = set(touched["projects"])
    for part in batches(touched["organisations"]):
        found.update(Project.objects.filter(partners__organisation__in=part).values_list("pk", flat=True))
    indirect = Q(call__in=touched["calls"]) | Q(call__action__in=touched["actions"])
    return found | set(Project.objects.filter(indirect).values_list("pk", flat=True))


def _findings(project: Project, around: Surroundings, today: date) -> Iterator[Finding]:
    parts = stored_parts(project)
    reasons = [*refused_as(project, parts, around)]
    if project.state == ProjectState.PUBLISHED:
        reasons += missing_from(project, parts, today)
    for reason in reasons:
        yield Finding("projects", project.pk, _COLUMNS.get(reason.field, reason.field), reason.because, project.key)
    for partner in parts.partners:
        if partner.unit is not None and partner.unit.organisation_id != partner.organisation_id:
            because = Text("Deze eenheid hoort bij een andere organisatie.", "This unit belongs to another organisation.")
            yield Finding("project_partners", partner.pk, "unit", because, project.key)
        if partner.organisation.is_home:
            because = Text(
                "De eigen instelling is geen partner van haar eigen project.", "The home institution is no partner of its own project."
            )
            yield Finding("project_partners", partner.pk, "organisation", because, project.key)
    for each in parts.home_units:
        if not each.unit.organisation.is_home:
            because = Text(
                f"{each.unit.key} is geen eenheid van de eigen instelling.", f"{each.unit.key} is no unit of the home institution."
            )
            yield Finding("projects", project.pk, "home_units", because, project.key)
