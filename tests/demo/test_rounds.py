"""The demonstration's rounds: one finished, one with offers out, one being scored, one open; all of it marked as invented."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from goliard.apps.accounts.demonstration import create_demonstration_accounts
from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import link_person
from goliard.apps.applications.models import Application, ManagerApproval
from goliard.apps.applications.queries.approvals import approvals_of_manager
from goliard.apps.applications.queries.eligibility import person_facts, verdicts_of
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.nominations.models import Nomination
from goliard.apps.people.models import Enrolment
from goliard.apps.placement.models import Offer
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.opening import open_rounds
from goliard.apps.scoring.queries.scores import scored_in
from goliard.apps.transfer.services.load import load_folder
from goliard.cli.demo import AGREEMENTS, FACULTY, PARTNER, UNIVERSITY
from goliard.cli.demo_call import fill_calls
from goliard.cli.demo_kinds import fill_kinds
from goliard.cli.demo_rounds import fill_rounds
from goliard.cli.prepare import load_reference
from goliard.rules.access.actor import Actor, system

pytestmark = pytest.mark.django_db


def test_the_rounds_of_the_demonstration(settings) -> None:
    settings.GOLIARD_DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    load_reference()
    actor, now = system("tests"), timezone.now()
    for folder in (UNIVERSITY, AGREEMENTS):
        load_folder(folder=folder, actor=actor, now=now)
    faculty, partner = OrganizationalUnit.objects.get(key=FACULTY), Organisation.objects.get(key=PARTNER)
    create_demonstration_accounts(faculty=faculty, partner=partner, actor=actor, now=now)
    fill_calls(actor=actor, now=now)
    fill_rounds(actor=actor, now=now)
    rounds = {row.key: row for row in Round.objects.all()}
    assert {key: row.state for key, row in rounds.items()} == {
        "exchange-humanities-2026-2027": "ended",
        "exchange-science-spring-2026-2027": "published",
        "exchange-science-2027-2028": "scoring",
        "exchange-university-wide-2027-2028": "open",
    }
    assert all(row.is_locked and row.is_illustrative for row in rounds.values())
    assert set(Application.objects.values_list("is_illustrative", flat=True)) == {True}
    finished, scoring = rounds["exchange-humanities-2026-2027"], rounds["exchange-science-2027-2028"]
    assert set(Offer.objects.filter(application__round=finished).values_list("state", flat=True)) == {"accepted", "declined"}
    assert set(Offer.objects.exclude(application__round=finished).values_list("state", flat=True)) == {"open", "accepted", "declined"}
    assert set(Nomination.objects.values_list("state", flat=True)) == {"sent", "confirmed"}
    assert Application.objects.filter(round=finished, offers__isnull=True).exists(), "somebody waits without a place"
    student = link_person(user=User.objects.get(email="student@example.org"), actor=actor, now=now)
    offer = Offer.objects.get(application__person=student)
    assert (offer.state, offer.rank, offer.answer_by > now) == ("open", 2, True), "a visitor reads why, and has something to answer"
    assert now.date() - Enrolment.objects.get(person=student).as_of < timedelta(days=32), "the student system spoke lately"
    complete = [each.is_complete for each in scored_in(scoring)]
    assert (len(complete), 0 < complete.count(True) < len(complete)) == (16, True)
    assert [row.key for row in open_rounds(now)] == ["exchange-university-wide-2027-2028"]
    fill_kinds(actor=actor, now=now)
    kinds = {row.kind: row for row in Round.objects.filter(kind__in=("staff-mobility", "icm-project", "traineeship"))}
    assert {row.state for row in kinds.values()} == {"open"}
    assert kinds["icm-project"].destinations.exists()
    assert kinds["traineeship"].destinations.filter(is_own_host=True).count() == 1
    assert dict(Application.objects.filter(round=kinds["staff-mobility"]).values_list("appointment__category", "state")).keys() == {
        "academic", "support",
    }  # fmt: skip
    asked = {approval.application.person.full_name: approval.state for approval in ManagerApproval.objects.all()}
    assert asked == {
        "Lecturer Physics": "asked", "Adviser Library": "approved", "Professor History": "refused", "Officer Programme": "named",
    }  # fmt: skip
    staff = User.objects.get(email="staff@example.org")
    member = link_person(user=staff, actor=actor, now=now)
    assert member is not None
    facts = person_facts(member, member.appointments.get(), now.date())
    assert [each for each in verdicts_of(kinds["staff-mobility"], facts, now.date()) if not each.refusals], "open to the staff account"
    assert [row.application.person.family_name for row in approvals_of_manager(Actor(staff.actor_id))] == ["Physics"]
    before = Application.objects.count()
    fill_rounds(actor=actor, now=now)
    fill_kinds(actor=actor, now=now)
    assert Application.objects.count() == before
