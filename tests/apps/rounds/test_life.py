"""A round from draft to closed: what it needs, what is locked, and until when one is in time."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from tests.factories.rounds import AFTER, NOW, OFFICER, a_closed_round, a_drawn_round, a_round, an_open_round
from tests.factories.university import a_small_university

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.rounds.queries.opening import closed_refusal, coming_rounds, last_moment, open_rounds
from goliard.apps.rounds.services.rounds import keep_round, lock_policy, move_round, reopen_round
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
DEADLINE = dt.datetime(2026, 12, 1, 22, 59, tzinfo=dt.UTC)  # 23:59 in Amsterdam


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.rule for reason in refused.value.reasons]


def test_a_round_opens_when_it_has_destinations_and_weights_that_add_up() -> None:
    empty = a_round()
    Criterion.objects.filter(round=empty, position=2).update(weight=30)
    with pytest.raises(Refused) as refused:
        move_round(row=empty, action="open", actor=OFFICER, now=NOW)
    assert rules(refused) == ["no-destinations", "weights"]
    assert Round.objects.get(pk=empty.pk).state == "draft"


@pytest.mark.parametrize(
    ("arrived", "in_time"),
    [
        (dt.datetime(2026, 11, 2, 7, 59, 59, tzinfo=dt.UTC), False),  # opens at 9:00 in Amsterdam
        (dt.datetime(2026, 11, 2, 8, 0, tzinfo=dt.UTC), True),
        (DEADLINE, True),
        (DEADLINE + dt.timedelta(microseconds=1), False),
    ],
)
def test_what_arrives_at_the_deadline_is_in_time(arrived: dt.datetime, in_time: bool) -> None:
    stage = an_open_round()
    assert (closed_refusal(stage.round, arrived) is None) == in_time
    assert [row.pk for row in open_rounds(arrived)] == ([stage.round.pk] if in_time else [])


def test_a_round_that_begins_later_is_coming() -> None:
    stage = an_open_round()
    before = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    assert ([row.pk for row in coming_rounds(before)], coming_rounds(NOW)) == ([stage.round.pk], [])


def test_the_policy_is_locked_word_for_word_before_the_deadline() -> None:
    stage = an_open_round()
    assert stage.round.policy_hash == hashlib.sha256(stage.round.policy_text.encode()).hexdigest()
    assert '"policy":"deferred-acceptance"' in stage.round.policy_text.replace(" ", "")
    again = lock_policy(round=stage.round, actor=OFFICER, now=AFTER)
    assert again.policy_locked_at == NOW
    stage.round.policy = "serial-dictatorship"
    with pytest.raises(Refused) as refused:
        keep_round(row=stage.round, actor=OFFICER, now=NOW)
    assert rules(refused) == ["policy-locked"]


def test_what_was_not_locked_in_time_needs_a_later_deadline_with_a_reason() -> None:
    stage = a_drawn_round()
    opened = move_round(row=stage.round, action="open", actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as late:
        lock_policy(round=opened, actor=OFFICER, now=AFTER)
    with pytest.raises(Refused) as unlocked:
        move_round(row=opened, action="close", actor=OFFICER, now=AFTER)
    assert (rules(late), rules(unlocked)) == (["locked-late"], ["not-locked"])
    until = AFTER + dt.timedelta(days=2)
    with pytest.raises(Refused, match="Give the reason"):
        reopen_round(round=opened, until=until, reason=" ", actor=OFFICER, now=AFTER)
    reopen_round(round=opened, until=until, reason="The system was down.", actor=OFFICER, now=AFTER)
    assert last_moment(Round.objects.get(pk=opened.pk)) == until
    lock_policy(round=opened, actor=OFFICER, now=AFTER)
    entry = JournalEntry.objects.get(verb="reopen-round")
    assert entry.reason == "The system was down."


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"ties": "seed"}, ["seed"]),
        ({"policy": "chance"}, ["policy"]),
        ({"policy": "serial-dictatorship"}, []),
    ],
)
def test_a_policy_needs_a_rule_for_equal_scores(changes: dict[str, str], rule: list[str]) -> None:
    stage = a_drawn_round(**changes)
    if not rule:
        assert lock_policy(round=stage.round, actor=OFFICER, now=NOW).is_locked
        return
    with pytest.raises(Refused) as refused:
        lock_policy(round=stage.round, actor=OFFICER, now=NOW)
    assert rules(refused) == rule


def test_one_score_an_applicant_does_not_go_with_criteria_of_a_destination() -> None:
    stage = a_drawn_round(policy="serial-dictatorship")
    Criterion.objects.create(round=stage.round, destination=stage.pools[0].destination, name_nl="Taal", name_en="Language", weight=100)
    with pytest.raises(Refused) as refused:
        lock_policy(round=stage.round, actor=OFFICER, now=NOW)
    assert rules(refused) == ["one-score"]


def test_it_closes_after_its_deadline_and_going_back_needs_a_reason() -> None:
    stage = an_open_round()
    with pytest.raises(Refused) as early:
        move_round(row=stage.round, action="close", actor=OFFICER, now=DEADLINE)
    assert rules(early) == ["too-early"]
    with pytest.raises(Refused) as soon:
        move_round(row=stage.round, action="close", actor=OFFICER, now=DEADLINE + dt.timedelta(minutes=5))
    assert rules(soon) == ["still-arriving"]
    closed = move_round(row=stage.round, action="close", actor=OFFICER, now=AFTER)
    with pytest.raises(TransitionRefused):
        move_round(row=closed, action="publish", actor=OFFICER, now=AFTER)
    for action in ("score", "place"):
        closed = move_round(row=closed, action=action, actor=OFFICER, now=AFTER)
    with pytest.raises(Refused) as silent:
        move_round(row=closed, action="rescore", actor=OFFICER, now=AFTER)
    assert rules(silent) == ["round-why"]
    assert move_round(row=closed, action="rescore", actor=OFFICER, now=AFTER, reason="A mark was wrong.").state == "scoring"


def test_dates_and_wishes_are_fixed_once_it_is_open() -> None:
    stage = an_open_round()
    stage.round.wishes_max = 9
    question = stage.round.questions.get()
    with pytest.raises(Refused) as refused:
        keep_round(row=stage.round, actor=OFFICER, now=NOW, parts=[question])
    assert rules(refused) == ["round-fixed", "form-fixed"]
    row = Round.objects.get(pk=stage.round.pk)
    row.introduction_en = "Read this first."
    assert keep_round(row=row, actor=OFFICER, now=NOW).introduction_en == "Read this first."


def test_a_faculty_officer_keeps_rounds_of_the_own_faculty_only() -> None:
    university = a_small_university()
    faculty = Actor("user:faculty", (RoleGrant(Role.FACULTY_OFFICER, units=frozenset({university.law.pk})),))
    row = a_round(owner=university.law)
    row.introduction_en = "Law only."
    keep_round(row=row, actor=faculty, now=NOW)
    for owner in (None, university.science):
        row.owner = owner
        with pytest.raises(Refused) as refused:
            keep_round(row=row, actor=faculty, now=NOW)
        assert rules(refused) == ["round-owner"]


def test_a_closed_round_takes_nothing() -> None:
    assert open_rounds(NOW) == []
    stage = a_closed_round()
    refusal = closed_refusal(stage.round, NOW)
    assert refusal is not None
    assert refusal.rule == "round-not-open"
