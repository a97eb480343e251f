"""Projects: who takes part, who coordinates, which mobility, which priorities and goals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goliard.apps.projects.models import (
    JeanMonnetAward,
    JointProgrammeInitiative,
    Project,
    ProjectCoordinator,
    ProjectGoal,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectOutput,
    ProjectPartner,
    ProjectPriority,
    ResourceShare,
    WorkPackage,
)
from goliard.apps.projects.services.searching import key_project
from goliard.apps.transfer.columns import Column, ListColumn, column, reference
from goliard.apps.transfer.kinds import Key, Parsed
from goliard.apps.transfer.table import Table, Values, batches
from goliard.apps.transfer.tables.countries import country, period
from goliard.apps.transfer.tables.funding import call
from goliard.apps.transfer.tables.organisations import organisation
from goliard.apps.transfer.tables.people import person
from goliard.apps.transfer.tables.units import unit
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Text

_HEAD = ("state", "is_historical", "number", "acronym", "title_en", "title_nl")
_PERIOD = ("starts_on", "ends_on", "first_year", "last_year", "follow_up_on", "partnership")
_TEXTS = ("lay_summary", "summary", "home_brings", "partner_brings", "impact", "results", "sustainability")
_REST = ("keywords", "host_group", "award_cents", "is_featured", "is_illustrative", "source")


def project(model: type) -> Column:
    """Return a column that holds a project by its key."""
    return reference(model, "project", "projects", "key", kind=Key(80), about="key of a row of projects.csv")


def _period(values: Values) -> Iterable[tuple[str, Text]]:
    for first, last in (("starts_on", "ends_on"), ("first_year", "last_year")):
        if values.get(first) and values.get(last) and values[last] < values[first]:
            yield last, Text("Het einde ligt voor het begin.", "The end lies before the beginning.")
    award = values.get("award_cents")
    if award is not None and award < 0:
        yield "award_cents", Text("Een toekenning is niet negatief.", "An award is not negative.")


def _searchable(projects: set[int], _: date) -> None:
    for part in batches(projects):
        found = list(Project.objects.filter(pk__in=part).select_related("country"))
        for row in found:
            key_project(project=row)
        Project.objects.bulk_update(found, ["search_key"], batch_size=500)


TABLES = (
    Table(
        "projects",
        Project,
        "Funded projects. A historical record may leave out what no source gives; every other project is complete before it is published.",
        key=("key",),
        columns=(
            column(Project, "key"),
            call(Project),
            *(column(Project, name) for name in _HEAD),
            country(Project, about="ISO code of the partner country of a mobility project"),
            *(column(Project, name) for name in _PERIOD),
            reference(Project, "predecessor", "projects", "key", kind=Key(80), about="key of the project that it goes on from"),
            *(column(Project, f"{name}_{language}") for name in _TEXTS for language in ("en", "nl")),
            column(Project, "isced_f", kind=Parsed(parse_isced_field, "an ISCED-F 2013 code of two to four digits")),
            *(column(Project, name) for name in _REST),
        ),
        lists=(
            ListColumn(
                "home_units",
                ProjectHomeUnit,
                parent="project",
                item="unit",
                kind=Key(80),
                refers_to="units",
                lookup="unit__key",
                ordered=True,
                about="keys of the units of the home institution that carry it, the first one first",
            ),
            ListColumn(
                "goals",
                ProjectGoal,
                parent="project",
                item="goal",
                kind=Key(60),
                refers_to="strategic_goals",
                lookup="goal__key",
                about="keys of the strategic goals that it serves",
            ),
        ),
        check=_period,
        finish=_searchable,
    ),
    Table(
        "project_partners",
        ProjectPartner,
        "The partner organisations of projects, where known with the unit.",
        key=("project", "organisation"),
        columns=(
            project(ProjectPartner),
            organisation(ProjectPartner),
            unit(ProjectPartner, about="key of the partner's unit"),
            *(column(ProjectPartner, name) for name in ("role", "position", "valid_from", "valid_until", "source")),
        ),
        parent="project",
        check=period,
    ),
    Table(
        "project_coordinators",
        ProjectCoordinator,
        "Who coordinates a project, for as long as they do; former coordinators stay.",
        key=("project", "person", "side", "valid_from"),
        columns=(
            project(ProjectCoordinator),
            person(ProjectCoordinator),
            *(column(ProjectCoordinator, name) for name in ("side", "valid_from", "valid_until", "role", "is_public")),
        ),
        parent="project",
        check=period,
    ),
    Table(
        "project_mobilities",
        ProjectMobility,
        "The kinds of mobility that a project offers. An empty direction or purpose is one that no source gives.",
        key=("project", "participant", "direction", "purpose"),
        columns=(
            project(ProjectMobility),
            *(column(ProjectMobility, name) for name in ("participant", "direction", "purpose", "note_en", "note_nl")),
        ),
        parent="project",
    ),
    Table(
        "project_priorities",
        ProjectPriority,
        "How a project serves a priority.",
        key=("project", "priority"),
        columns=(
            project(ProjectPriority),
            reference(ProjectPriority, "priority", "priorities", "key", kind=Key(60), about="key of a row of priorities.csv"),
            column(ProjectPriority, "how_en"),
            column(ProjectPriority, "how_nl"),
        ),
        parent="project",
    ),
    Table(
        "project_work_packages",
        WorkPackage,
        "The work packages of cooperation projects (Key Action 2).",
        key=("project", "number"),
        columns=(
            project(WorkPackage),
            *(column(WorkPackage, name) for name in ("number", "title_en", "title_nl")),
            reference(WorkPackage, "leader", "organisations", "key", kind=Key(80), about="key of the organisation that leads it"),
        ),
        parent="project",
    ),
    Table(
        "project_outputs",
        ProjectOutput,
        "What cooperation projects make. The public sees an output, with its licence, once it is marked as public.",
        key=("project", "title_en"),
        columns=(
            project(ProjectOutput),
            *(column(ProjectOutput, name) for name in ("title_en", "title_nl", "position", "kind", "level", "published_on")),
            *(column(ProjectOutput, name) for name in ("url", "licence", "is_public")),
        ),
        parent="project",
    ),
    Table(
        "project_shares",
        ResourceShare,
        "Which part of a cooperation project's resources an organisation bears; the shares of a project are 10,000 together.",
        key=("project", "organisation"),
        columns=(project(ResourceShare), organisation(ResourceShare), column(ResourceShare, "hundredths")),
        parent="project",
    ),
    Table(
        "jean_monnet_awards",
        JeanMonnetAward,
        "Chair, module or centre of a Jean Monnet project, with its holder.",
        key=("project",),
        columns=(
            project(JeanMonnetAward),
            column(JeanMonnetAward, "kind"),
            person(JeanMonnetAward, "holder"),
            *(column(JeanMonnetAward, name) for name in ("is_holder_public", "teaching_hours", "activities_en", "activities_nl")),
        ),
        parent="project",
    ),
    Table(
        "joint_programme_initiatives",
        JointProgrammeInitiative,
        "Plans of units for joint masters and doctorates, from idea to application.",
        key=("unit", "title_en"),
        columns=(
            unit(JointProgrammeInitiative),
            *(column(JointProgrammeInitiative, name) for name in ("title_en", "title_nl", "state", "level")),
            person(JointProgrammeInitiative, "contact"),
            *(column(JointProgrammeInitiative, name) for name in ("idea", "feasibility")),
            reference(JointProgrammeInitiative, "consortium", "networks", "key", kind=Key(80), about="key of a row of networks.csv"),
            project(JointProgrammeInitiative),
        ),
    ),
)
