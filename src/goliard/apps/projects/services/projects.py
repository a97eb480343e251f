"""Keep a project with its parties and scope; move it along its life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from goliard.apps.institutions.ancestry import leads_back
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.journal.services import record
from goliard.apps.projects.models import (
    JeanMonnetAward,
    Project,
    ProjectCoordinator,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectOutput,
    ProjectPartner,
    ProjectPriority,
    ResourceShare,
    WorkPackage,
)
from goliard.apps.projects.queries.rule_inputs import ProjectParts, stored_parts
from goliard.apps.projects.queries.verdicts import missing_from, refused_as
from goliard.apps.projects.services.searching import key_project
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.publication import PROJECT
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_project(
    *,
    row: Project,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Project:
    """Save the project with its changed parts.

    Raises Refused where the rules of its call refuse it, a unit belongs to somebody else, a predecessor leads back to it, a visible
    project would lack what its page must say, or a faculty officer would be left without a unit of theirs in it; ValidationError and
    ChangedMeanwhile as `keep`.
    """
    if row.pk:
        Project.objects.select_for_update().get(pk=row.pk)  # before the parts are read: they are judged as they will be kept
    after = ProjectParts(
        partners=parts_after(ProjectPartner, row, parts, removed),
        home_units=parts_after(ProjectHomeUnit, row, parts, removed),
        coordinators=parts_after(ProjectCoordinator, row, parts, removed),
        mobilities=parts_after(ProjectMobility, row, parts, removed),
        priorities=parts_after(ProjectPriority, row, parts, removed),
        work_packages=parts_after(WorkPackage, row, parts, removed),
        outputs=parts_after(ProjectOutput, row, parts, removed),
        shares=parts_after(ResourceShare, row, parts, removed),
        jean_monnet=parts_after(JeanMonnetAward, row, parts, removed),
    )
    reasons = [*refused_as(row, after), *_unit_faults(after), *_own_faults(row), *_scope_faults(after, actor)]
    if row.state == "published":
        reasons += missing_from(row, after, timezone.localdate(now))
    if reasons:
        raise Refused(reasons)
    key_project(project=row)
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def move_project(*, row: Project, action: str, actor: Actor, now: datetime) -> Project:
    """Publish, withdraw or archive the project.

    Raises TransitionRefused where the action does not lead on from its state or is not the actor's; Refused, with everything that is
    missing, where it would be shown incomplete.
    """
    project = Project.objects.select_for_update().select_related("call__action").get(pk=row.pk)
    before = project.state
    project.state = PROJECT.next_state(state=before, action=action, actor=actor)
    if project.state == "published":
        parts = stored_parts(project)
        if reasons := (*refused_as(project, parts), *missing_from(project, parts, timezone.localdate(now))):
            raise Refused(reasons)
    project.save(update_fields=["state"])
    details = {"state": {"before": before, "after": project.state}}
    record(actor=actor, verb=action, subject=project, now=now, details=details)
    return project


def _own_faults(row: Project) -> Iterator[Reason]:
    if row.isced_f:
        try:
            row.isced_f = parse_isced_field(row.isced_f).code
        except InvalidValue as invalid:
            yield Reason("isced-form", invalid.text, field="isced_f")
    if row.first_year is not None and row.last_year is not None and row.last_year < row.first_year:
        yield Reason(
            "years-order", Text("Het laatste jaar ligt voor het eerste.", "The last year lies before the first."), field="last_year"
        )
    if leads_back(row, "predecessor"):
        text = Text("Een project kan niet op zichzelf volgen.", "A project cannot go on from itself.")
        yield Reason("predecessor-circle", text, field="predecessor")


def _unit_faults(parts: ProjectParts) -> Iterator[Reason]:
    for home in parts.home_units:
        if not home.unit.organisation.is_home:
            text = Text(
                f"{home.unit.name_nl} is geen eenheid van de eigen instelling.",
                f"{home.unit.name_en} is not a unit of the home institution.",
            )
            yield Reason("home-unit-elsewhere", text, field="home_units")
    for partner in parts.partners:
        if partner.organisation.is_home:
            text = Text(
                "De eigen instelling is geen partner van haar eigen project.", "The home institution is no partner of its own project."
            )
            yield Reason("home-as-partner", text, field="partners")
        if partner.unit is not None and partner.unit.organisation_id != partner.organisation_id:
            text = Text(
                f"{partner.unit.name_nl} hoort niet bij {partner.organisation.name_nl}.",
                f"{partner.unit.name_en} does not belong to {partner.organisation.name_en}.",
            )
            yield Reason("partner-unit-elsewhere", text, field="partners")


def _scope_faults(parts: ProjectParts, actor: Actor) -> Iterator[Reason]:
    if not actor.is_office and not actor.covers(frozenset(home.unit_id for home in parts.home_units)):
        text = Text(
            "Minstens één eigen eenheid van het project moet onder uw faculteit vallen.",
            "At least one home unit of the project must belong to your faculty.",
        )
        yield Reason("home-unit-out-of-scope", text, field="home_units")
