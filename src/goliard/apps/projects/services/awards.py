"""An award makes projects: one for each partnership that got money, with partner, unit, coordinator, flows and budget."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.accounts.models import User
from goliard.apps.funding.choices import FlowStage, Outcome
from goliard.apps.funding.models import Award, ExpressionOfInterest, PartnershipDecision
from goliard.apps.funding.queries.applications import partnerships_of
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.journal.services import record
from goliard.apps.people.models import Person
from goliard.apps.projects.models import (
    AwardedProject,
    Project,
    ProjectBudget,
    ProjectCoordinator,
    ProjectFlow,
    ProjectGoal,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectPartner,
    ProjectPriority,
)
from goliard.apps.projects.services.searching import key_project
from goliard.rules.access.actor import Actor
from goliard.rules.values.folding import fold

PURPOSES = {"studies": "study", "traineeship": "traineeship", "teaching": "teaching", "training": "training"}


@transaction.atomic
def make_projects(*, award: Award, actor: Actor, now: datetime) -> list[Project]:
    """Return the projects of an award, made now or before; refused partnerships make none. They begin as drafts, to be completed."""
    call = award.application.call
    rows = {row.pk: row for row in partnerships_of(call)}
    decisions = PartnershipDecision.objects.filter(interest__in=rows).exclude(outcome=Outcome.REFUSED).order_by("interest_id")
    return [_project(award, rows[each.interest_id], each, actor, now) for each in decisions]


def _project(award: Award, interest: ExpressionOfInterest, decision: PartnershipDecision, actor: Actor, now: datetime) -> Project:
    made = AwardedProject.objects.filter(decision=decision).select_related("project").first()
    if made is not None:
        return made.project
    application, country = award.application, interest.country
    slug = country.slug if country else "project"
    taken = Project.objects.filter(key__startswith=f"{interest.call.key}-{slug}"[:70]).count()
    key = f"{interest.call.key}-{slug}"[:70] + (f"-{taken + 1}" if taken else "")
    project = Project(
        key=key, call=interest.call, country=country, number=award.number, title_en=interest.title or interest.title_nl,
        title_nl=interest.title_nl or interest.title,
        starts_on=application.starts_on, ends_on=application.ends_on, award_cents=decision.amount_cents,
        is_illustrative=interest.is_illustrative,
    )  # fmt: skip
    key_project(project=project)
    project.full_clean(exclude=["search_key"])
    project.save()
    AwardedProject.objects.create(project=project, decision=decision)
    _parties(project, interest)
    _scope(project, interest)
    _numbers(project, interest)
    record(actor=actor, verb="make-project", subject=project, now=now, details={"award": award.number, "interest": str(interest.public_id)})
    return project


def _parties(project: Project, interest: ExpressionOfInterest) -> None:
    if interest.partner is not None:
        ProjectPartner.objects.create(project=project, organisation=interest.partner, position=1)
    if interest.unit is not None:
        ProjectHomeUnit.objects.create(project=project, unit=interest.unit, position=1)
    ProjectCoordinator.objects.create(project=project, person=_person(interest.owner))


def _person(owner: User) -> Person:
    """The applicant coordinates; an account that had no person gets one, by the name that it shows."""
    if owner.person is None:
        given, _space, family = owner.display_name.rpartition(" ")
        owner.person = Person.objects.create(given_name=given, family_name=family, search_key=fold(owner.display_name))
        owner.save(update_fields=["person"])
    return owner.person


def _scope(project: Project, interest: ExpressionOfInterest) -> None:
    kinds = dict.fromkeys((flow.direction, *flow.kind.split("/")[:2]) for flow in interest.flows.all() if flow.stage == FlowStage.AWARDED)
    ProjectMobility.objects.bulk_create(
        ProjectMobility(project=project, direction=direction, participant=participant, purpose=PURPOSES[activity])
        for direction, participant, activity in kinds
    )
    ProjectPriority.objects.bulk_create(
        ProjectPriority(project=project, priority=each.priority, how_en=each.how, how_nl=each.how) for each in interest.priorities.all()
    )
    ProjectGoal.objects.bulk_create(ProjectGoal(project=project, goal=goal) for goal in interest.goals.all())


def _numbers(project: Project, interest: ExpressionOfInterest) -> None:
    granted = {flow.position: flow.count for flow in interest.flows.all() if flow.stage == FlowStage.AWARDED}
    ProjectFlow.objects.bulk_create(
        ProjectFlow(
            project=project, position=flow.position, direction=flow.direction, kind=flow.kind, days=flow.days,
            travel_days=flow.travel_days, planned=flow.count, granted=granted.get(flow.position, 0),
        )
        for flow in interest.flows.all()
        if flow.stage == FlowStage.APPLICATION
    )  # fmt: skip
    plans = [budget_of(interest, stage).plan for stage in (FlowStage.APPLICATION, FlowStage.AWARDED)]
    cents = [{str(category): money.cents for category, money in plan.by_category.items()} if plan else {} for plan in plans]
    ProjectBudget.objects.bulk_create(
        ProjectBudget(project=project, category=category, planned_cents=cents[0].get(category, 0), granted_cents=cents[1].get(category, 0))
        for category in {**cents[0], **cents[1]}
        if cents[0].get(category) or cents[1].get(category)
    )
