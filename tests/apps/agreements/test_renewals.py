"""Agreements that end: decided, renewed by a draft that says the same for as long again, and found by the desk."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.choices import ReviewDecision
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementReview, CooperationCondition, LanguageSkill, PlaceSplit
from goliard.apps.agreements.queries.desk import narrowed
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.renewals import decide_renewal, renew_agreement
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2029, 1, 15, 9, 0, tzinfo=UTC), date(2029, 1, 15)
OFFICE = system("test")


@pytest.fixture
def university() -> University:
    return a_small_university()


@pytest.fixture
def agreement(university: University) -> Agreement:
    return an_agreement(university, state="in-effect")


def test_a_renewal_says_the_same_for_as_long_again(agreement: Agreement, university: University) -> None:
    AgreementParty.objects.update(signatory_name="Rector", signed_on=date(2026, 6, 1), iia_id="theirs", iia_code="X1")
    PlaceSplit.objects.create(condition=CooperationCondition.objects.order_by("pk")[0], unit=university.law, places=1)
    renewal = renew_agreement(agreement=agreement, actor=OFFICE, now=NOW)
    assert (renewal.key, renewal.state, renewal.renews) == ("partner-2026-2029", "draft", agreement)
    assert (renewal.starts_on, renewal.ends_on) == (date(2029, 9, 1), date(2032, 8, 31))
    assert [(party.organisation.key, party.signatory_name, party.signed_on, party.iia_id) for party in renewal.parties.all()] == [
        ("home", "Rector", None, ""), ("partner", "Rector", None, ""),
    ]  # fmt: skip
    conditions = renewal.versions.get().conditions.all()
    assert {(each.first_year, each.last_year, each.mobilities_per_year) for each in conditions} == {("2029/2030", "2031/2032", 2)}
    assert [str(split) for each in conditions for split in each.splits.all()] == [f"{conditions[0].pk}: {university.law.pk} 1"]
    assert {str(each) for row in conditions for each in row.languages.all()} == {"en B2"}
    agreement.refresh_from_db()
    assert agreement.state == "in-effect", "it stays in effect until it ends"
    for action in ("propose", "agree", "start"):
        renewal = move_agreement(row=renewal, action=action, actor=OFFICE, now=NOW)
    assert renewal.state == "in-effect"
    assert move_agreement(row=agreement, action="renew", actor=OFFICE, now=NOW).state == "renewed"


def test_one_renewal_at_a_time_and_only_of_what_is_in_effect(agreement: Agreement, university: University) -> None:
    first = renew_agreement(agreement=agreement, actor=OFFICE, now=NOW)
    with pytest.raises(Refused, match="The renewal is there already"):
        renew_agreement(agreement=agreement, actor=OFFICE, now=NOW)
    move_agreement(row=first, action="end", actor=OFFICE, now=NOW)
    assert renew_agreement(agreement=agreement, actor=OFFICE, now=NOW).key == "partner-2026-2029-2", "a lapsed draft stands in nobody's way"
    with pytest.raises(Refused, match="Only an agreement in effect"):
        renew_agreement(agreement=an_agreement(university, key="draft"), actor=OFFICE, now=NOW)


def test_a_decision_is_kept_with_its_evaluation(agreement: Agreement, university: University) -> None:
    with pytest.raises(Refused, match="Write down why"):
        decide_renewal(agreement=agreement, decision=ReviewDecision.END, because="  ", actor=OFFICE, now=NOW)
    decide_renewal(agreement=agreement, decision=ReviewDecision.CHANGE, because="Few students; fewer places.", actor=OFFICE, now=NOW)
    assert list(AgreementReview.objects.values_list("decision", "because", "decided_by")) == [
        ("change", "Few students; fewer places.", "system:test")
    ]
    assert JournalEntry.objects.get().verb == "decide-renewal"
    with pytest.raises(Refused, match="Only an agreement in effect"):
        decide_renewal(agreement=an_agreement(university, key="d"), decision=ReviewDecision.END, because="x", actor=OFFICE, now=NOW)


def found(wish: str) -> set[str]:
    return set(narrowed(Agreement.objects.all(), wish, TODAY).values_list("key", flat=True))


def test_the_desk_finds_what_asks_for_attention(agreement: Agreement, university: University) -> None:
    assert found("ends-12") == found("undecided") == {"partner-2026"}
    decide_renewal(agreement=agreement, decision=ReviewDecision.RENEW, because="Good.", actor=OFFICE, now=NOW)
    assert found("undecided") == set()
    assert [found(wish) for wish in ("no-subject", "no-level", "no-language", "duplicate")] == [set()] * 4
    assert found("unsigned") == found("never-used") == {"partner-2026"}
    CooperationCondition.objects.update(eqf_levels="")
    LanguageSkill.objects.update(level="")
    assert found("no-level") == found("no-language") == {"partner-2026"}
    an_agreement(university, key="again", state="in-effect")
    assert found("duplicate") == {"partner-2026", "again"}
    Agreement.objects.filter(key="again").update(owner=university.law)
    assert found("duplicate") == set()
