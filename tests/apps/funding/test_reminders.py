"""Reminders go to who still has to act before a step, in their language, once for a moment."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.calls import (
    NOW,
    OFFICER,
    a_selected_interest,
    a_writer,
    actor_of,
    an_application,
    an_interest,
    an_open_call,
    answered,
)

from goliard.apps.accounts.models import User
from goliard.apps.funding.choices import VersionStage
from goliard.apps.funding.services.interests import submit_interest
from goliard.apps.funding.services.preselection import assign_reviewer
from goliard.apps.funding.services.reminders import reminders_of, send_call_reminders
from goliard.apps.funding.services.timeline import reopen_step
from goliard.apps.funding.services.versions import hand_in_version
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def test_each_step_reminds_who_has_to_act_before_it() -> None:
    stage = an_open_call()
    draft = an_interest(stage, a_writer("draft@example.org"), co_applicants=("second@example.org",))
    submitted = an_interest(stage, a_writer("submitted@example.org"))
    submit_interest(interest=submitted, actor=actor_of(submitted.owner), now=NOW)
    assign_reviewer(interest=submitted, reviewer=a_writer("reviewer@example.org"), actor=OFFICER, now=NOW)
    selected = a_selected_interest(stage, a_writer("selected@example.org"))
    a_writer("officer@example.org", Role.OFFICER)
    an_application(stage)
    found = {(each.kind.value, each.user.email) for each in reminders_of(stage.call, now=NOW)}
    assert found == {
        ("interest", "draft@example.org"),
        ("pre-selection", "reviewer@example.org"),
        ("final", "selected@example.org"),
        ("submission", "officer@example.org"),
    }, "a co-applicant without an account has nothing to sign in to"
    hand_in_version(interest=answered(selected), stage=VersionStage.FINAL, actor=actor_of(selected.owner), now=NOW)
    assert "final" not in {each.kind.value for each in reminders_of(stage.call, now=NOW)}
    within = reminders_of(stage.call, now=NOW, within=dt.timedelta(days=8))
    assert [(each.kind.value, each.about) for each in within] == [("interest", draft)]
    assert reminders_of(stage.call, now=dt.datetime(2028, 1, 1, tzinfo=dt.UTC)) == []


def test_a_letter_leaves_once_for_a_moment_and_again_when_the_step_is_reopened() -> None:
    stage = an_open_call()
    interest = an_interest(stage)
    User.objects.filter(pk=interest.owner_id).update(language="nl")
    (preview,) = reminders_of(stage.call, now=NOW)
    assert preview.subject == "Herinnering: blijk van belangstelling, 27-11-2026 23:59"
    for _ in range(2):
        send_call_reminders(call=stage.call, reminders=reminders_of(stage.call, now=NOW), actor=OFFICER, now=NOW)
    letter = Delivery.objects.get(letter="call-reminder")
    assert (letter.subject, letter.body, letter.language) == (preview.subject, preview.body, "nl")
    assert "Sterren boven Ethiopië" in letter.body
    assert JournalEntry.objects.filter(verb="remind-call").count() == 1
    step = stage.call.steps.get(kind="interest")
    reopen_step(step=step, until=dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), reason="Illness.", actor=OFFICER, now=NOW)
    assert [each.was_queued for each in reminders_of(stage.call, now=NOW)] == [False]
