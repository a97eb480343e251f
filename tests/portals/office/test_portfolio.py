"""The portfolio counts projects and money by action, and projects by goal."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.funding import a_project, some_funding

from goliard.apps.funding.models import FundingCall, PolicyDocument, StrategicGoal
from goliard.apps.projects.models import ProjectGoal, ProjectOutput
from goliard.apps.projects.queries.portfolio import portfolio, years_with_projects

pytestmark = pytest.mark.django_db


def test_totals_by_action_goal_and_level(officer: Client) -> None:
    funding = some_funding()
    earlier = FundingCall.objects.create(key="icm-2020", action=funding.icm, year=2020, title_en="ICM 2020", title_nl="ICM 2020")
    first = a_project(funding, 1, award_cents=3_300_000, partnership="new")
    a_project(funding, 2, award_cents=1_200_050, partnership="continued")
    old = a_project(funding, 3, call=earlier)
    plan = PolicyDocument.objects.create(key="plan", kind="strategic-plan", title_en="Plan", title_nl="Plan")
    goal = StrategicGoal.objects.create(key="connect", document=plan, title_en="Connect", title_nl="Verbinden")
    ProjectGoal.objects.create(project=first, goal=goal)
    ProjectOutput.objects.create(project=first, kind="transfer", level="local", title_en="Guide", title_nl="Gids")
    ProjectOutput.objects.create(project=first, kind="transfer", level="local", title_en="Course", title_nl="Cursus")

    found = portfolio()
    (totals,) = found.actions
    assert (totals.projects, totals.award_cents, totals.unknown_awards, totals.new, totals.continued) == (3, 4_500_050, 1, 1, 1)
    assert found.goals == ((goal, 1),)
    assert found.untagged[-1] == old
    assert found.outputs == (("local", 2),)

    of_2020 = portfolio(year=2020)
    assert [(each.projects, each.award_cents) for each in of_2020.actions] == [(1, 0)]
    assert (of_2020.goals, of_2020.untagged, of_2020.outputs) == (((goal, 0),), (old,), ())
    assert years_with_projects() == [2022, 2020]

    page = officer.get("/nl/office/reports/portfolio/?year=2022").content.decode()
    assert "Verbinden" in page
    assert "Portfolio 2022" in page
    assert officer.get("/en/office/reports/portfolio/?year=cake").status_code == 200
