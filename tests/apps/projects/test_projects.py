"""Projects are kept, published and refused by the rules of their call; on refusal nothing is written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.factories.funding import Funding, a_complete_project, a_project, an_organisation, coordinate, some_funding

from goliard.apps.funding.models import Action, FundingCall, PolicyDocument, Priority
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused, StillInUse
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.journal.models import JournalEntry
from goliard.apps.projects.models import Project, ProjectCoordinator, ProjectHomeUnit, ProjectPartner, ProjectPriority
from goliard.apps.projects.policies import may_edit_project
from goliard.apps.projects.queries.verdicts import unpublishable, verdict
from goliard.apps.projects.services.projects import keep_project, move_project
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2023, 3, 1, 12, tzinfo=dt.UTC)
TODAY = NOW.date()
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))
AUDITOR = Actor("user:auditor", (RoleGrant(Role.AUDITOR),))


def faculty_officer(*units: Any) -> Actor:
    return Actor("user:faculty", (RoleGrant(Role.FACULTY_OFFICER, units=frozenset(unit.pk for unit in units)),))


def kept(project: Project, actor: Actor = OFFICER, **parts: Any) -> Project:
    return keep_project(row=project, actor=actor, now=NOW, **parts)


def rules_against(project: Project, actor: Actor = OFFICER, **parts: Any) -> list[str]:
    """The rules that refuse a change; nothing may be written by it."""
    entries, rows = JournalEntry.objects.count(), ProjectPartner.objects.count()
    before = Project.objects.filter(pk=project.pk).values().first()
    with pytest.raises(Refused) as refused:
        kept(project, actor, **parts)
    assert (JournalEntry.objects.count(), ProjectPartner.objects.count()) == (entries, rows)
    assert Project.objects.filter(pk=project.pk).values().first() == before
    return [reason.rule for reason in refused.value.reasons]


def test_a_new_project_comes_with_its_parts_and_its_search_key() -> None:
    funding = some_funding()
    project = Project(
        key="new", call=funding.call, title_en="Étoiles", title_nl="Sterren", keywords="AI; moleculen", country=funding.ethiopia
    )
    kept(project, parts=[ProjectPartner(organisation=funding.institute), ProjectHomeUnit(unit=funding.university.law)])
    project.refresh_from_db()
    assert project.search_key == "etoiles sterren new ai moleculen ethiopia ethiopie"
    assert [partner.organisation for partner in project.partners.all()] == [funding.institute]
    assert JournalEntry.objects.get().verb == "add"


def test_an_icm_project_without_a_partner_beyond_the_programme_is_refused() -> None:
    funding = some_funding()
    german = an_organisation("german", "hei", funding.university.home.country)
    project = Project(key="new", call=funding.call, title_en="New", title_nl="Nieuw")
    assert rules_against(project) == ["icm-partner-side"]
    assert rules_against(project, parts=[ProjectPartner(organisation=german)]) == ["icm-partner-side", "icm-partner-outside"]
    existing = a_project(funding)
    assert rules_against(existing, removed=list(existing.partners.all())) == ["icm-partner-side"]


@pytest.mark.parametrize(("end", "rules"), [("2025-07-31", []), ("2026-07-31", ["period-too-long"]), ("2022-07-31", ["period-order"])])
def test_the_period_is_that_of_the_call(end: str, rules: list[str]) -> None:
    project = a_project(some_funding())
    project.starts_on, project.ends_on = dt.date(2022, 8, 1), dt.date.fromisoformat(end)
    if rules:
        assert rules_against(project) == rules
    else:
        kept(project)


def test_units_belong_to_whom_they_are_shown_with() -> None:
    funding = some_funding()
    project = a_project(funding)
    partner = project.partners.get()
    partner.unit = funding.university.law
    assert rules_against(project, parts=[partner]) == ["partner-unit-elsewhere"]
    home = project.home_units.get()
    assert rules_against(project, parts=[ProjectPartner(organisation=home.unit.organisation)]) == ["home-as-partner"]


def test_former_coordinators_stay_and_two_mains_never_meet() -> None:
    project = a_project(some_funding())
    former = coordinate(project, "Former")
    successor = coordinate(project, "Successor", valid_from=dt.date(2023, 2, 1), role="co")
    successor.role = "main"
    assert rules_against(project, parts=[successor]) == ["one-main-coordinator"]
    former.valid_until = dt.date(2023, 1, 31)
    kept(project, parts=[former, successor])
    assert [(each.person.given_name, each.valid_until) for each in ProjectCoordinator.objects.order_by("pk")] == [
        ("Former", dt.date(2023, 1, 31)),
        ("Successor", None),
    ]


def test_a_project_does_not_go_on_from_itself() -> None:
    funding = some_funding()
    first, second = a_project(funding, 1), a_project(funding, 2)
    second.predecessor = first
    kept(second)
    first.predecessor = second
    assert rules_against(first) == ["predecessor-circle"]


def test_publishing_names_every_missing_field_and_writes_nothing() -> None:
    project = a_project(some_funding())
    with pytest.raises(Refused) as refused:
        move_project(row=project, action="publish", actor=OFFICER, now=NOW)
    missing = [reason.field for reason in refused.value.reasons]
    assert missing == [
        "coordinators", "mobilities", "period", "isced_f", "lay_summary_nl", "lay_summary_en", "summary_nl", "summary_en",
        "home_brings_nl", "home_brings_en", "partner_brings_nl", "partner_brings_en",
    ]  # fmt: skip
    assert Project.objects.get().state == "draft"
    assert JournalEntry.objects.count() == 0


def test_a_complete_project_is_published_and_must_stay_complete() -> None:
    project = a_complete_project(some_funding())
    published = move_project(row=project, action="publish", actor=OFFICER, now=NOW)
    assert published.state == "published"
    assert JournalEntry.objects.get().verb == "publish"
    published.summary_nl = ""
    assert rules_against(published) == ["mandatory-field"]
    with pytest.raises(TransitionRefused):
        move_project(row=published, action="publish", actor=OFFICER, now=NOW)


def test_a_historical_record_is_published_with_what_the_sources_give() -> None:
    project = a_project(some_funding(), is_historical=True)
    assert move_project(row=project, action="publish", actor=OFFICER, now=NOW).state == "published"


def test_an_auditor_publishes_nothing() -> None:
    project = a_complete_project(some_funding())
    with pytest.raises(TransitionRefused):
        move_project(row=project, action="publish", actor=AUDITOR, now=NOW)
    assert Project.objects.get().state == "draft"


def test_a_co_coordinator_alone_does_not_publish() -> None:
    project = a_complete_project(some_funding())
    coordinate(project, "Partner's", side="partner", role="co")
    with pytest.raises(Refused) as refused:
        move_project(row=project, action="publish", actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["co-without-main"]


def test_a_priority_asks_for_its_explanation_in_both_languages() -> None:
    project = a_complete_project(some_funding())
    priority = Priority.objects.create(key="inclusion", owner="programme", title_en="Inclusion", title_nl="Inclusie")
    served = ProjectPriority.objects.create(project=project, priority=priority, how_en="So.")
    assert [reason.because.en for reason in verdict(project, today=TODAY).missing] == ["Priority without an explanation: Inclusion."]
    served.how_nl = "Zo."
    kept(project, parts=[served])
    assert verdict(Project.objects.get(), today=TODAY).may_publish


def test_advice_on_cooperation_and_on_what_the_call_falls_outside_of() -> None:
    funding = some_funding()
    action = Action.objects.create(
        key="ka2", programme=funding.icm.programme, code="KA220", title_en="Cooperation", title_nl="Samenwerking", kind="cooperation"
    )
    call = FundingCall.objects.create(key="ka2-2022", action=action, year=2022, title_en="KA2 2022", title_nl="KA2 2022")
    PolicyDocument.objects.create(key="charter", kind="charter", title_en="Charter", title_nl="Handvest", valid_until=dt.date(2021, 12, 31))
    project = a_project(funding, call=call)
    said = verdict(project, today=TODAY)
    assert [reason.rule for reason in said.advised] == ["ka2-few-partners", "charter-expired"]
    assert {"ka2-partners", "ka2-priority"} <= {reason.rule for reason in said.missing}
    assert kept(project).state == "draft"  # advice refuses nothing


def test_a_faculty_officer_keeps_to_projects_of_the_faculty() -> None:
    funding = some_funding()
    project = a_project(funding)
    science, law = faculty_officer(funding.university.science, funding.university.observatory), faculty_officer(funding.university.law)
    assert (may_edit_project(science, project), may_edit_project(law, project)) == (True, False)
    assert (may_edit_project(OFFICER, project), may_edit_project(AUDITOR, project)) == (True, False)
    home = project.home_units.get()
    assert rules_against(project, science, removed=[home]) == ["home-unit-out-of-scope"]
    home.unit = funding.university.law
    assert rules_against(project, science, parts=[home]) == ["home-unit-out-of-scope"]
    project.host_group = "Astrochemistry"
    assert kept(project, science, parts=[ProjectHomeUnit(unit=funding.university.law)]).home_units.count() == 2


def test_a_faculty_officer_adds_a_project_of_the_own_faculty_only() -> None:
    funding: Funding = some_funding()
    law = faculty_officer(funding.university.law)
    project = Project(key="new", call=funding.call, title_en="New", title_nl="Nieuw")
    partner = ProjectPartner(organisation=funding.institute)
    assert rules_against(project, law, parts=[partner]) == ["home-unit-out-of-scope"]
    kept(project, law, parts=[partner, ProjectHomeUnit(unit=funding.university.law)])
    assert Project.objects.get().key == "new"


def test_a_partner_stands_once_in_a_project() -> None:
    funding = some_funding()
    project = a_project(funding)
    with pytest.raises(ValidationError):
        kept(project, parts=[ProjectPartner(organisation=funding.institute)])
    assert ProjectPartner.objects.count() == 1


def test_nobody_is_overwritten_unseen() -> None:
    project = a_project(some_funding())
    with pytest.raises(ChangedMeanwhile):
        keep_project(row=project, actor=OFFICER, now=NOW, seen="another")


def test_what_projects_use_is_not_deleted_and_says_who_uses_it() -> None:
    funding = some_funding()
    a_project(funding, 7)
    for row, kind in ((funding.institute, "partners of projects"), (funding.call, "projects")):
        with pytest.raises(StillInUse) as refused:
            remove(row=row, actor=OFFICER, now=NOW)
        assert [(usage.kind, usage.names) for usage in refused.value.users] == [(kind, ("Stars 7",))]
    assert JournalEntry.objects.count() == 0


def test_unpublishable_projects_cost_the_same_queries_however_many(django_assert_num_queries: Any) -> None:
    funding = some_funding()
    priority = Priority.objects.create(key="inclusion", owner="programme", title_en="Inclusion", title_nl="Inclusie")
    for number in range(2):
        project = a_complete_project(funding, number, summary_en="")
        ProjectPriority.objects.create(project=project, priority=priority, how_en="So.", how_nl="Zo.")
    with django_assert_num_queries(16):
        assert len(list(unpublishable(Project.objects.all(), today=TODAY))) == 2
    for number in range(2, 12):
        a_project(funding, number)
    a_complete_project(funding, 99)
    with django_assert_num_queries(16):
        assert len(list(unpublishable(Project.objects.all(), today=TODAY))) == 12
