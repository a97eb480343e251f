"""Pre-selection: reviewers without a stake, sheets once, a decision with reasons in both languages and a letter."""

from __future__ import annotations

import pytest
from tests.factories.calls import NOW, OFFICER, a_writer, actor_of, an_interest, an_open_call

from goliard.apps.funding.models import ExpressionOfInterest, InterestDecision, ScoringSheet
from goliard.apps.funding.policies import may_see_sheet
from goliard.apps.funding.services.interests import submit_interest
from goliard.apps.funding.services.preselection import assign_reviewer, decide_interest, release_reviewer, submit_sheet
from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.models import Delivery
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db
WHY = {"because_nl": "Het sterkste voorstel.", "because_en": "The strongest proposal."}


def two_for_ethiopia() -> list[ExpressionOfInterest]:
    stage = an_open_call()
    rows = [an_interest(stage, a_writer(f"writer{number}@example.org"), title=f"Idea {number}") for number in (1, 2)]
    for row in rows:
        submit_interest(interest=row, actor=actor_of(row.owner), now=NOW)
    return rows


def scored(interest: ExpressionOfInterest, each: int, *, conflict: bool = False, by: str = "reviewer") -> ScoringSheet:
    reviewer = a_writer(f"{by}@example.org")
    sheet = assign_reviewer(interest=interest, reviewer=reviewer, actor=OFFICER, now=NOW)
    points = {question.pk: each for question in interest.call.questions.filter(stage="interest")}
    return submit_sheet(sheet=sheet, conflict=conflict, points=points, comment="", actor=actor_of(reviewer), now=NOW)


def test_where_several_ask_for_a_country_all_are_reviewed_before_one_is_selected() -> None:
    first, second = two_for_ethiopia()
    scored(first, 9)
    with pytest.raises(Refused) as refused:
        decide_interest(interest=first, is_selected=True, **WHY, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["decision-sheets"]
    for interest, points in ((first, 9), (second, 6)):
        scored(interest, points, by="second-reviewer")
    with pytest.raises(Refused):
        decide_interest(interest=first, is_selected=True, **WHY, actor=OFFICER, now=NOW)  # one reviewer cannot finalise a ranking
    scored(second, 6)
    decision = decide_interest(interest=first, is_selected=True, **WHY, actor=OFFICER, now=NOW)
    assert '"rank":1,"score":"45"' in decision.ranking
    decide_interest(interest=second, is_selected=False, **WHY, actor=OFFICER, now=NOW)
    assert sorted(ExpressionOfInterest.objects.values_list("state", flat=True)) == ["not-selected", "selected"]
    letters = Delivery.objects.filter(letter__in=["interest-selected", "interest-not-selected"])
    assert sorted(letters.values_list("letter", "address")) == [
        ("interest-not-selected", "writer2@example.org"),
        ("interest-selected", "writer1@example.org"),
    ]
    assert all("The strongest proposal." in letter.body for letter in letters)


def test_a_sheet_with_a_conflict_does_not_count() -> None:
    first, second = two_for_ethiopia()
    scored(first, 9)
    scored(second, 9, conflict=True)
    with pytest.raises(Refused):
        decide_interest(interest=first, is_selected=True, **WHY, actor=OFFICER, now=NOW)
    assert InterestDecision.objects.count() == 0


def test_who_wrote_it_does_not_review_it_and_a_sheet_is_handed_in_once_within_the_limits() -> None:
    first, _second = two_for_ethiopia()
    with pytest.raises(Refused):
        assign_reviewer(interest=first, reviewer=first.owner, actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as refused:
        scored(first, 11)
    assert refused.value.reasons[0].because.en == "Give points within the most for question 1, 2, 3, 4, 5."
    scored(first, 10)
    with pytest.raises(Refused):
        scored(first, 1)
    assert ScoringSheet.objects.get().scores.count() == 5


def test_alone_for_its_country_it_needs_no_sheet_but_reasons_in_both_languages() -> None:
    interest = an_interest(an_open_call())
    submit_interest(interest=interest, actor=actor_of(interest.owner), now=NOW)
    with pytest.raises(Refused):
        decide_interest(interest=interest, is_selected=True, because_nl="", because_en="Fine.", actor=OFFICER, now=NOW)
    assert decide_interest(interest=interest, is_selected=True, **WHY, actor=OFFICER, now=NOW).is_selected


def test_a_sheet_that_was_asked_for_comes_in_first_or_is_taken_back() -> None:
    interest = an_interest(an_open_call())
    submit_interest(interest=interest, actor=actor_of(interest.owner), now=NOW)
    sheet = assign_reviewer(interest=interest, reviewer=a_writer("reviewer@example.org"), actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as refused:
        decide_interest(interest=interest, is_selected=True, **WHY, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["decision-waiting"]
    release_reviewer(sheet=sheet, actor=OFFICER, now=NOW)
    assert decide_interest(interest=interest, is_selected=True, **WHY, actor=OFFICER, now=NOW).is_selected


def test_reviewers_are_blind_to_each_other_until_both_have_handed_in() -> None:
    first, _second = two_for_ethiopia()
    early = scored(first, 9, by="early")
    late = assign_reviewer(interest=first, reviewer=a_writer("late@example.org"), actor=OFFICER, now=NOW)
    reader = actor_of(late.reviewer)
    assert not may_see_sheet(reader, early, late)
    assert may_see_sheet(OFFICER, early, None)
    assert not may_see_sheet(actor_of(late.reviewer, Role.OFFICER), early, late), "an officer who reviews is a reviewer"
    late = scored(first, 3, by="late")
    assert may_see_sheet(reader, early, late)
    assert not may_see_sheet(actor_of(a_writer("stranger@example.org")), early, None)
