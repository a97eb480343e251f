"""Expressions of interest: saved as one types, handed in once, withdrawn, given back; late is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from tests.factories.calls import NOW, OFFICER, a_writer, actor_of, an_interest, an_open_call, complete_words

from goliard.apps.funding.models import ExpressionOfInterest, InterestSubmission
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.interests import interests_of
from goliard.apps.funding.services.interests import return_interest, save_interest, start_interest, submit_interest, withdraw_interest
from goliard.apps.funding.services.timeline import reopen_step
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.rates.models import RateTable
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
LATE = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)


def test_a_draft_knows_its_partner_and_its_budget_and_leaves_no_trace_in_the_journal() -> None:
    stage = an_open_call()
    entries = JournalEntry.objects.count()
    interest = an_interest(stage, co_applicants=("second@example.org", "SECOND@example.org"))
    assert (interest.partner, interest.revision) == (stage.partner, 1)
    assert [each.email for each in interest.co_applicants.all()] == ["second@example.org"]
    budget = budget_of(interest)
    assert budget.mobilities == 3
    assert budget.cents == sum(line.amount.cents for line in budget.plan.lines)
    assert JournalEntry.objects.exclude(verb__in=["assign-role"]).count() == entries


def test_two_writers_do_not_overwrite_each_other() -> None:
    stage = an_open_call()
    interest = an_interest(stage)
    with pytest.raises(ChangedMeanwhile):
        save_interest(interest=interest, words=complete_words(stage, title="Other"), seen=0, actor=OFFICER, now=NOW)
    assert ExpressionOfInterest.objects.get().title == "Stars over Ethiopia"


def test_it_is_handed_in_once_with_a_receipt_whose_hash_anybody_can_check() -> None:
    interest = an_interest(an_open_call())
    actor = actor_of(interest.owner)
    first = submit_interest(interest=interest, actor=actor, now=NOW)
    again = submit_interest(interest=interest, actor=actor, now=NOW + dt.timedelta(minutes=1))
    assert first == again
    assert InterestSubmission.objects.count() == Delivery.objects.filter(letter="interest-receipt").count() == 1
    assert hashlib.sha256(first.content.encode()).hexdigest() == first.content_hash
    told = json.loads(first.content)
    assert told["budget"]["total_cents"] == first.asked_cents
    assert told["budget"]["table_version"] == RateTable.objects.get().content_hash
    assert first.content_hash in Delivery.objects.get().body
    assert [entry.verb for entry in JournalEntry.objects.filter(verb__endswith="-interest")] == ["submit-interest"]


def test_what_is_incomplete_or_late_is_refused_and_nothing_changes() -> None:
    stage = an_open_call()
    interest = an_interest(
        stage, title="", title_nl="", flows=({"direction": "incoming", "kind": "student/studies/first", "count": 1, "days": 9000},)
    )
    with pytest.raises(Refused) as refused:
        submit_interest(interest=interest, actor=actor_of(interest.owner), now=LATE)
    rules = [reason.rule for reason in refused.value.reasons]
    assert rules[:2] == ["deadline-passed", "interest-part"]
    assert len(rules) > 2, "the engine's refusal of 9000 days is told as well"
    assert ExpressionOfInterest.objects.get().state == "draft"
    assert InterestSubmission.objects.count() == RateTable.objects.count() == 0
    with pytest.raises(Refused):
        start_interest(call=stage.call, owner=interest.owner, actor=actor_of(interest.owner), now=LATE)


def test_an_officer_opens_the_step_again_with_a_reason_in_the_journal() -> None:
    stage = an_open_call()
    step = stage.call.steps.get(kind="interest")
    for reason, until in (("", LATE), ("The form was down.", NOW)):
        with pytest.raises(Refused):
            reopen_step(step=step, until=until, reason=reason, actor=OFFICER, now=NOW)
    reopen_step(step=step, until=LATE, reason="The form was down.", actor=OFFICER, now=NOW)
    assert JournalEntry.objects.get(verb="reopen-step").reason == "The form was down."
    interest = an_interest(stage)
    assert submit_interest(interest=interest, actor=actor_of(interest.owner), now=LATE).number == 1


def test_what_the_office_gives_back_may_come_in_again_after_the_deadline() -> None:
    interest = an_interest(an_open_call())
    actor = actor_of(interest.owner)
    submit_interest(interest=interest, actor=actor, now=NOW)
    with pytest.raises(Refused):
        return_interest(interest=interest, reason=" ", actor=OFFICER, now=NOW)
    with pytest.raises(TransitionRefused):
        return_interest(interest=interest, reason="More detail.", actor=actor, now=NOW)
    return_interest(interest=interest, reason="More detail.", actor=OFFICER, now=NOW)
    assert Delivery.objects.get(letter="interest-returned").body.count("More detail.") == 1
    assert submit_interest(interest=interest, actor=actor, now=LATE).number == 2


def test_it_may_be_withdrawn_and_then_rests() -> None:
    interest = an_interest(an_open_call())
    actor = actor_of(interest.owner)
    assert withdraw_interest(interest=interest, reason="No time.", actor=actor, now=NOW).state == "withdrawn"
    with pytest.raises(TransitionRefused):
        submit_interest(interest=interest, actor=actor, now=NOW)
    with pytest.raises(Refused):
        save_interest(interest=interest, words=complete_words(an_open_call()), seen=1, actor=actor, now=NOW)


def test_everybody_sees_their_own_and_what_they_write_along_with() -> None:
    stage = an_open_call()
    mine = an_interest(stage)
    second, stranger = a_writer("second@example.org"), a_writer("stranger@example.org")
    ours = an_interest(stage, stranger, co_applicants=("second@example.org",))
    assert list(interests_of(actor_of(mine.owner))) == [mine]
    assert list(interests_of(actor_of(second))) == [ours]
