"""A running project: realised numbers, a partner that joins, money that moves by rule, a standstill, and the closure."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from tests.factories import exchange
from tests.factories.calls import NOW, OFFICER, an_open_call
from tests.factories.funding import status

from goliard.apps.agreements.queries.joining import may_be_used_in_a_mobility, readiness_of_partners
from goliard.apps.institutions.models import CountryStatus
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Person, PersonEmail
from goliard.apps.projects.choices import InterruptionKind
from goliard.apps.projects.models import Project, ProjectBudget, ProjectCoordinator, ProjectPartner
from goliard.apps.projects.queries.balances import balance_of
from goliard.apps.projects.queries.call_money import call_money
from goliard.apps.projects.queries.visits import warnings_of_visits
from goliard.apps.projects.services.closing import close_project
from goliard.apps.projects.services.flows import set_flows
from goliard.apps.projects.services.follow_up import send_follow_ups
from goliard.apps.projects.services.joining import decide_partner, request_partner
from goliard.apps.projects.services.moving import TransferWords, interrupt_project, move_budget, resume_project
from goliard.apps.projects.services.reporting import FlowReport, report_realised
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
AFTER = dt.datetime(2031, 1, 1, 12, tzinfo=dt.UTC)
FLOWS = (
    {"position": 1, "direction": "outgoing", "kind": "staff/training/", "days": 7, "planned": 1, "granted": 1},
    {"position": 2, "direction": "outgoing", "kind": "student/studies/third", "days": 90, "planned": 3, "granted": 2},
)


def a_project(key: str = "stars") -> Project:
    stage = an_open_call()
    for iso2, what in (("NL", "programme"), ("ET", "partner"), ("KE", "partner")):
        if not CountryStatus.objects.filter(country__iso2=iso2).exists():
            status(exchange.make_country(iso2), what)
    project = exchange.make_project(call=stage.call, key=key, title_en=key, partners=[stage.partner], country=stage.partner.country)
    Project.objects.filter(pk=project.pk).update(starts_on=dt.date(2027, 8, 1), ends_on=dt.date(2030, 7, 31))
    return set_flows(project=Project.objects.get(pk=project.pk), flows=FLOWS, actor=system("test"), now=NOW)


def reported(project: Project, realised: int = 1, *, cents: int | None = None) -> Project:
    flows = {flow.pk: FlowReport(realised=realised) for flow in project.flows.all()}
    budgets = {row.category: row.granted_cents if cents is None else cents for row in project.budgets.all()}
    return report_realised(project=project, flows=flows, cents=budgets, actor=OFFICER, now=NOW)


def refused(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.rule for reason in error.value.reasons]


def test_realised_stands_beside_planned_and_granted_on_the_project_and_by_region_and_faculty() -> None:
    project = a_project()
    before = call_money(project.call, today=NOW.date())
    assert before is not None
    assert (before.total.planned, before.total.granted, before.total.done, before.total.realised) == (4, 3, None, None)
    reported(project, 1)
    after = call_money(project.call, today=NOW.date())
    assert after is not None
    assert [(line.name.en, line.sums.done) for line in after.regions] == [("Sub-Saharan Africa", 2)]
    assert [line.sums.realised for line in after.faculties] == [after.total.awarded]
    entry = JournalEntry.objects.get(verb="report-realised")
    assert entry.erasable.as_dict["realised"] == 2


def test_a_visit_that_prepares_an_exchange_begins_before_it() -> None:
    project = a_project()
    visit, exchange_ = project.flows.all()
    reports = {visit.pk: FlowReport(starts_on=dt.date(2028, 2, 1), prepares=exchange_.pk),
               exchange_.pk: FlowReport(starts_on=dt.date(2028, 1, 15))}  # fmt: skip
    report_realised(project=project, flows=reports, cents={}, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in warnings_of_visits(project.flows.all())] == ["visit-late"]
    with pytest.raises(Refused) as error:
        report_realised(project=project, flows={visit.pk: FlowReport(prepares=visit.pk)}, cents={}, actor=OFFICER, now=NOW)
    assert refused(error) == ["visit-itself"]


def test_a_partner_joins_by_request_and_approval_and_travels_only_with_an_agreement() -> None:
    project = a_project()
    newcomer = exchange.make_organisation("University of Mekelle", country="ET")
    change = request_partner(project=project, organisation=newcomer, reason="They have the telescope.", actor=OFFICER, now=NOW)
    assert not change.needs_amendment
    with pytest.raises(Refused):
        request_partner(project=project, organisation=newcomer, reason="Again.", actor=OFFICER, now=NOW)
    asked = [each for each in readiness_of_partners(project, today=NOW.date()) if each.asked]
    assert [each.organisation for each in asked] == [newcomer]
    decide_partner(change=change, is_approved=True, because="", agency_reference="", actor=OFFICER, now=NOW)
    assert ProjectPartner.objects.get(organisation=newcomer).valid_from == NOW.date()
    faults = may_be_used_in_a_mobility(project, newcomer, on=NOW.date())
    assert [reason.rule for reason in faults] == ["partner-without-agreement"]


def test_a_partner_from_another_country_needs_the_national_agency_and_a_refusal_a_reason() -> None:
    project = a_project()
    elsewhere = exchange.make_organisation("University of Nairobi", country="KE")
    change = request_partner(project=project, organisation=elsewhere, reason="Radio.", actor=OFFICER, now=NOW)
    assert change.needs_amendment
    with pytest.raises(Refused) as error:
        decide_partner(change=change, is_approved=True, because="", agency_reference="", actor=OFFICER, now=NOW)
    assert refused(error) == ["partner-amendment"]
    with pytest.raises(Refused):
        decide_partner(change=change, is_approved=False, because=" ", agency_reference="", actor=OFFICER, now=NOW)
    assert project.partners.count() == 1
    decide_partner(change=change, is_approved=True, because="", agency_reference="NA 12", actor=OFFICER, now=NOW)
    assert project.partners.count() == 2


def test_money_moves_by_a_rule_whose_limit_holds_for_the_whole_grant() -> None:
    first, second = a_project("first"), a_project("second")
    support = ProjectBudget.objects.get(project=first, category="organisational_support").granted_cents
    words = TransferWords("organisational_support", "travel", support, "More flights.")
    made = move_budget(project=first, words=words, actor=OFFICER, now=NOW)  # half of both projects' support together
    assert (made.rule, made.source, made.is_verified) == ("from-organisational-support", "WIKI-171BT", True)
    headings = {each.category: each.moved for each in balance_of(first).headings}
    assert (headings["organisational_support"], headings["travel"]) == (-support, support)
    with pytest.raises(Refused) as error:
        move_budget(project=second, words=TransferWords("organisational_support", "travel", 1, "Too."), actor=OFFICER, now=NOW)
    assert refused(error) == ["transfer-limit"]
    with pytest.raises(Refused) as error:
        move_budget(project=second, words=TransferWords("travel", "individual_support", 1, "No rule."), actor=OFFICER, now=NOW)
    assert refused(error) == ["transfer-no-rule"]
    amended = TransferWords("travel", "individual_support", 1, "Agreed.", agency_reference="NA 13")
    assert move_budget(project=second, words=amended, actor=OFFICER, now=NOW).rule == "amendment"
    between = TransferWords("travel", "travel", 100, "Both in one region.", to_project=first)
    assert move_budget(project=second, words=between, actor=OFFICER, now=NOW).rule == "within-region"
    assert {each.category: each.moved for each in balance_of(first).headings}["travel"] == support + 100
    assert JournalEntry.objects.filter(verb="move-budget").count() == 3


def test_a_project_stands_still_and_goes_on() -> None:
    project = a_project()
    words = {"kind": InterruptionKind.FORCE_MAJEURE, "starts_on": dt.date(2028, 3, 15), "ends_on": None, "agency_reference": ""}
    with pytest.raises(Refused):
        interrupt_project(project=project, **words, reason="", actor=OFFICER, now=NOW)
    open_ = interrupt_project(project=project, **words, reason="Borders are shut.", actor=OFFICER, now=NOW)
    with pytest.raises(Refused):
        interrupt_project(project=project, **words, reason="Again.", actor=OFFICER, now=NOW)
    with pytest.raises(Refused):
        resume_project(interruption=open_, ends_on=dt.date(2028, 3, 14), actor=OFFICER, now=NOW)
    assert resume_project(interruption=open_, ends_on=dt.date(2028, 9, 1), actor=OFFICER, now=NOW).ends_on == dt.date(2028, 9, 1)


def test_a_closed_project_keeps_its_final_balance_and_says_what_returns() -> None:
    project = a_project()
    with pytest.raises(Refused) as error:
        close_project(project=project, evidence="", actor=OFFICER, now=NOW)
    assert refused(error) == ["closure-early", "closure-flows", "closure-money", "closure-results", "closure-evidence"]
    reported(project, cents=10_000)
    Project.objects.filter(pk=project.pk).update(results_nl="Twee artikelen.", results_en="Two papers.")
    closure = close_project(project=Project.objects.get(pk=project.pk), evidence="https://example.org/paper", actor=OFFICER, now=AFTER)
    assert hashlib.sha256(closure.content.encode()).hexdigest() == closure.content_hash
    told = json.loads(closure.content)
    covered = sum(each["covered_cents"] for each in told["headings"])
    assert closure.returned_cents == told["returned_cents"] == closure.granted_cents - covered > 0
    with pytest.raises(Refused) as error:
        reported(Project.objects.get(pk=project.pk))
    assert refused(error) == ["project-closed"]


def test_coordinators_are_reminded_once_on_the_follow_up_date() -> None:
    project = a_project()
    person = Person.objects.create(given_name="Coordinator", family_name="Stars", search_key="coordinator stars")
    PersonEmail.objects.create(person=person, email="coordinator@example.org", is_preferred=True)
    ProjectCoordinator.objects.create(project=project, person=person)
    Project.objects.filter(pk=project.pk).update(follow_up_on=dt.date(2030, 12, 1), sustainability_en="A yearly workshop.")
    assert send_follow_ups(actor=OFFICER, now=NOW) == 0
    assert [send_follow_ups(actor=OFFICER, now=AFTER) for _ in range(2)] == [1, 0]
    letter = Delivery.objects.get(letter="project-follow-up")
    assert letter.address == "coordinator@example.org"
    assert "A yearly workshop." in letter.body
