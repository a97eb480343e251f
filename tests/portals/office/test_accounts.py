"""Accounts as the office manages them."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone, translation
from tests.factories.university import University, a_small_university

from goliard.apps.accounts.models import RoleAssignment, User
from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.journal.queries import history_of
from goliard.rules.access.actor import Role, system

ACCOUNTS = "/en/office/accounts/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def university(db: None) -> University:
    translation.activate("en")
    return a_small_university()


@pytest.fixture
def administrator(sign_in) -> Client:
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def someone() -> User:
    return invite(email="someone@example.org", display_name="Zoë Someone", actor=system("test"), now=timezone.now()).user


def fields(**given: object) -> dict[str, object]:
    return {"valid_from": TODAY.isoformat(), **given}


def test_an_invitation_shows_its_link_once_and_the_link_works(administrator) -> None:
    given = fields(email="New@example.org", display_name="New Colleague", language="nl", role="officer")
    page = administrator.post(f"{ACCOUNTS}invite/", given).content.decode()
    link = re.search(r'<code class="link">http://testserver(\S+)</code>', page)[1]
    user = User.objects.get(email="new@example.org")
    assert (user.language, user.role_assignments.get().role) == ("nl", "officer")
    form = Client().get(link, follow=True)
    assert (form.status_code, "Kies een wachtwoord" in form.content.decode()) == (200, True)
    assert "already an account" in administrator.post(f"{ACCOUNTS}invite/", given).content.decode()
    assert link not in administrator.get(f"{ACCOUNTS}{user.pk}/").content.decode()


def test_an_invitation_with_a_role_that_does_not_fit_makes_no_account(administrator) -> None:
    given = fields(email="new@example.org", display_name="New", language="en", role="faculty-officer")
    page = administrator.post(f"{ACCOUNTS}invite/", given).content.decode()
    assert "A faculty officer, and nobody else, has a home unit as scope." in page
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_officer_gives_small_roles_only(officer, someone, university) -> None:
    page = officer.get(f"{ACCOUNTS}{someone.pk}/roles/new/").content.decode()
    assert re.findall(r'<option value="([a-z-]+)"', page) == ["staff", "student", "partner-contact"]  # none chosen beforehand
    assert "Select a valid choice" in officer.post(f"{ACCOUNTS}{someone.pk}/roles/new/", fields(role="administrator")).content.decode()
    assert not someone.role_assignments.exists()
    given = fields(role="partner-contact", organisation="Partner (partner)")
    assert officer.post(f"{ACCOUNTS}{someone.pk}/roles/new/", given).url == f"{ACCOUNTS}{someone.pk}/"
    assert someone.role_assignments.get().organisation == university.partner


def test_an_officer_ends_no_role_of_the_office(officer, someone) -> None:
    role = assign_role(user=someone, role=Role.AUDITOR, actor=system("test"), now=timezone.now())
    address = f"{ACCOUNTS}{someone.pk}/roles/{role.pk}/end/"
    assert address not in officer.get(f"{ACCOUNTS}{someone.pk}/").content.decode()
    assert officer.post(address, {"last_day": TODAY}).status_code == 403
    assert RoleAssignment.objects.get(pk=role.pk).valid_until is None


def test_a_role_of_another_account_is_not_there(administrator, someone) -> None:
    own = RoleAssignment.objects.get(role="administrator")
    assert administrator.get(f"{ACCOUNTS}{someone.pk}/roles/{own.pk}/end/").status_code == 404


def test_a_role_ends_with_a_reason(administrator, someone) -> None:
    role = assign_role(user=someone, role=Role.STAFF, actor=system("test"), now=timezone.now())
    administrator.post(f"{ACCOUNTS}{someone.pk}/roles/{role.pk}/end/", {"last_day": TODAY, "reason": "Retires."})
    assert RoleAssignment.objects.get(pk=role.pk).valid_until == TODAY
    assert "role ended: Retires." in administrator.get(f"{ACCOUNTS}{someone.pk}/").content.decode()


def test_the_last_administrator_stays_and_the_page_says_why(administrator) -> None:
    own = RoleAssignment.objects.get(role="administrator")
    page = administrator.post(f"{ACCOUNTS}{own.user_id}/roles/{own.pk}/end/", {"last_day": TODAY}).content.decode()
    assert "This is the last administrator" in page
    page = administrator.post(f"{ACCOUNTS}{own.user_id}/state/", {"reason": "x"}).content.decode()
    assert "This is the last administrator" in page
    own.refresh_from_db()
    assert (own.valid_until, User.objects.get(pk=own.user_id).is_active) == (None, True)


def test_closing_asks_why_and_opens_again(administrator, someone) -> None:
    address = f"{ACCOUNTS}{someone.pk}/state/"
    assert administrator.post(address, {"reason": ""}).status_code == 200
    assert User.objects.get(pk=someone.pk).is_active
    administrator.post(address, {"reason": "Leaves."})
    assert not User.objects.get(pk=someone.pk).is_active
    administrator.post(address, {"reason": "Comes back."})
    assert User.objects.get(pk=someone.pk).is_active
    assert [entry.reason for entry in history_of(someone)[:2]] == ["Comes back.", "Leaves."]


def test_a_lost_second_factor_is_removed_with_a_reason(administrator, someone) -> None:
    TOTP.activate(someone, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(someone)
    assert "in use" in administrator.get(f"{ACCOUNTS}{someone.pk}/").content.decode()
    administrator.post(f"{ACCOUNTS}{someone.pk}/second-factor/", {"reason": "Lost telephone."})
    assert not someone.authenticator_set.exists()
    assert [(entry.verb, entry.reason) for entry in history_of(someone)[:1]] == [("forget-second-factor", "Lost telephone.")]


def test_a_new_link_takes_the_password_away(administrator, someone) -> None:
    someone.set_password("a long enough sentence")
    someone.save()
    page = administrator.post(f"{ACCOUNTS}{someone.pk}/link/").content.decode()
    assert '<code class="link">http://testserver/en/account/password/reset/' in page
    assert not User.objects.get(pk=someone.pk).has_usable_password()


@pytest.mark.parametrize(("query", "found"), [("", 3), ("q=zoe", 1), ("q=someone+example", 1), ("q=nobody", 0), ("role=auditor", 1)])
def test_the_list_is_narrowed_by_name_address_and_role(administrator, sign_in, someone, query, found) -> None:
    sign_in(Role.AUDITOR)
    page = administrator.get(f"{ACCOUNTS}?{query}").content.decode()
    assert f'<span class="count">{found}</span>' in page


def test_the_list_costs_the_same_at_one_and_at_thirty_accounts(administrator, django_assert_num_queries, university) -> None:
    administrator.get(ACCOUNTS)
    with django_assert_num_queries(COST):
        administrator.get(ACCOUNTS)
    for number in range(30):
        user = invite(email=f"a{number}@example.org", display_name=f"A{number}", actor=system("test"), now=timezone.now()).user
        assign_role(user=user, role=Role.FACULTY_OFFICER, unit=university.law, actor=system("test"), now=timezone.now())
    with django_assert_num_queries(COST):
        administrator.get(ACCOUNTS)


COST = 7  # session, account, its roles, house, count, accounts, their roles


def test_the_menu_shows_what_opens(administrator, sign_in, university) -> None:
    assert 'href="/en/office/accounts/"' in administrator.get("/en/office/").content.decode()
    faculty = sign_in(Role.FACULTY_OFFICER, unit=university.science)
    assert 'href="/en/office/accounts/"' not in faculty.get("/en/office/").content.decode()
