"""What tests of the office share: a browser in which somebody with a role has signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from goliard.apps.accounts.models import RoleAssignment, User
from goliard.rules.access.actor import Role

SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(db: None, settings) -> SignIn:
    """Return a function that gives a browser for a role: `sign_in(Role.OFFICER)`, `sign_in(Role.FACULTY_OFFICER, unit=faculty)`."""
    settings.GOLIARD_TOTP_ROLES = []

    def browser(role: Role, **scope: object) -> Client:
        user = User(email=f"{role}-{User.objects.count()}@example.org", display_name=role.title())
        user.set_unusable_password()
        user.save()
        RoleAssignment.objects.create(user=user, role=role, **scope)
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def officer(sign_in: SignIn) -> Client:
    """A browser in which an officer has signed in."""
    return sign_in(Role.OFFICER)
