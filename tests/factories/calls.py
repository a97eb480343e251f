"""A call with a timeline and questions, and an expression of interest that is complete."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.factories import exchange

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role
from goliard.apps.funding.models import (
    CallStep,
    ExpressionOfInterest,
    FundingCall,
    PolicyDocument,
    Priority,
    ProjectApplication,
    StrategicGoal,
)
from goliard.apps.funding.queries.priorities import programme_priorities
from goliard.apps.funding.services.applications import open_application, plan_period, save_partnership
from goliard.apps.funding.services.interests import InterestWords, save_interest, submit_interest
from goliard.apps.funding.services.timeline import prepare_call
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.access.actor import Actor, Role, RoleGrant, system

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))


@dataclass(frozen=True)
class OpenCall:
    call: FundingCall
    home: Organisation
    unit: OrganizationalUnit
    goal: StrategicGoal
    priority: Priority
    partner: Organisation


def an_open_call(year: int = 2024) -> OpenCall:
    """A KA171 call whose interest closes a week after NOW; 2024 has a shipped table."""
    home = Organisation.objects.filter(is_home=True).first() or exchange.make_home()
    if home.latitude is None:
        Organisation.objects.filter(pk=home.pk).update(latitude="52.1571", longitude="4.4853")
    action = exchange.make_action(code="KA171", project_months=36)
    if there := FundingCall.objects.filter(action=action, year=year).first():
        partner = Organisation.objects.get(key="addis-university")
        unit = OrganizationalUnit.objects.get(key="faculty-of-stars")
        return OpenCall(there, home, unit, StrategicGoal.objects.get(key="learning"), Priority.objects.get(key="inclusion"), partner)
    call = exchange.make_call(year, action=action, project_months=36, state="open")
    for kind, day in (("interest", "2026-11-27"), ("pre-selection", "2026-12-09"), ("final", "2027-01-30"), ("submission", "2027-02-05")):
        CallStep.objects.create(call=call, kind=kind, due_on=dt.date.fromisoformat(day), due_at=dt.time(23, 59))
    prepare_call(call=call, actor=system("test"), now=NOW)
    document = PolicyDocument.objects.create(key="plan", kind="strategic-plan", title_en="Plan", title_nl="Plan")
    return OpenCall(
        FundingCall.objects.get(pk=call.pk), home, exchange.make_unit("Faculty of Stars", home),
        StrategicGoal.objects.create(key="learning", document=document, title_en="Learning", title_nl="Leren"),
        Priority.objects.create(key="inclusion", owner="programme", title_en="Inclusion", title_nl="Inclusie"),
        exchange.make_organisation("Addis University", country="ET", latitude="9.0400", longitude="38.7600"),
    )  # fmt: skip


def a_writer(email: str = "writer@example.org", role: Role = Role.STAFF) -> User:
    """A member of staff with an account."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, display_name=email.split("@", maxsplit=1)[0].title())
        user.set_password("a long enough sentence")
        user.save()
        assign_role(user=user, role=role, actor=system("test"), now=NOW)
    return user


def actor_of(user: User, *roles: Role) -> Actor:
    return Actor(user.actor_id, tuple(RoleGrant(role) for role in roles or (Role.STAFF,)))


FLOWS = (
    {"direction": "incoming", "kind": "student/studies/second", "count": 2, "days": 120},
    {"direction": "outgoing", "kind": "staff/teaching/", "count": 1, "days": 7, "travel_days": 2},
)


def complete_words(stage: OpenCall, **changes: Any) -> InterestWords:
    values: dict[str, Any] = {
        "title": "Stars over Ethiopia", "title_nl": "Sterren boven Ethiopië",
        "country": stage.partner.country, "partner_name": stage.partner.name_en, "unit": stage.unit,
        "needs_analysis": "Both need teachers.", "agreed_with_partner": True, "goals": (stage.goal,),
        "answers": {question.pk: "Because." for question in stage.call.questions.filter(stage="interest")},
        "priorities": {each.pk: "Open to all." for each in programme_priorities()}, "flows": FLOWS,
    }  # fmt: skip
    return InterestWords(**(values | changes))


def an_interest(stage: OpenCall, owner: User | None = None, **changes: Any) -> ExpressionOfInterest:
    """A complete draft."""
    owner = owner or a_writer()
    draft = ExpressionOfInterest.objects.create(call=stage.call, owner=owner, saved_at=NOW)
    return save_interest(interest=draft, words=complete_words(stage, **changes), seen=0, actor=actor_of(owner), now=NOW)


def a_selected_interest(stage: OpenCall, owner: User | None = None, **changes: Any) -> ExpressionOfInterest:
    """Submitted and selected without rivals."""
    interest = an_interest(stage, owner, **changes)
    submit_interest(interest=interest, actor=actor_of(interest.owner), now=NOW)
    ExpressionOfInterest.objects.filter(pk=interest.pk).update(state="selected")
    return ExpressionOfInterest.objects.get(pk=interest.pk)


def an_application(stage: OpenCall) -> ProjectApplication:
    """The application over what is selected, with a period of three years."""
    application = open_application(call=stage.call, actor=OFFICER, now=NOW)
    return plan_period(application=application, starts_on=dt.date(2027, 8, 1), ends_on=dt.date(2030, 7, 31), actor=OFFICER, now=NOW)


def answered(interest: ExpressionOfInterest) -> ExpressionOfInterest:
    """With every quality question answered."""
    flows = interest.flows.filter(stage="application").values(
        "direction", "kind", "count", "days", "travel_days", "green", "fewer_opportunities"
    )
    answers = {question.pk: "Because." for question in interest.call.questions.filter(stage="application")}
    return save_partnership(interest=interest, answers=answers, flows=list(flows), seen=interest.revision, actor=OFFICER, now=NOW)
