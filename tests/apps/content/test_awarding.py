"""The decision of the National Agency, and the award: projects with budgets, and a drafted news item."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.calls import NOW, OFFICER, a_selected_interest, a_writer, an_application, an_open_call, answered

from goliard.apps.content.models import NewsItem
from goliard.apps.content.services.awarding import award_application
from goliard.apps.funding.choices import FlowStage, Outcome
from goliard.apps.funding.models import Award, ExpressionOfInterest, ProjectApplication
from goliard.apps.funding.queries.applications import whole_of
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.services.applications import move_application
from goliard.apps.funding.services.decisions import DecisionWords, record_decision
from goliard.apps.institutions.refusals import Refused
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.results import results_of
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
DAY = dt.date(2027, 7, 1)


def submitted() -> ProjectApplication:
    stage = an_open_call()
    for number in (1, 2):
        a_selected_interest(stage, a_writer(f"writer{number}@example.org"), title=f"Idea {number}")
    application = an_application(stage)
    for each in whole_of(application).partnerships:
        answered(each.interest)
    for action in ("finalise", "submit"):
        application = move_application(application=application, action=action, actor=OFFICER, now=NOW)
    return application


def decide(interest, outcome: Outcome, cents: int, awarded: list[int], score: int = 75) -> None:
    flows = interest.flows.filter(stage=FlowStage.APPLICATION).order_by("position")
    words = DecisionWords(outcome, score, cents, {flow.pk: number for flow, number in zip(flows, awarded, strict=True)}, "", DAY)
    record_decision(interest=interest, words=words, actor=OFFICER, now=NOW)


def test_an_award_in_part_and_a_refusal_make_one_project_with_its_numbers() -> None:
    application = submitted()
    first, second = (each.interest for each in whole_of(application).partnerships)
    decide(first, Outcome.PARTLY, 500_000, [1, 1])
    with pytest.raises(Refused) as refused:
        award_application(application=application, number="2027-1-NL01", awarded_on=DAY, actor=OFFICER, now=NOW)
    assert [reason.because.en for reason in refused.value.reasons] == ["Idea 2: no decision is recorded yet."]
    assert Project.objects.count() == Award.objects.count() == NewsItem.objects.count() == 0
    decide(second, Outcome.REFUSED, 0, [0, 0], score=41)
    award = award_application(application=application, number="2027-1-NL01", awarded_on=DAY, actor=OFFICER, now=NOW)
    assert (award.amount_cents, award.mobilities) == (500_000, 2)
    project = Project.objects.get()
    assert (project.state, project.award_cents, project.partners.get().organisation, str(project.ends_on)) == (
        "draft", 500_000, first.partner, "2030-07-31",
    )  # fmt: skip
    assert list(project.flows.values_list("planned", "granted", "realised")) == [(2, 1, None), (1, 1, None)]
    first = ExpressionOfInterest.objects.get(pk=first.pk)
    assert sum(row.planned_cents for row in project.budgets.all()) == budget_of(first, FlowStage.APPLICATION).cents
    assert sum(row.granted_cents for row in project.budgets.all()) == budget_of(first, FlowStage.AWARDED).cents
    news = NewsItem.objects.get()
    assert (news.state, news.featured.get().project) == ("draft", project)
    assert "€5,000.00 for 2 students and staff, in 1 projects with 1 countries." in news.body_en
    with pytest.raises(TransitionRefused):
        award_application(application=application, number="again", awarded_on=DAY, actor=OFFICER, now=NOW)
    with pytest.raises(Refused):
        decide(first, Outcome.AWARDED, 500_000, [2, 1])


def test_results_add_up_over_the_visible_projects() -> None:
    application = submitted()
    for each in whole_of(application).partnerships:
        decide(each.interest, Outcome.AWARDED, 600_000, [2, 1])
    award_application(application=application, number="2027-1-NL01", awarded_on=DAY, actor=OFFICER, now=NOW)
    assert results_of(application.call) is None, "drafts are not shown"
    Project.objects.update(state="published")
    project = Project.objects.order_by("pk").first()
    project.flows.filter(position=1).update(realised=1)
    found = results_of(application.call)
    assert found.total["granted"] == found.total["planned"] == 6
    assert (found.total["realised"], found.total["realised_cents"], found.is_illustrative) == (1, None, False)
