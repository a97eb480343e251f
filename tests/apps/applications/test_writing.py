"""Writing and handing in: nothing lost, nothing twice, late is refused with both moments."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json

import pytest
from tests.factories.applications import LATE, PDF, a_complete_draft, a_draft, a_student, a_submitted_application, actor_of, wishes_of
from tests.factories.rounds import NOW, OFFICER, Stage, an_open_round

from goliard.apps.applications.models import Answer, Application, ApplicationSubmission
from goliard.apps.applications.queries.submitted import submitted_in
from goliard.apps.applications.services.documents import add_document, answer_request, remove_document, request_document
from goliard.apps.applications.services.letters import planned_reminders, send_reminders
from goliard.apps.applications.services.submitting import (
    reopen_application,
    resume_application,
    submit_application,
    withdraw_application,
)
from goliard.apps.applications.services.writing import WishWords, save_answers, save_wishes
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Enrolment
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None) -> Stage:
    return an_open_round(3)


def ranks(draft: Application) -> list[tuple[int, str]]:
    return [(each.rank, each.destination.organisation.key) for each in draft.preferences.select_related("destination__organisation")]


def test_wishes_are_numbered_without_gaps_and_drafts_are_not_journalled(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_draft(stage, person), actor_of(person)
    assert a_draft(stage, person) == draft, "begun twice is one application"
    entries = JournalEntry.objects.count()
    save_wishes(application=draft, wishes=wishes_of(stage, "charlie", "alpha"), seen=0, actor=actor, now=NOW)
    saved = save_wishes(application=draft, wishes=wishes_of(stage, "alpha", "bravo", "charlie"), seen=1, actor=actor, now=NOW)
    assert ranks(saved) == [(1, "alpha"), (2, "bravo"), (3, "charlie")]
    assert (saved.wishes_revision, saved.answers_revision) == (2, 0)
    assert JournalEntry.objects.count() == entries


def test_two_windows_do_not_overwrite_each_other(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor, question = a_draft(stage, person), actor_of(person), stage.round.questions.get()
    save_wishes(application=draft, wishes=wishes_of(stage, "alpha"), seen=0, actor=actor, now=NOW)
    save_answers(application=draft, answers={(question.pk, None): "First."}, seen=0, actor=actor, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        save_wishes(application=draft, wishes=wishes_of(stage, "bravo"), seen=0, actor=actor, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        save_answers(application=draft, answers={(question.pk, None): "Second."}, seen=0, actor=actor, now=NOW)
    assert (ranks(draft), Answer.objects.get().text) == ([(1, "alpha")], "First.")
    same = save_answers(application=draft, answers={(question.pk, None): "First."}, seen=0, actor=actor, now=NOW)
    assert (
        same.answers_revision
        == save_wishes(application=draft, wishes=wishes_of(stage, "alpha"), seen=0, actor=actor, now=NOW).wishes_revision
    )


def test_wishes_that_cannot_be_are_refused(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_draft(stage, person), actor_of(person)
    alpha = wishes_of(stage, "alpha")[0]
    for wishes in ([alpha, alpha], [WishWords(0)], [WishWords(number) for number in range(1, 5)]):
        with pytest.raises(Refused):
            save_wishes(application=draft, wishes=wishes, seen=0, actor=actor, now=NOW)
    assert ranks(draft) == []


def test_it_is_handed_in_once_with_a_receipt_whose_hash_anybody_can_check(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_complete_draft(stage, person), actor_of(person)
    first = submit_application(application=draft, actor=actor, now=NOW)
    again = submit_application(application=draft, actor=actor, now=LATE)
    assert first == again, "the same thing again gives the same receipt, also when the answer came too late to the first try"
    assert ApplicationSubmission.objects.count() == Delivery.objects.filter(letter="application-received").count() == 1
    assert hashlib.sha256(first.content.encode()).hexdigest() == first.content_hash
    assert first.content_hash in Delivery.objects.get().body
    told = json.loads(first.content)
    assert [wish["name"]["en"] for wish in told["own"]["wishes"]] == ["Alpha", "Bravo"]
    assert told["own"]["documents"][0]["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert told["record"]["credits"] == "90.5"
    assert list(told["eligibility"]["destinations"].values()) == [[], [], []]
    assert [entry.verb for entry in JournalEntry.objects.filter(subject_type="applications.application")] == [
        "start-application",
        "submit-application",
    ]


def test_until_the_deadline_a_change_is_handed_in_anew_and_the_newest_counts(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_submitted_application(stage, person), actor_of(person)
    save_wishes(application=draft, wishes=wishes_of(stage, "charlie"), seen=1, actor=actor, now=NOW)
    assert [wish.rank for wish in submitted_in(stage.round)[0].wishes] == [1, 2], "what was handed in still counts"
    later = NOW + dt.timedelta(hours=1)
    second = submit_application(application=draft, actor=actor, now=later)
    assert (second.number, second.received_at) == (2, later)
    counts = submitted_in(stage.round)
    assert [(row.application, [wish.destination for wish in row.wishes]) for row in counts] == [
        (draft.pk, [str(stage.round.destinations.get(organisation__key="charlie").public_id)])
    ]


def test_late_is_refused_with_both_moments_and_nothing_changes(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_complete_draft(stage, person), actor_of(person)
    deadline = stage.round.deadline
    for attempt in (
        lambda: submit_application(application=draft, actor=actor, now=LATE),
        lambda: save_wishes(application=draft, wishes=[], seen=1, actor=actor, now=LATE),
        lambda: save_answers(application=draft, answers={}, seen=1, actor=actor, now=LATE),
        lambda: remove_document(application=draft, requirement=stage.round.documents.get(), actor=actor, now=LATE),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        told = refused.value.reasons[0].because
        assert "2026-12-02 00:00:00.000 (Europe/Amsterdam)" in told.en
        assert "2026-12-01 23:59:00.000 (Europe/Amsterdam)" in told.nl
    assert ApplicationSubmission.objects.count() == 0
    assert submit_application(application=draft, actor=actor, now=deadline).received_at == deadline, "the deadline's own moment is in time"


def test_what_is_incomplete_says_all_of_it(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_draft(stage, person), actor_of(person)
    with pytest.raises(Refused) as refused:
        submit_application(application=draft, actor=actor, now=NOW)
    assert [reason.field for reason in refused.value.reasons] == ["wishes", "questions", "documents"]


def test_a_wish_where_one_may_not_go_any_more_is_refused_with_the_reason(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_complete_draft(stage, person), actor_of(person)
    Enrolment.objects.filter(person=person).update(average_thousandths=6960)
    with pytest.raises(Refused) as refused:
        submit_application(application=draft, actor=actor, now=NOW)
    assert refused.value.reasons[0].because.en == "Wish 1, Alpha: your average is 6.96; needed: 7.00."


def test_withdrawn_and_taken_up_again(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor = a_submitted_application(stage, person), actor_of(person)
    withdraw_application(application=draft, reason="", actor=actor, now=NOW)
    assert submitted_in(stage.round) == []
    assert Delivery.objects.filter(letter="application-withdrawn").count() == 1
    with pytest.raises(TransitionRefused):
        submit_application(application=draft, actor=actor, now=NOW)
    with pytest.raises(Refused):
        resume_application(application=draft, actor=actor, now=LATE)
    assert Application.objects.get().state == "withdrawn"
    resume_application(application=draft, actor=actor, now=NOW)
    assert submit_application(application=draft, actor=actor, now=NOW).number == 2


def test_a_document_is_judged_by_its_bytes(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor, requirement = a_draft(stage, person), actor_of(person), stage.round.documents.get()
    for content in (b"", b"MZ no pdf", b"%PDF-1.7 " + b"x" * 2_000_000):
        with pytest.raises(Refused):
            add_document(application=draft, requirement=requirement, stream=io.BytesIO(content), name="a.pdf", actor=actor, now=NOW)
    assert StoredFile.objects.count() == 0


def test_another_file_takes_the_place_and_what_was_handed_in_keeps_its_own(stage: Stage) -> None:
    person = a_student(stage)
    draft, actor, requirement = a_complete_draft(stage, person), actor_of(person), stage.round.documents.get()

    def replace(content: bytes) -> None:
        add_document(application=draft, requirement=requirement, stream=io.BytesIO(content), name="b.pdf", actor=actor, now=NOW)

    replace(b"%PDF-1.7 second")
    assert StoredFile.objects.count() == 1
    submission = submit_application(application=draft, actor=actor, now=NOW)
    replace(b"%PDF-1.7 third")
    assert StoredFile.objects.count() == 2
    assert submission.documents.get().file.sha256 == hashlib.sha256(b"%PDF-1.7 second").hexdigest()


def test_one_person_gets_more_time_with_a_reason(stage: Stage) -> None:
    person = a_student(stage)
    draft, until = a_complete_draft(stage, person), LATE + dt.timedelta(days=1)
    for reason, moment in (("", until), ("Ill.", NOW)):
        with pytest.raises(Refused):
            reopen_application(application=draft, until=moment, reason=reason, actor=OFFICER, now=NOW)
    reopen_application(application=draft, until=until, reason="Ill.", actor=OFFICER, now=LATE)
    assert JournalEntry.objects.get(verb="reopen-for-one").reason == "Ill."
    assert "Ill." in Delivery.objects.get(letter="application-reopened").body
    assert submit_application(application=draft, actor=actor_of(person), now=LATE).number == 1
    other = a_student(stage, 2)
    with pytest.raises(Refused):
        a_draft(stage, other, now=LATE)


def test_the_office_asks_for_a_document_and_gets_it(stage: Stage) -> None:
    person = a_student(stage)
    draft, until = a_submitted_application(stage, person), LATE + dt.timedelta(days=7)
    asked = request_document(application=draft, what="The second page.", until=until, actor=OFFICER, now=LATE)
    assert "The second page." in Delivery.objects.get(letter="application-document-asked").body
    with pytest.raises(Refused):
        answer_request(asked=asked, stream=io.BytesIO(PDF), name="p.pdf", actor=actor_of(person), now=until + dt.timedelta(seconds=1))
    answered = answer_request(asked=asked, stream=io.BytesIO(PDF), name="p.pdf", actor=actor_of(person), now=LATE)
    assert answered.file is not None
    assert ApplicationSubmission.objects.count() == 1, "what was handed in stays as it is"


def test_reminders_are_seen_before_they_leave_and_leave_once(stage: Stage) -> None:
    drafted, done = a_student(stage, 1), a_student(stage, 2)
    a_draft(stage, drafted)
    a_submitted_application(stage, done)
    planned = planned_reminders(round=stage.round, now=NOW)
    assert [(each.address, each.was_queued) for each in planned] == [("student1@example.org", False)]
    assert "- Choose at least one wish; you have 0." in planned[0].body
    assert Delivery.objects.filter(letter="application-reminder").count() == 0
    assert [send_reminders(round=stage.round, actor=OFFICER, now=NOW) for _ in range(2)] == [1, 0]
    sent = Delivery.objects.get(letter="application-reminder")
    assert (sent.subject, sent.body) == (planned[0].subject, planned[0].body)


def test_many_reminders_cost_no_more_questions_than_one(stage: Stage, django_assert_num_queries) -> None:
    a_complete_draft(stage, a_student(stage, 1))
    with django_assert_num_queries(18):
        planned_reminders(round=stage.round, now=NOW)
    a_draft(stage, a_student(stage, 2, average_thousandths=8000))
    for number in range(3, 9):
        a_complete_draft(stage, a_student(stage, number), "charlie", "alpha")
    Enrolment.objects.filter(person__family_name="Number 8").update(average_thousandths=6960)
    with django_assert_num_queries(18):
        planned = planned_reminders(round=stage.round, now=NOW)
    said = {each.address: each.body for each in planned}
    assert len(said) == 8
    assert "Your application is complete: you only need to submit it." in said["student3@example.org"]
    assert "- Choose at least one wish; you have 0." in said["student2@example.org"]
    assert "- Wish 1, Charlie: your average is 6.96; needed: 7.00." in said["student8@example.org"]
