"""The register of calls, as an officer works with it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.factories.funding import a_project, some_funding
from tests.portals.office.filled import filled

from goliard.apps.funding.models import CallFigure, FundingCall, PolicyDocument
from goliard.apps.journal.models import JournalEntry

pytestmark = pytest.mark.django_db


def test_an_icm_call_before_2015_is_refused_with_the_rule_s_reason(officer: Client) -> None:
    call = some_funding().call
    address = f"/nl/office/calls/{call.pk}/edit/"
    answer = officer.post(address, filled(officer.get(address).context, year="2014"))
    assert answer.status_code == 422
    assert "International Credit Mobility bestaat sinds de call van 2015; 2014 kan niet." in answer.content.decode()
    assert FundingCall.objects.get().year == 2022
    assert JournalEntry.objects.count() == 0


def test_published_figures_stand_beside_the_call_with_their_source(officer: Client) -> None:
    call = some_funding().call
    address = f"/en/office/calls/{call.pk}/edit/"
    figure = {"measure": "award-cents", "qualifier": "about", "value": "45000000", "source": "news item"}
    answer = officer.post(
        address, filled(officer.get(address).context, **{f"figures-0-{name}": value for name, value in figure.items()}), follow=True
    )
    assert CallFigure.objects.get().value == 45_000_000
    assert "€ 450,000.00" in answer.content.decode()


def test_a_call_with_projects_is_not_deleted_and_names_them(officer: Client) -> None:
    funding = some_funding()
    a_project(funding, 3)
    answer = officer.post(f"/en/office/calls/{funding.call.pk}/delete/")
    assert answer.status_code == 409
    assert "Stars 3" in answer.content.decode()
    assert FundingCall.objects.count() == 1


def test_a_call_outside_the_validity_of_the_policy_statement_warns(officer: Client) -> None:
    call = some_funding().call
    PolicyDocument.objects.create(
        key="eps",
        kind="policy-statement",
        title_en="EPS",
        title_nl="EPS",
        valid_from=dt.date(2021, 1, 1),
        valid_until=dt.date(2027, 12, 31),
    )
    address = f"/en/office/calls/{call.pk}/"
    words = "The call of 2020 lies outside the validity of the Erasmus Policy Statement."
    assert words not in officer.get(address).content.decode()
    saved = officer.post(f"{address}edit/", filled(officer.get(f"{address}edit/").context, year="2020"), follow=True)
    assert saved.redirect_chain
    assert words in saved.content.decode()
    assert words in officer.get(address).content.decode()
