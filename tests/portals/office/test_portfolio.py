"""The portfolio counts projects and money by action, and projects by goal."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.exchange import make_action, make_call, make_home, make_organisation, make_project
from tests.factories.funding import a_project, some_funding

from goliard.apps.funding.models import FundingCall, PolicyDocument, Priority, StrategicGoal
from goliard.apps.projects.models import ProjectGoal, ProjectOutput, ProjectPriority
from goliard.apps.projects.queries.portfolio import BEYOND, BOTH, EUROPE, NOWHERE, PlaceTotals, portfolio, years_with_projects

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


def test_totals_by_place_and_priority(officer: Client) -> None:
    make_home()
    inside, beyond = make_organisation("In Europe", country="SE"), make_organisation("Beyond", country="ET")
    icm, ka2 = make_call(2022), make_call(2022, action=make_action("cooperation"))
    make_project("One", call=icm, partners=[beyond], award_cents=3_000_000)
    make_project("Two", call=icm, partners=[beyond])
    three = make_project("Three", call=ka2, partners=[inside], award_cents=20_000_000)
    make_project("Four", call=ka2, partners=[inside, beyond], award_cents=10_000_000)
    make_project("Five", call=ka2)
    climate = Priority.objects.create(key="p", owner="programme", title_en="Climate", title_nl="Klimaat")
    ProjectPriority.objects.create(project=three, priority=climate)
    with CaptureQueriesContext(connection) as asked:
        found = portfolio()
    assert len(asked) == 6
    assert found.places == (
        PlaceTotals(EUROPE, 1, 20_000_000, 0), PlaceTotals(BEYOND, 2, 3_000_000, 1), PlaceTotals(BOTH, 1, 10_000_000, 0),
        PlaceTotals(NOWHERE, 1, 0, 1),
    )  # fmt: skip
    assert found.priorities == ((climate, 1),)
    page = officer.get("/en/office/reports/portfolio/").content.decode()
    assert '<th scope="row">Partners outside Europe only</th><td class="n">2</td><td class="n">€30,000</td><td class="n">1</td>' in page
    assert "<dt>Climate</dt><dd>1</dd>" in page
