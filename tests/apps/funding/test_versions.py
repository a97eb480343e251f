"""A partnership is handed in as a draft and as the final version; each is kept as it stood, and the office answers."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pytest
from tests.factories.calls import NOW, OFFICER, OpenCall, a_selected_interest, actor_of, an_application, an_open_call, answered

from goliard.apps.funding.choices import VersionStage
from goliard.apps.funding.models import CallStep, ExpressionOfInterest, PartnershipVersion
from goliard.apps.funding.queries.applications import findings, whole_of
from goliard.apps.funding.queries.compared import compared
from goliard.apps.funding.services.applications import move_application, save_partnership
from goliard.apps.funding.services.versions import comment_version, hand_in_version
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery

pytestmark = pytest.mark.django_db
AFTER_DRAFT = dt.datetime(2027, 1, 14, 12, tzinfo=dt.UTC)


def a_partnership() -> tuple[OpenCall, ExpressionOfInterest]:
    stage = an_open_call()
    CallStep.objects.create(call=stage.call, kind="draft", due_on=dt.date(2027, 1, 13))
    interest = a_selected_interest(stage)
    an_application(stage)
    return stage, ExpressionOfInterest.objects.get(pk=interest.pk)


def handed_in(interest: ExpressionOfInterest, stage: VersionStage, now: dt.datetime = NOW) -> PartnershipVersion:
    return hand_in_version(interest=interest, stage=stage, actor=actor_of(interest.owner), now=now)


def test_a_draft_may_be_incomplete_and_the_same_draft_is_one_version() -> None:
    _stage, interest = a_partnership()
    first = handed_in(interest, VersionStage.DRAFT)
    again = handed_in(interest, VersionStage.DRAFT, NOW + dt.timedelta(hours=1))
    assert (first.pk, PartnershipVersion.objects.count()) == (again.pk, 1)
    assert hashlib.sha256(first.content.encode()).hexdigest() == first.content_hash
    assert [flow["stage"] for flow in json.loads(first.content)["flows"]] == ["application", "application"]
    assert JournalEntry.objects.filter(verb="hand-in-partnership").count() == 1


def test_late_is_refused_for_each_version_by_its_own_step() -> None:
    _stage, interest = a_partnership()
    with pytest.raises(Refused) as refused:
        handed_in(interest, VersionStage.DRAFT, AFTER_DRAFT)
    assert [reason.rule for reason in refused.value.reasons] == ["deadline-passed"]
    interest = answered(interest)
    assert handed_in(interest, VersionStage.FINAL, AFTER_DRAFT).number == 1


def test_the_final_version_is_complete_and_stands_beside_the_draft() -> None:
    _stage, interest = a_partnership()
    draft = handed_in(interest, VersionStage.DRAFT)
    with pytest.raises(Refused) as refused:
        handed_in(interest, VersionStage.FINAL)
    assert refused.value.reasons[0].because.en == "Question 1 has no answer yet."
    flows = [{"direction": "incoming", "kind": "student/studies/second", "count": 3, "days": 120}]
    answers = {question.pk: "Because." for question in interest.call.questions.filter(stage="application")}
    titles = ("Stars over Africa", "Sterren boven Afrika")
    interest = save_partnership(
        interest=interest, answers=answers, flows=flows, seen=interest.revision, titles=titles, actor=actor_of(interest.owner), now=NOW
    )
    final = handed_in(interest, VersionStage.FINAL)
    changes = {each.part.en: (each.before, each.after) for each in compared(draft, final)}
    assert changes["Title (nl)"] == ("Sterren boven Ethiopië", "Sterren boven Afrika")
    assert changes["Flow 1"] == ("2 × incoming, master students: study: 120", "3 × incoming, master students: study: 120")
    assert changes["Flow 2"] == ("1 × outgoing, staff: teaching: 7 + 2", "")
    assert (draft.mobilities, final.mobilities) == (3, 3)


def test_the_office_answers_a_draft_with_a_letter_until_the_application_is_final() -> None:
    stage, interest = a_partnership()
    draft = handed_in(interest, VersionStage.DRAFT)
    with pytest.raises(Refused):
        comment_version(version=draft, comment=" ", actor=OFFICER, now=NOW)
    comment_version(version=draft, comment="Say more about recognition.", actor=OFFICER, now=NOW)
    assert "Say more about recognition." in Delivery.objects.get(letter="partnership-commented").body
    answered(interest)
    application = stage.call.application
    assert [each.reason.rule for each in findings(whole_of(application)) if not each.is_fault][-1] == "partnership-final"
    move_application(application=application, action="finalise", actor=OFFICER, now=NOW)
    with pytest.raises(Refused):
        comment_version(version=draft, comment="Too late.", actor=OFFICER, now=NOW)
    with pytest.raises(Refused):
        handed_in(interest, VersionStage.FINAL)
