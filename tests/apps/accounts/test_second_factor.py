"""Roles that wait for a second factor, and secrets that a copy of the database does not give away."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import InvalidToken

from goliard.apps.accounts.actors import actor_for
from goliard.apps.accounts.adapter import EncryptingMFAAdapter
from goliard.apps.accounts.second_factor import withhold
from goliard.apps.accounts.services import assign_role
from goliard.rules.access.actor import Role

TODAY = dt.date(2022, 10, 3)
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _officers_need_it(settings) -> None:
    settings.GOLIARD_TOTP_ROLES = ["administrator", "officer"]


def test_an_officer_without_it_keeps_the_other_roles(user, now, office) -> None:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    assign_role(user=user, role=Role.STAFF, actor=office, now=now)
    assert [grant.role for grant in withhold(actor_for(user, TODAY), user).grants] == [Role.STAFF]


def test_an_officer_with_it_is_an_officer(user, now, office) -> None:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    TOTP.activate(user, SECRET)
    assert withhold(actor_for(user, TODAY), user).has(Role.OFFICER)


def test_recovery_codes_alone_are_no_second_factor(user, now, office) -> None:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not withhold(actor_for(user, TODAY), user).has(Role.OFFICER)


def test_other_roles_cost_no_query(user, now, office, django_assert_num_queries) -> None:
    assign_role(user=user, role=Role.STUDENT, actor=office, now=now)
    actor = actor_for(user, TODAY)
    with django_assert_num_queries(0):
        assert withhold(actor, user) == actor


def test_the_secret_is_unreadable_in_the_database(user, settings) -> None:
    TOTP.activate(user, SECRET)
    stored = Authenticator.objects.get(user=user).data["secret"]
    assert SECRET not in stored
    assert EncryptingMFAAdapter().decrypt(stored) == SECRET
    settings.SECRET_KEY = "another"
    with pytest.raises(InvalidToken):
        EncryptingMFAAdapter().decrypt(stored)
