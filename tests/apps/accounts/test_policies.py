"""Who manages accounts, role by role."""

from __future__ import annotations

import pytest

from goliard.apps.accounts import policies
from goliard.rules.access.actor import ANONYMOUS, Actor, Role, RoleGrant

ADMINISTRATOR, OFFICER, AUDITOR = Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR
SMALL_ROLES = {Role.STAFF, Role.STUDENT, Role.PARTNER_CONTACT}


def actor(role: Role) -> Actor:
    return Actor(f"user:{role}", (RoleGrant(role),))


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (policies.may_see_accounts, {ADMINISTRATOR, OFFICER, AUDITOR}),
        (policies.may_invite, {ADMINISTRATOR, OFFICER}),
        (policies.may_close_account, {ADMINISTRATOR}),
    ],
)
def test_who_may(policy, allowed) -> None:
    assert {role for role in Role if policy(actor(role))} == allowed
    assert not policy(ANONYMOUS)


@pytest.mark.parametrize("policy", [policies.may_give_role, policies.may_end_role])
def test_who_may_give_and_end_which_role(policy) -> None:
    may = {giver: {role for role in Role if policy(actor(giver), role)} for giver in Role}
    assert may == {role: set() for role in Role} | {ADMINISTRATOR: set(Role), OFFICER: SMALL_ROLES}
