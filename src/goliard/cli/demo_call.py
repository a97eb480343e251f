"""The calls of the demonstration: the flows of 2022, and a call in progress with proposals in every stage. All of it is invented."""

from __future__ import annotations

import csv
import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from goliard.cli.demo_scholarships import fill_scholarships

if TYPE_CHECKING:
    from goliard.apps.accounts.models import User
    from goliard.apps.funding.models import ExpressionOfInterest, FundingCall
    from goliard.apps.projects.models import Project
    from goliard.rules.access.actor import Actor

FOLDER = Path(__file__).resolve().parents[1] / "demo" / "calls"


def fill_calls(*, actor: Actor, now: datetime) -> None:
    """Fill both calls, each once: what is there already stays as visitors left it."""
    fill_flows(actor=actor, now=now)
    data = tomllib.loads((FOLDER / "open_call.toml").read_text(encoding="utf-8"))
    from goliard.apps.funding.models import FundingCall

    if not FundingCall.objects.filter(key=data["call"]["key"]).exists():
        fill_open_call(data, actor=actor, now=now)
    fill_scholarships(actor=actor, now=now)


def fill_flows(*, actor: Actor, now: datetime) -> None:
    """Give the projects of 2022 their illustrative flows, priced by the engine."""
    from goliard.apps.projects.models import Project, ProjectFlow
    from goliard.apps.projects.services.flows import set_flows

    with (FOLDER / "flows_2022.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for project in Project.objects.filter(key__in={row["project"] for row in rows}):
        if ProjectFlow.objects.filter(project=project).exists():
            continue
        mine = [{name: value if name in {"direction", "kind"} else int(value) for name, value in row.items() if name != "project"}
                for row in rows if row["project"] == project.key]  # fmt: skip
        set_flows(project=project, flows=[{**row, "is_illustrative": True} for row in mine], actor=actor, now=now)
        _report(project, actor, now)


def _report(project: Project, actor: Actor, now: datetime) -> None:
    """Report the illustrative realised numbers, and as money what the engine says that they cost."""
    from goliard.apps.projects.queries.priced import priced_realised
    from goliard.apps.projects.services.reporting import FlowReport, report_realised

    flows = {flow.pk: FlowReport(realised=flow.realised) for flow in project.flows.all()}
    cents = {name: amount for name, amount in priced_realised(project).items() if project.budgets.filter(category=name).exists()}
    report_realised(project=project, flows=flows, cents=cents, actor=actor, now=now)


def fill_open_call(data: dict[str, Any], *, actor: Actor, now: datetime) -> None:
    """Make the call with its timeline, questions and rates, then each proposal up to its stage."""
    from goliard.apps.funding.services.timeline import prepare_call
    from goliard.apps.rates.queries import table_of_call
    from goliard.apps.rates.services import carry_rate_table

    call = _call(data, actor, now)
    prepare_call(call=call, actor=actor, now=now)
    code = call.action.code
    if table_of_call(code, call.year) is None:
        carry_rate_table(action=code, from_call=data["call"]["rates_from"], to_call=call.year, actor=actor, now=now)
    people = {email: _writer(email, name, actor, now) for email, name in data["writers"].items()}
    for told in data["interests"]:
        _interest(call, {**data, "people": people}, told, actor, now)


def _call(data: dict[str, Any], actor: Actor, now: datetime) -> FundingCall:
    from goliard.apps.funding.models import Action, CallStep, FundingCall
    from goliard.apps.funding.services.calls import keep_call

    told = {**data["call"]}
    earlier = FundingCall.objects.get(key=told.pop("funder_of"))
    told.pop("rates_from")
    action = Action.objects.get(key=told.pop("action"))
    row = FundingCall(**told, action=action, state="open", funder=earlier.funder, funder_role=earlier.funder_role)
    steps = [CallStep(kind=kind, due_on=now.date() + timedelta(days=days), due_at=time(23, 59)) for kind, days in data["steps"].items()]
    return keep_call(row=row, actor=actor, now=now, parts=steps)


def _writer(email: str, name: str, actor: Actor, now: datetime) -> User:
    from goliard.apps.accounts.demonstration import PASSWORD
    from goliard.apps.accounts.queries import account_of_email
    from goliard.apps.accounts.services import create_demonstration_account
    from goliard.rules.access.actor import Role

    found = account_of_email(email)
    return found or create_demonstration_account(
        email=email, display_name=name or "Staff Member", password=PASSWORD, role=Role.STAFF, actor=actor, now=now
    )


def _interest(call: FundingCall, data: dict[str, Any], told: dict[str, Any], actor: Actor, now: datetime) -> None:
    from goliard.apps.funding.services.interests import save_interest, start_interest, submit_interest, withdraw_interest
    from goliard.apps.funding.services.preselection import decide_interest

    interest = start_interest(call=call, owner=data["people"][told["owner"]], actor=actor, now=now, is_illustrative=True)
    interest = save_interest(interest=interest, words=_words(call, told, data["texts"]), seen=0, actor=actor, now=now)
    until = told["until"]
    if until == "draft":
        return
    submit_interest(interest=interest, actor=actor, now=now)
    if until == "withdrawn":
        withdraw_interest(interest=interest, reason=told["because_en"], actor=actor, now=now)
    elif until in {"selected", "declined"}:
        decide_interest(
            interest=interest, is_selected=until == "selected", because_nl=told["because_nl"], because_en=told["because_en"],
            actor=actor, now=now,
        )  # fmt: skip
    else:
        _review(interest, told, data["people"], actor, now)


def _review(interest: ExpressionOfInterest, told: dict[str, Any], writers: dict[str, User], actor: Actor, now: datetime) -> None:
    """A sheet: handed in where the proposal is reviewed, waiting for its reviewer where it is only submitted."""
    from goliard.apps.funding.services.preselection import assign_reviewer, submit_sheet

    reviewer = writers[told.get("reviewer", "reviewer@example.org")]
    sheet = assign_reviewer(interest=interest, reviewer=reviewer, actor=actor, now=now)
    if told["until"] == "reviewed":
        points = {question.pk: told["points"] for question in interest.call.questions.filter(stage="interest")}
        submit_sheet(sheet=sheet, conflict=False, points=points, comment="Illustrative.", actor=actor, now=now)


def _words(call: FundingCall, told: dict[str, Any], texts: dict[str, Any]) -> Any:
    from goliard.apps.funding.models import Priority, StrategicGoal
    from goliard.apps.funding.services.interests import InterestWords
    from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit

    names = ("direction", "kind", "count", "days", "travel_days")
    return InterestWords(
        title=told["title"], title_nl=told["title_nl"], country=Country.objects.get(iso2=told["country"]),
        partner_name=Organisation.objects.get(key=told["partner"]).name_en, unit=OrganizationalUnit.objects.get(key=told["unit"]),
        needs_analysis=texts["needs_analysis"], agreed_with_partner=True, goals=tuple(StrategicGoal.objects.all()[:1]),
        answers={question.pk: texts["answer"] for question in call.questions.filter(stage="interest")},
        priorities={priority.pk: texts["priorities"][priority.key] for priority in Priority.objects.filter(owner="programme")},
        flows=tuple(dict(zip(names, row, strict=True)) for row in told["flows"]),
    )  # fmt: skip
