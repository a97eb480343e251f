"""Inviting, giving and ending roles, closing accounts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goliard.apps.accounts.demonstration import ACCOUNTS, create_demonstration_accounts
from goliard.apps.accounts.models import RoleAssignment, User
from goliard.apps.accounts.services import (
    AccountExists,
    LastAdministrator,
    NotADemonstration,
    RoleEndsBeforeItStarts,
    assign_role,
    create_administrator,
    create_demonstration_account,
    deactivate_account,
    end_role,
    invite,
    reactivate_account,
    renew_invitation,
)
from goliard.apps.journal.models import JournalEntry
from goliard.apps.journal.queries import history_of
from goliard.rules.access.actor import Role

TODAY = dt.date(2022, 10, 3)
PASSWORD = "a long enough sentence"


def verbs(user: User) -> list[str]:
    return [entry.verb for entry in history_of(user)][::-1]


def test_an_invited_account_has_no_password_and_no_role(user) -> None:
    assert (user.email, user.has_usable_password(), user.role_assignments.count()) == ("someone@example.org", False, 0)
    assert verbs(user) == ["invite"]


def test_the_link_of_an_invitation_is_not_kept(db, now, office) -> None:
    invitation = invite(email="new@example.org", display_name="New", actor=office, now=now)
    [entry] = history_of(invitation.user)
    assert invitation.token not in entry.erasable.content
    assert renew_invitation(user=invitation.user, actor=office, now=now).token != invitation.token
    assert verbs(invitation.user) == ["invite", "renew-invitation"]


@pytest.mark.parametrize("email", ["someone@example.org", "Someone@Example.ORG", " someone@example.org "])
def test_an_address_signs_in_one_account(user, now, office, email) -> None:
    with pytest.raises(AccountExists):
        invite(email=email, display_name="Another", actor=office, now=now)
    assert User.objects.count() == 1


@pytest.mark.parametrize(("email", "name"), [("no address", "Name"), ("a@example.org", " "), ("", "Name")])
def test_an_invitation_needs_an_address_and_a_name(db, now, office, email, name) -> None:
    with pytest.raises(ValidationError):
        invite(email=email, display_name=name, actor=office, now=now)
    assert (User.objects.count(), JournalEntry.objects.count()) == (0, 0)


def test_the_database_keeps_addresses_in_lower_case(db) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Upper@example.org", display_name="x")


def test_a_role_starts_today_and_is_journalled(user, university, now, office) -> None:
    given = assign_role(user=user, role=Role.FACULTY_OFFICER, unit=university.law, actor=office, now=now)
    assert (given.valid_from, given.valid_until) == (TODAY, None)
    assert verbs(user) == ["invite", "assign-role"]
    newest = history_of(user)[0]
    assert newest.erasable.as_dict == {
        "role": "faculty-officer",
        "unit": university.law.pk,
        "organisation": None,
        "valid_from": "2022-10-03",
        "valid_until": None,
    }


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.FACULTY_OFFICER, ()),
        (Role.PARTNER_CONTACT, ()),
        (Role.OFFICER, ("unit",)),
        (Role.STUDENT, ("organisation",)),
        (Role.FACULTY_OFFICER, ("unit", "organisation")),
    ],
)
def test_a_role_has_the_scope_that_belongs_to_it(user, university, now, office, role, scope) -> None:
    given = {"unit": university.law, "organisation": university.partner}
    with pytest.raises(ValidationError):
        assign_role(user=user, role=role, actor=office, now=now, **{name: given[name] for name in scope})
    assert (RoleAssignment.objects.count(), verbs(user)) == (0, ["invite"])


def test_a_role_cannot_end_before_it_starts(user, now, office) -> None:
    with pytest.raises(RoleEndsBeforeItStarts):
        assign_role(user=user, role=Role.STAFF, valid_until=dt.date(2022, 10, 2), actor=office, now=now)
    given = assign_role(user=user, role=Role.STAFF, actor=office, now=now)
    with pytest.raises(RoleEndsBeforeItStarts):
        end_role(assignment=given, last_day=dt.date(2022, 10, 2), actor=office, now=now)
    given.refresh_from_db()
    assert given.valid_until is None


def test_a_role_ends_and_stays_in_the_history(user, now, office) -> None:
    given = assign_role(user=user, role=Role.STAFF, actor=office, now=now)
    end_role(assignment=given, last_day=dt.date(2022, 10, 31), actor=office, now=now, reason="Retires.")
    assert RoleAssignment.objects.get().valid_until == dt.date(2022, 10, 31)
    newest = history_of(user)[0]
    assert (newest.verb, newest.reason) == ("end-role", "Retires.")
    assert newest.erasable.as_dict["valid_until"] == {"before": None, "after": "2022-10-31"}


@pytest.fixture
def administrator(db, now, office) -> User:
    return create_administrator(email="admin@example.org", display_name="Administrator", password=PASSWORD, actor=office, now=now)


def test_an_administrator_is_made_with_password_and_role(administrator) -> None:
    assert administrator.check_password(PASSWORD)
    assert verbs(administrator) == ["create-administrator", "assign-role"]


def test_making_an_administrator_again_sets_the_password_only(administrator, now, office) -> None:
    create_administrator(email="ADMIN@example.org", display_name="Other", password=PASSWORD + "!", actor=office, now=now)
    administrator.refresh_from_db()
    assert (administrator.display_name, administrator.check_password(PASSWORD + "!")) == ("Administrator", True)
    assert (User.objects.count(), RoleAssignment.objects.count()) == (1, 1)


def test_a_weak_password_makes_no_administrator(db, now, office) -> None:
    with pytest.raises(ValidationError):
        create_administrator(email="admin@example.org", display_name="Administrator", password="password", actor=office, now=now)
    assert not User.objects.exists()


def test_the_last_administrator_stays(administrator, user, now, office) -> None:
    role = administrator.role_assignments.get()
    for last_day in (TODAY, dt.date(2030, 1, 1)):
        with pytest.raises(LastAdministrator):
            end_role(assignment=role, last_day=last_day, actor=office, now=now)
    with pytest.raises(LastAdministrator):
        deactivate_account(user=administrator, actor=office, now=now, reason="Leaves.")
    administrator.refresh_from_db()
    role.refresh_from_db()
    assert (administrator.is_active, role.valid_until) == (True, None)


def test_an_administrator_leaves_once_there_is_another(administrator, user, now, office) -> None:
    assign_role(user=user, role=Role.ADMINISTRATOR, actor=office, now=now)
    end_role(assignment=administrator.role_assignments.get(), last_day=TODAY, actor=office, now=now)
    deactivate_account(user=administrator, actor=office, now=now, reason="Leaves.")
    administrator.refresh_from_db()
    assert not administrator.is_active


def test_closing_and_reopening_need_a_reason_in_the_journal(user, now, office) -> None:
    deactivate_account(user=user, actor=office, now=now, reason="Leaves.")
    assert not User.objects.get().is_active
    reactivate_account(user=user, actor=office, now=now, reason="Comes back.")
    assert User.objects.get().is_active
    assert [(entry.verb, entry.reason) for entry in history_of(user)[:2]] == [
        ("reactivate-account", "Comes back."),
        ("deactivate-account", "Leaves."),
    ]


def test_a_demonstration_has_one_account_a_role(university, now, office) -> None:
    for _ in range(2):  # the second time finds them
        made = create_demonstration_accounts(faculty=university.science, partner=university.partner, actor=office, now=now)
        assert made == ACCOUNTS
    assert {account.role for account in made} == set(Role)
    assert User.objects.filter(is_demonstration=True).count() == RoleAssignment.objects.count() == len(Role)
    assert User.objects.get(email="officer@example.org").check_password("goliard-demo")
    assert RoleAssignment.objects.get(role="faculty-officer").unit == university.science


def test_demonstration_accounts_exist_in_a_demonstration_only(university, now, office, settings) -> None:
    settings.GOLIARD_DEMO = False
    with pytest.raises(NotADemonstration):
        create_demonstration_accounts(faculty=university.science, partner=university.partner, actor=office, now=now)
    with pytest.raises(NotADemonstration):
        create_demonstration_account(email="a@example.org", display_name="A", password="x", role=Role.STAFF, actor=office, now=now)
    assert not User.objects.exists()
