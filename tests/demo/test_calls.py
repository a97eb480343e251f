"""The demonstration's calls: the flows of 2022 add up as published, and the call in progress has proposals in every stage."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goliard.apps.funding.choices import InterestState
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, ScoringSheet
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.preselection import asking, contested_countries
from goliard.apps.projects.models import Project, ProjectBudget, ProjectFlow
from goliard.apps.projects.queries.results import results_of
from goliard.apps.transfer.services.load import load_folder
from goliard.cli.demo import UNIVERSITY
from goliard.cli.demo_call import fill_calls
from goliard.cli.prepare import load_reference
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(db: None) -> None:
    load_reference()
    now = timezone.now()
    load_folder(folder=UNIVERSITY, actor=system("tests"), now=now)
    fill_calls(actor=system("tests"), now=now)


@pytest.mark.usefixtures("filled")
def test_the_calls_of_the_demonstration() -> None:
    results = results_of(FundingCall.objects.get(key="icm-2022"))
    assert results is not None
    assert (len(results.rows), results.total["granted"], results.is_illustrative) == (13, 103, True)
    assert abs(results.total["granted_cents"] - 45_000_000) <= 900_000, "within 2 % of 450,000 euros"
    assert set(ProjectFlow.objects.values_list("is_illustrative", flat=True)) == {True}
    call = FundingCall.objects.get(key="icm-2027")
    rows = ExpressionOfInterest.objects.filter(call=call)
    assert set(rows.values_list("state", flat=True)) == set(InterestState.values)
    assert set(rows.values_list("is_illustrative", flat=True)) == {True}
    assert contested_countries(asking(call)) == {"ET"}
    assert ScoringSheet.objects.filter(submitted_at__isnull=True, reviewer__email="staff@example.org").count() == 1
    for row in rows:
        budget = budget_of(row)
        assert budget.cents, f"{row}: {budget.refused} {budget.missing}"
        assert budget.plan.unverified
    first = [ProjectFlow.objects.count(), ProjectBudget.objects.count(), rows.count(), Project.objects.count()]
    fill_calls(actor=system("tests"), now=timezone.now() + dt.timedelta(days=1))
    assert [ProjectFlow.objects.count(), ProjectBudget.objects.count(), rows.count(), Project.objects.count()] == first
