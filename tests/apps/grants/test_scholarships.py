"""A local scholarship in the grant engine: conditions, no double funding, a ceiling, a decision with reasons."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from tests.factories import exchange
from tests.factories.grants import NOW, OFFICER, a_scheme, a_scholarship, a_stay, a_student

from goliard.apps.grants.models import OtherGrant, Scholarship
from goliard.apps.grants.queries.verdicts import promised, verdict_on
from goliard.apps.grants.services.asking import ask_scholarship, note_other_grant, withdraw_scholarship
from goliard.apps.grants.services.deciding import ScholarshipDecision, decide_scholarship, pay_scholarship
from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Person
from goliard.apps.rates.models import RateTable
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.money import Money

pytestmark = pytest.mark.django_db
AWARD = ScholarshipDecision(is_awarded=True)


def refused(**changes: object) -> list[str]:
    with pytest.raises(Refused) as error:
        ask_scholarship(scheme=a_scheme(), person=a_student(), words=a_stay(**changes), actor=OFFICER, now=NOW)
    assert Scholarship.objects.count() == 0
    return [reason.rule for reason in error.value.reasons]


def other(person: Person, *, is_eu_funded: bool) -> OtherGrant:
    grant = OtherGrant(person=person, name="ICM", is_eu_funded=is_eu_funded, starts_on=dt.date(2027, 6, 30), ends_on=dt.date(2027, 7, 31))
    return note_other_grant(grant=grant, actor=OFFICER, now=NOW)


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"approved_by_board": False}, ["approved_by_board"]),
        ({"for_credit": False}, ["for_credit"]),
        ({"cycle": "third"}, ["lustra_cycles"]),
        ({"ends_on": dt.date(2027, 2, 5)}, ["length_of_stay"]),
        ({"starts_on": dt.date(2026, 11, 25)}, ["apply_in_time"]),
        ({"ends_on": dt.date(2027, 1, 1)}, ["stay-order"]),
    ],
)
def test_a_request_says_every_condition_that_is_not_met(change: dict, rules: list[str]) -> None:
    assert refused(**change) == rules


def test_europe_is_not_paid() -> None:
    assert refused(country=exchange.make_country("FR")) == ["lustra_outside_europe"]


def test_the_table_says_how_much_and_what_led_to_it_is_kept() -> None:
    row = a_scholarship()
    assert row.asked_cents == 45_000
    row = decide_scholarship(scholarship=row, decision=AWARD, actor=OFFICER, now=NOW)
    told = json.loads(row.entitlement)
    assert (row.state, row.amount_cents, told["total_cents"]) == ("awarded", 45_000, 45_000)
    assert told["lines"][0]["status"] == "V2"
    assert RateTable.objects.get(action="LUSTRA").used_at == NOW, "a table that decided something never changes"
    assert promised(row.scheme) == Money(45_000)
    assert sorted(Delivery.objects.values_list("letter", flat=True)) == ["scholarship-asked", "scholarship-decided"]
    assert "450" in Delivery.objects.get(letter="scholarship-decided").subject
    pay_scholarship(scholarship=row, paid_on=NOW.date(), actor=OFFICER, now=NOW)
    with pytest.raises(TransitionRefused):
        pay_scholarship(scholarship=row, paid_on=NOW.date(), actor=OFFICER, now=NOW)


def test_no_day_is_paid_twice() -> None:
    person = a_student()
    other(person, is_eu_funded=True)
    with pytest.raises(Refused) as error:
        a_scholarship(person)
    assert [reason.rule for reason in error.value.reasons] == ["no_double_funding"]
    OtherGrant.objects.update(is_eu_funded=False)
    with pytest.raises(Refused) as error:
        a_scholarship(person)
    assert [reason.rule for reason in error.value.reasons] == ["scholarship-double"]
    OtherGrant.objects.update(starts_on=dt.date(2027, 7, 1))
    a_scholarship(person)
    with pytest.raises(Refused) as error:
        a_scholarship(person)
    assert [reason.because.en for reason in error.value.reasons] == ["LUSTRA+ pays days of the same stay."]


def test_a_grant_that_became_known_after_the_request_stands_in_the_way_of_the_award() -> None:
    row = a_scholarship()
    other(row.person, is_eu_funded=True)
    with pytest.raises(Refused):
        decide_scholarship(scholarship=row, decision=AWARD, actor=OFFICER, now=NOW)
    assert Scholarship.objects.get().state == "submitted"


def test_the_scheme_promises_no_more_than_its_budget_and_a_withdrawal_frees_it() -> None:
    rows = [a_scholarship(a_student(str(number))) for number in range(3)]
    for row in rows[:2]:
        decide_scholarship(scholarship=row, decision=AWARD, actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as error:
        decide_scholarship(scholarship=rows[2], decision=AWARD, actor=OFFICER, now=NOW)
    assert [reason.because.en for reason in error.value.reasons] == ["Of the budget of €1,000.00 €100.00 is left; €450.00 is needed."]
    withdraw_scholarship(scholarship=rows[0], actor=OFFICER, now=NOW)
    assert decide_scholarship(scholarship=rows[2], decision=AWARD, actor=OFFICER, now=NOW).amount_cents == 45_000


def test_a_refusal_has_reasons_in_both_languages_and_a_check_of_the_office_counts() -> None:
    row = a_scholarship()
    with pytest.raises(Refused):
        decide_scholarship(scholarship=row, decision=ScholarshipDecision(False, "Nee.", ""), actor=OFFICER, now=NOW)
    unsafe = ScholarshipDecision(is_awarded=True, travel_allowed=False)
    with pytest.raises(Refused) as error:
        decide_scholarship(scholarship=row, decision=unsafe, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in error.value.reasons] == ["travel_allowed"]
    no = ScholarshipDecision(is_awarded=False, because_nl="Reisadvies rood.", because_en="Travel advice red.")
    assert decide_scholarship(scholarship=row, decision=no, actor=OFFICER, now=NOW).state == "refused"
    assert "Travel advice red." in Delivery.objects.get(letter="scholarship-decided").body


def test_twelve_months_in_a_cycle_and_requests_in_their_time() -> None:
    person = a_student()
    first = a_scholarship(person, starts_on=dt.date(2027, 2, 1), ends_on=dt.date(2027, 12, 30))
    decide_scholarship(scholarship=first, decision=AWARD, actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as error:
        a_scholarship(person, starts_on=dt.date(2028, 2, 1), ends_on=dt.date(2028, 4, 30))
    assert [reason.rule for reason in error.value.reasons] == ["cap_per_cycle"]
    closed = a_scheme("closed", closes_on=dt.date(2026, 11, 1))
    with pytest.raises(Refused) as error:
        a_scholarship(a_student("Late"), closed)
    assert [reason.rule for reason in error.value.reasons] == ["scholarship-late"]
    assert verdict_on(first).cents == 65_000
