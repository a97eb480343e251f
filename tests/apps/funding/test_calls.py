"""Calls are kept by the rules of their action."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.funding import some_funding

from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.services.calls import keep_call
from goliard.apps.funding.services.programmes import keep_action, keep_programme
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Actor, Role, RoleGrant

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2023, 3, 1, 12, tzinfo=dt.UTC)
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))


def test_an_icm_call_of_2015_takes_the_period_of_its_action_and_one_of_2014_is_refused() -> None:
    funding = some_funding()
    values = {"action": funding.icm, "title_en": "ICM", "title_nl": "ICM", "funder": funding.agency, "funder_role": "national-agency"}
    kept = keep_call(row=FundingCall(key="icm-2015", year=2015, **values), actor=OFFICER, now=NOW)
    assert kept.project_months == 36
    with pytest.raises(Refused) as refused:
        keep_call(row=FundingCall(key="icm-2014", year=2014, **values), actor=OFFICER, now=NOW)
    assert [reason.because.en for reason in refused.value.reasons] == [
        "International Credit Mobility exists since the call of 2015; 2014 is not possible."
    ]
    assert sorted(FundingCall.objects.values_list("key", flat=True)) == ["icm-2015", "icm-2022"]
    assert JournalEntry.objects.count() == 1


def test_a_key_action_1_call_has_one_national_agency() -> None:
    call = some_funding().call
    call.funder, call.funder_role = None, ""
    with pytest.raises(Refused) as refused:
        keep_call(row=call, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["ka1-national-agency"]
    assert FundingCall.objects.get().funder_id is not None


def test_programmes_and_actions_do_not_follow_themselves() -> None:
    action = some_funding().icm
    action.predecessor = action
    action.programme.predecessor = action.programme
    action.programme.last_year = 2013
    with pytest.raises(Refused) as refused:
        keep_action(row=action, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["predecessor-circle"]
    with pytest.raises(Refused) as refused:
        keep_programme(row=action.programme, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["predecessor-circle", "years-order"]
