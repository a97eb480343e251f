"""The committee scores, the records count, and placement reads totals that anybody can work out again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.calls import a_writer, actor_of
from tests.factories.rounds import AFTER, OFFICER
from tests.factories.scoring import Scoring, a_round_being_scored, a_sheet_handed_in, member_actor

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import OpportunityDeclaration
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.rounds.services.rounds import move_round
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.policies import may_hold_sheet, may_read_file
from goliard.apps.scoring.queries.committee import asked_of, sheets_of_member
from goliard.apps.scoring.queries.scores import scored_in, scores_of
from goliard.apps.scoring.services.committee import deal_sheets, end_member, name_member
from goliard.apps.scoring.services.corrections import correct_score
from goliard.apps.scoring.services.sheets import declare_conflict, hand_in_sheet, return_sheet

pytestmark = pytest.mark.django_db


def dealt(each: int = 2, **options: int) -> tuple[Scoring, list[CommitteeSheet]]:
    scoring = a_round_being_scored(**options)
    deal_sheets(round=scoring.round, each=each, actor=OFFICER, now=AFTER)
    return scoring, list(CommitteeSheet.objects.select_related("member__user", "application__round"))


def totals(scoring: Scoring) -> list[str]:
    """The totals at alpha, by number of the application."""
    return [str(each.at[each.submitted.wishes[0].destination].total) for each in scored_in(scoring.round)]


def test_marks_and_motivation_make_a_total_at_every_wish() -> None:
    scoring, sheets = dealt()
    for sheet, value in zip(sheets, ("6", "8", "9.5", "7"), strict=True):
        a_sheet_handed_in(sheet, value)
    # 7.25: (7.25 - 5.5) / 4.5 = 38.8889 points of 60% = 23.3333; mean 7 of 10 = 28. 8.0: 55.5556 of 60% = 33.3333; mean 8.25 = 33.
    assert totals(scoring) == ["51.33", "66.33"]
    scores = scores_of(scoring.round)
    assert {application for application, _destination in scores} == {each.pk for each in scoring.applications}
    assert len(scores) == 4
    assert set(scores.values()) == {Decimal("51.33"), Decimal("66.33")}


def test_without_sheets_there_is_no_total_and_it_says_what_is_missing() -> None:
    scoring, sheets = dealt(each=1)
    assert scores_of(scoring.round) == {}
    first = scored_in(scoring.round)[0]
    assert [reason.because.nl for scored in first.at.values() for reason in scored.missing] == ["Motivatie is nog niet bekend."] * 2
    a_sheet_handed_in(sheets[0], "5")
    assert [each.is_complete for each in scored_in(scoring.round)] == [True, False]


def test_a_member_with_a_conflict_never_opens_the_file_and_another_takes_it() -> None:
    scoring, sheets = dealt(each=1, members=3)
    sheet, actor = sheets[0], member_actor(sheets[0].member)
    assert (may_hold_sheet(actor, sheet), may_read_file(actor, sheet)) == (True, False)  # first the declaration
    shut = declare_conflict(sheet=sheet, has_conflict=True, actor=actor, now=AFTER)
    assert may_read_file(actor, shut) is False
    with pytest.raises(Refused, match="sheet is shut"):
        hand_in_sheet(sheet=shut, points={}, comment="", actor=actor, now=AFTER)
    with pytest.raises(Refused, match="sheet is shut"):
        declare_conflict(sheet=shut, has_conflict=False, actor=actor, now=AFTER)
    assert deal_sheets(round=scoring.round, each=1, actor=OFFICER, now=AFTER) == 1
    other = CommitteeSheet.objects.filter(application=sheet.application).latest("pk")
    assert other.member != sheet.member


def test_who_applies_after_being_named_scores_nobody() -> None:
    scoring, sheets = dealt(each=1, students=3)
    member = sheets[0].member
    before = set(member.sheets.values_list("pk", flat=True))
    applicant = scoring.applications[1].person
    User.objects.filter(person=applicant).update(person=None)
    User.objects.filter(pk=member.user_id).update(person=applicant)
    sheet = CommitteeSheet.objects.select_related("member__user", "application__round").get(pk=sheets[0].pk)
    assert (may_hold_sheet(member_actor(sheet.member), sheet), list(sheets_of_member(member_actor(sheet.member)))) == (False, [])
    with pytest.raises(Refused, match="too few members"):
        deal_sheets(round=scoring.round, each=2, actor=OFFICER, now=AFTER)
    assert set(member.sheets.values_list("pk", flat=True)) == before


def test_nobody_sees_the_sheet_of_another() -> None:
    _scoring, sheets = dealt(each=1)
    other = member_actor(sheets[1].member)
    assert may_hold_sheet(other, sheets[0]) is False
    assert [sheet.pk for sheet in sheets_of_member(other)] == [sheets[1].pk]
    assert list(sheets_of_member(OFFICER)) == []


@pytest.mark.parametrize("value", ["10.01", "-1", "7.255", "NaN", None])
def test_a_value_outside_the_scale_is_refused(value: str | None) -> None:
    _scoring, sheets = dealt(each=1)
    actor = member_actor(sheets[0].member)
    sheet = declare_conflict(sheet=sheets[0], has_conflict=False, actor=actor, now=AFTER)
    (asked,) = asked_of(sheet, "en")
    points = {} if value is None else {asked.criterion.pk: Decimal(value)}
    with pytest.raises(Refused, match=r"within the scale.*Motivation \(0–10\)"):
        hand_in_sheet(sheet=sheet, points=points, comment="", actor=actor, now=AFTER)
    assert CommitteeSheet.objects.get(pk=sheet.pk).state == "reading"


def test_a_sheet_is_handed_in_once_and_given_back_with_a_reason() -> None:
    scoring, sheets = dealt(each=1)
    done = a_sheet_handed_in(sheets[0], "7")
    actor = member_actor(done.member)
    with pytest.raises(Refused, match="sheet is shut"):
        hand_in_sheet(sheet=done, points={}, comment="", actor=actor, now=AFTER)
    with pytest.raises(Refused, match="Give the reason"):
        return_sheet(sheet=done, reason="", actor=OFFICER, now=AFTER)
    return_sheet(sheet=done, reason="The wrong file was read.", actor=OFFICER, now=AFTER)
    assert JournalEntry.objects.get(verb="return-sheet").reason == "The wrong file was read."
    assert scored_in(scoring.round)[0].is_complete is False


def test_a_correction_needs_a_reason_and_can_be_taken_back() -> None:
    scoring, sheets = dealt(each=1)
    for sheet in sheets:
        a_sheet_handed_in(sheet, "7")
    average = scoring.round.criteria.get(source="average")
    given = {"application": scoring.applications[0], "criterion": average, "actor": OFFICER, "now": AFTER}
    before = totals(scoring)
    with pytest.raises(Refused, match="Give the reason"):
        correct_score(value=Decimal("7.5"), reason=" ", **given)
    with pytest.raises(Refused, match="within the scale"):
        correct_score(value=Decimal(11), reason="A typing error.", **given)
    correct_score(value=Decimal("7.750"), reason="A mark came late.", **given)
    assert totals(scoring) == ["58.00", before[1]]
    correct_score(value=None, reason="The mark was for another.", **given)
    assert totals(scoring) == before


def test_after_placement_nothing_changes_unless_it_goes_back_with_a_reason() -> None:
    scoring, sheets = dealt(each=1)
    for sheet in sheets:
        a_sheet_handed_in(sheet, "7")
    placed = move_round(row=scoring.round, action="place", actor=OFFICER, now=AFTER)
    average = placed.criteria.get(source="average")
    change = {"application": scoring.applications[0], "criterion": average, "value": Decimal(9), "reason": "Late.", "actor": OFFICER}
    with pytest.raises(Refused, match="not being scored now"):
        correct_score(now=AFTER, **change)
    with pytest.raises(Refused, match="not being scored now"):
        return_sheet(sheet=sheets[0], reason="Late.", actor=OFFICER, now=AFTER)
    move_round(row=placed, action="rescore", actor=OFFICER, now=AFTER, reason="A mark was wrong.")
    assert correct_score(now=AFTER, **change).thousandths == 9000


def test_a_destination_has_its_own_criteria_and_scores_differ() -> None:
    scoring, _ = dealt(each=1)
    alpha = scoring.round.destinations.get(organisation__key="alpha")
    for sheet in CommitteeSheet.objects.all():
        Criterion.objects.filter(round=scoring.round, destination=alpha).delete()
        a_sheet_handed_in(sheet, "5")
    Criterion.objects.create(
        round=scoring.round, destination=alpha, name_nl="Punten", name_en="Credits", source="credits", weight=100, least=60, most=120
    )
    (first, _second) = scored_in(Round.objects.get(pk=scoring.round.pk))
    # 90.5 EC between 60 and 120: 50.83 of 100; elsewhere 23.3333 + 20
    assert [str(first.at[wish.destination].total) for wish in first.submitted.wishes] == ["50.83", "43.33"]
    assert first.differs


def test_recognised_fewer_opportunities_put_an_equal_candidate_first() -> None:
    scoring = a_round_being_scored(students=2)
    Criterion.objects.filter(round=scoring.round, source="average").update(source="credits", least=60, most=180)  # equal for both
    Criterion.objects.filter(round=scoring.round, source="committee").update(source="fewer-opportunities", aim="inclusion")
    second = scoring.applications[1]
    OpportunityDeclaration.objects.create(application=second, ground="care", consented_at=AFTER, assessment="recognised")
    OpportunityDeclaration.objects.create(application=scoring.applications[0], ground="care", consented_at=AFTER)  # not assessed
    assert totals(scoring) == ["15.25", "55.25"]
    private = [line.measure.is_private for line in scored_in(scoring.round)[0].at.popitem()[1].lines]
    assert private == [False, True]


def test_members_are_named_before_placement_and_never_apply_themselves() -> None:
    scoring = a_round_being_scored(members=0)
    student = scoring.applications[0].person.account
    with pytest.raises(Refused, match="Who applies does not score"):
        name_member(round=scoring.round, user=student, actor=OFFICER, now=AFTER)
    with pytest.raises(Refused, match="too few members"):
        deal_sheets(round=scoring.round, each=1, actor=OFFICER, now=AFTER)
    assert CommitteeSheet.objects.count() == 0


def test_who_leaves_keeps_what_was_handed_in() -> None:
    scoring, sheets = dealt(each=2)
    done = a_sheet_handed_in(sheets[0], "7")
    end_member(member=done.member, actor=OFFICER, now=AFTER)
    left = CommitteeSheet.objects.filter(member=done.member)
    assert [sheet.state for sheet in left] == ["submitted"]
    assert may_hold_sheet(member_actor(done.member), left.select_related("member__user").get()) is False
    again = name_member(round=scoring.round, user=done.member.user, actor=OFFICER, now=AFTER)
    assert (again.pk, again.left_at) == (done.member.pk, None)


def test_staff_who_are_no_member_hold_nothing() -> None:
    _scoring, sheets = dealt(each=1)
    assert may_hold_sheet(actor_of(a_writer("outsider@example.org")), sheets[0]) is False


@pytest.mark.parametrize("students", [1, 4])
def test_totals_take_as_many_questions_for_one_as_for_four(students: int) -> None:
    scoring, sheets = dealt(each=1, students=students)
    for sheet in sheets:
        a_sheet_handed_in(sheet, "7")
    with CaptureQueriesContext(connection) as asked:
        assert len(scores_of(scoring.round)) == 2 * students
    assert len(asked) == 5
