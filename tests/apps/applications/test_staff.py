"""A member of staff applies, the line manager answers, and nobody is somebody else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.applications import a_student, a_submitted_application
from tests.factories.rounds import AFTER, NOW, OFFICER, Stage, a_round, an_open_round
from tests.factories.staff_rounds import (
    STAY,
    a_member_of_staff,
    a_staff_application,
    a_staff_draft,
    an_open_staff_round,
    staff_actor,
)

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import link_person
from goliard.apps.applications.models import Application, ManagerApproval
from goliard.apps.applications.policies import may_answer_approval, may_write_application
from goliard.apps.applications.queries.approvals import plan_told, refusal_without_approval
from goliard.apps.applications.queries.eligibility import person_facts, verdicts_of
from goliard.apps.applications.services.approvals import (
    answer_approval,
    ask_again,
    name_manager,
    open_approval,
    record_approval,
)
from goliard.apps.applications.services.stays import save_stay
from goliard.apps.applications.services.submitting import submit_application, withdraw_application
from goliard.apps.applications.services.writing import save_answers, start_application
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.sealing import unsealed
from goliard.apps.people.models import Person
from goliard.apps.placement.queries.gathering import gathered
from goliard.apps.rounds.models import Criterion, RoundRequirement
from goliard.apps.rounds.services.rounds import move_round
from goliard.apps.scoring.queries.scores import scored_in
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.values.texts import Reason

pytestmark = pytest.mark.django_db
MANAGER = Actor("anonymous")


@pytest.fixture
def stage() -> Stage:
    return an_open_staff_round()


def said(reasons: Any) -> list[str]:
    return [reason.because.en for reason in reasons]


def secret_of(application: Application) -> str:
    """The secret of the newest link, from the letter."""
    letters = Delivery.objects.filter(letter="manager-approval", about_id=str(application.approval.pk))
    letter = letters.latest("pk")
    found = re.search(r"https://example.org/\w+/(\S+)/", unsealed(letter.body, letter.sealed, letter.language))
    assert found is not None
    return found.group(1)


def approve(application: Application, *, is_approved: bool = True, comment: str = "") -> ManagerApproval:
    found = open_approval(secret=secret_of(application), now=NOW)
    assert found is not None
    return answer_approval(approval=found, seen=found.plan_hash, is_approved=is_approved, comment=comment, actor=MANAGER, now=NOW)


def reasons_of(stage: Stage, person: Person) -> set[str]:
    facts = person_facts(person, person.appointments.first() or person.enrolments.first(), NOW.date())
    return {why.because.en for each in verdicts_of(stage.round, facts, NOW.date()) for why in each.refusals}


class TestWhoMayGo:
    def test_an_appointment_opens_what_an_enrolment_does_not(self, stage: Stage) -> None:
        assert reasons_of(stage, a_member_of_staff(stage)) == set()
        assert reasons_of(stage, a_student(stage)) == {"you have no appointment here."}

    def test_staff_are_no_students(self) -> None:
        stage = an_open_round()
        assert "you are not enrolled." in reasons_of(stage, a_member_of_staff(stage))

    def test_an_appointment_that_ended_opens_nothing(self, stage: Stage) -> None:
        assert reasons_of(stage, a_member_of_staff(stage, valid_until=dt.date(2026, 10, 31))) == {"you have no appointment here."}

    def test_a_round_for_support_staff(self, stage: Stage) -> None:
        RoundRequirement.objects.create(round=stage.round, staff_categories="support", faculty_keys="science")
        assert reasons_of(stage, a_member_of_staff(stage)) == {"this is for support staff."}
        assert reasons_of(stage, a_member_of_staff(stage, 2, category="support")) == set()
        assert reasons_of(stage, a_member_of_staff(stage, 3, category="support", unit=stage.university.law)) == {
            "this is not for your faculty."
        }

    def test_who_begins_without_an_appointment_reads_why(self, stage: Stage) -> None:
        person = a_student(stage)
        with pytest.raises(Refused) as refused:
            start_application(
                round=stage.round, person=person, enrolment=person.enrolments.get(), language="en", actor=OFFICER, now=NOW
            )  # fmt: skip
        assert "you have no appointment here." in said(refused.value.reasons)

    def test_each_role_writes_in_its_own_rounds_only(self, stage: Stage) -> None:
        draft = a_staff_draft(stage, person := a_member_of_staff(stage))
        account = User.objects.get(person=person).actor_id
        assert may_write_application(Actor(account, (RoleGrant(Role.STAFF),)), draft)
        assert not may_write_application(Actor(account, (RoleGrant(Role.STUDENT),)), draft)
        assert not may_write_application(Actor(account, (RoleGrant(Role.ADMINISTRATOR),)), draft)

    def test_an_account_is_linked_to_its_appointment(self, stage: Stage) -> None:
        person = a_member_of_staff(stage)
        User.objects.filter(person=person).update(person=None)
        assert link_person(user=User.objects.get(email="lecturer1@example.org"), actor=OFFICER, now=NOW) == person


class TestTheStay:
    def test_what_is_handed_in_tells_stay_and_appointment(self, stage: Stage) -> None:
        application = a_staff_application(stage, a_member_of_staff(stage))
        told = json.loads(application.submissions.get().content)
        assert told["own"]["stay"]["sessions"] == [
            {"topic": "Project management", "hours": "4"},
            {"topic": "Writing a research proposal", "hours": "4.5"},
        ]
        assert {name: told["record"][name] for name in ("is_staff", "staff_category", "seniority", "unit", "faculty", "cycle")} == {
            "is_staff": True, "staff_category": "academic", "seniority": "junior", "unit": "observatory", "faculty": "science",
            "cycle": None,
        }  # fmt: skip

    def test_nothing_of_a_stay_stands_where_none_is_asked(self) -> None:
        stage = an_open_round()
        told = json.loads(a_submitted_application(stage, a_student(stage)).submissions.get().content)
        assert ("stay" in told["own"], "is_staff" in told["record"]) == (False, False)

    def test_without_a_session_it_cannot_be_handed_in(self, stage: Stage) -> None:
        draft = a_staff_draft(stage, person := a_member_of_staff(stage))
        save_stay(application=draft, words=dataclasses.replace(STAY, sessions=[]), seen=1, actor=staff_actor(person), now=NOW)
        with pytest.raises(Refused, match="at least one session"):
            submit_application(application=draft, actor=staff_actor(person), now=NOW)

    def test_two_windows(self, stage: Stage) -> None:
        draft = a_staff_draft(stage, person := a_member_of_staff(stage))
        given: dict[str, Any] = {"application": draft, "actor": staff_actor(person), "now": NOW}
        assert save_stay(words=STAY, seen=0, **given).stay_revision == 1, "the same text again overwrites nothing"
        with pytest.raises(ChangedMeanwhile):
            save_stay(words=dataclasses.replace(STAY, host_group="Another"), seen=0, **given)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"purpose": "study"}, "not for that"),
            ({"sessions": [("A", Decimal(1))] * 31}, "At most 30"),
            ({"sessions": [("A", Decimal(-1))]}, "between 0 and 1000"),
            ({"host": {"contact_email": "nobody"}}, "no e-mail address"),
            ({"host": {"website": "javascript:alert(1)"}}, "begins with https"),
        ],
    )
    def test_what_cannot_be_saved(self, stage: Stage, change: dict[str, Any], reason: str) -> None:
        draft = a_staff_draft(stage, person := a_member_of_staff(stage))
        with pytest.raises(Refused, match=reason):
            save_stay(application=draft, words=dataclasses.replace(STAY, **change), seen=1, actor=staff_actor(person), now=NOW)
        assert draft.stay.sessions.count() == 2


class TestTheLineManager:
    def test_is_asked_when_it_is_handed_in_and_approves_by_the_link(self, stage: Stage) -> None:
        application = a_staff_application(stage, a_member_of_staff(stage))
        why = refusal_without_approval(application)
        assert why is not None
        assert why.because.en == "Lecturer Number 1: the line manager has not answered yet."
        plan = plan_told(application, "en")
        assert (plan.wishes, plan.purpose, plan.starts_on) == (("Alpha", "Bravo"), "teaching", dt.date(2027, 10, 4))
        assert approve(application).state == "approved"
        assert refusal_without_approval(application) is None
        assert "Manager approves your application (Staff mobility)" in Delivery.objects.get(letter="manager-approval-answered").body
        assert {"ask-approval", "approve-as-manager"} <= set(JournalEntry.objects.values_list("verb", flat=True))

    def test_nobody_is_named(self, stage: Stage) -> None:
        draft = a_staff_draft(stage, person := a_member_of_staff(stage))
        ManagerApproval.objects.all().delete()
        with pytest.raises(Refused, match="Name your line manager"):
            submit_application(application=draft, actor=staff_actor(person), now=NOW)

    def test_a_refusal_needs_a_reason_and_may_be_taken_back(self, stage: Stage) -> None:
        application = a_staff_application(stage, a_member_of_staff(stage))
        with pytest.raises(Refused, match="Give the reason"):
            approve(application, is_approved=False)
        approve(application, is_approved=False, comment="The exams need you.")
        why = refusal_without_approval(application)
        assert why is not None
        assert "does not approve" in why.because.en
        assert approve(application).state == "approved"

    def test_other_wishes_are_asked_anew_and_another_answer_is_not(self, stage: Stage) -> None:
        application = a_staff_application(stage, person := a_member_of_staff(stage))
        approve(application)
        given: dict[str, Any] = {"actor": staff_actor(person), "now": NOW + dt.timedelta(hours=1)}
        question = stage.round.questions.get()
        save_answers(application=application, answers={(question.pk, None): "Better words."}, seen=1, **given)
        submit_application(application=application, approval_page=str, **given)
        assert refusal_without_approval(application) is None, "the manager approved where and for what, not the words"
        old = secret_of(application)
        save_stay(application=application, words=dataclasses.replace(STAY, host_group="Elsewhere"), seen=1, **given)
        submit_application(application=application, approval_page="https://example.org/a/{}/".format, **given)
        assert refusal_without_approval(application) is not None
        assert open_approval(secret=old, now=NOW) is None, "the link to the earlier plan is dead"
        assert Delivery.objects.filter(letter="manager-approval").count() == 2

    def test_an_answer_to_an_earlier_plan_counts_for_nothing(self, stage: Stage) -> None:
        application = a_staff_application(stage, a_member_of_staff(stage))
        with pytest.raises(Refused, match="has changed"):
            answer_approval(
                approval=application.approval, seen="0" * 64, is_approved=True, comment="", actor=MANAGER, now=NOW
            )  # fmt: skip

    def test_a_link_ends(self, stage: Stage) -> None:
        application = a_staff_application(stage, person := a_member_of_staff(stage))
        secret = secret_of(application)
        assert open_approval(secret=secret, now=AFTER + dt.timedelta(days=13)) is not None
        assert open_approval(secret=secret, now=AFTER + dt.timedelta(days=15)) is None
        assert open_approval(secret="", now=NOW) is None
        withdraw_application(application=application, reason="", actor=staff_actor(person), now=NOW)
        assert open_approval(secret=secret, now=NOW) is None

    @pytest.mark.parametrize(("name", "email"), [("", "m@example.org"), ("Manager", "nobody"), ("Me", "Lecturer1@example.org")])
    def test_whom_one_cannot_name(self, stage: Stage, name: str, email: str) -> None:
        draft = a_staff_draft(stage, person := a_member_of_staff(stage))
        with pytest.raises(Refused):
            name_manager(application=draft, name=name, email=email, actor=staff_actor(person), now=NOW)
        assert draft.approval.email == "manager@example.org"

    def test_whom_the_staff_system_names_stands_fast(self, stage: Stage) -> None:
        person = a_member_of_staff(stage, manager_name="Head of the Observatory", manager_email="head@example.org")
        approval = a_staff_draft(stage, person, manager="friend@example.org").approval
        assert (approval.name, approval.email) == ("Head of the Observatory", "head@example.org")

    def test_an_account_answers_what_its_address_was_asked(self, stage: Stage) -> None:
        manager = a_member_of_staff(stage, 2, email="manager@example.org")
        application = a_staff_application(stage, applicant := a_member_of_staff(stage))
        assert may_answer_approval(staff_actor(manager), application.approval)
        assert not may_answer_approval(staff_actor(applicant), application.approval)

    def test_the_office_asks_again_and_records_what_came_on_paper(self, stage: Stage) -> None:
        application = a_staff_application(stage, a_member_of_staff(stage))
        old = secret_of(application)
        ask_again(application=application, page="https://example.org/a/{}/".format, actor=OFFICER, now=NOW + dt.timedelta(hours=1))
        assert (open_approval(secret=old, now=NOW), secret_of(application) != old) == (None, True)
        with pytest.raises(Refused, match="how you know"):
            record_approval(application=application, is_approved=True, reason=" ", actor=OFFICER, now=NOW)
        recorded = record_approval(application=application, is_approved=True, reason="Letter of 3 December.", actor=OFFICER, now=NOW)
        assert (recorded.is_recorded, refusal_without_approval(application)) == (True, None)
        with pytest.raises(Refused, match="nothing to ask"):
            ask_again(application=application, page=str, actor=OFFICER, now=NOW)


class TestScoringAndPlacement:
    def test_staff_are_placed_as_students_are(self, stage: Stage) -> None:
        first, second = (a_staff_application(stage, a_member_of_staff(stage, number), "alpha") for number in (1, 2))
        assert [each.submitted.cycle for each in scored_in(stage.round)] == [None, None]
        alpha = stage.round.destinations.get(organisation__key="alpha")
        scores = {(first.pk, str(alpha.public_id)): Decimal(8), (second.pk, str(alpha.public_id)): Decimal(7)}
        market = gathered(stage.round, scores, NOW.date()).market
        assert [wish.barred for person in market.applicants for wish in person.wishes] == [(), ()]

    def test_who_is_early_in_a_career_is_a_group(self, stage: Stage) -> None:
        stage.round.groups.create(key="early", kind="early-career", title_nl="Vroeg", title_en="Early")
        alpha = stage.round.destinations.get(organisation__key="alpha")
        rows = [
            a_staff_application(stage, a_member_of_staff(stage, number, seniority=seniority), "alpha")
            for number, seniority in ((1, "junior"), (2, "senior"))
        ]
        scores = {(row.pk, str(alpha.public_id)): Decimal(8) for row in rows}
        assert [bool(person.groups) for person in gathered(stage.round, scores, NOW.date()).market.applicants] == [True, False]

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"purposes": "study"}, "does not go for: study"),
            ({"audience": "students", "kind": "icm-project", "asks_approval": True}, "Only staff have a line manager"),
        ],
    )
    def test_what_makes_no_sense_for_its_audience_does_not_open(self, fields: dict[str, Any], reason: str) -> None:
        row = a_round(**({"kind": "staff-mobility", "audience": "staff"} | fields))
        with pytest.raises(Refused, match=reason):
            move_round(row=row, action="open", actor=OFFICER, now=NOW)

    def test_marks_are_no_criterion_for_staff(self) -> None:
        row = a_round(kind="staff-mobility", audience="staff")
        assert Criterion.objects.filter(round=row, source="average").exists()
        with pytest.raises(Refused) as refused:
            move_round(row=row, action="open", actor=OFFICER, now=NOW)
        assert isinstance(refused.value.reasons[0], Reason)
        assert "Staff have no marks or credits." in said(refused.value.reasons)
