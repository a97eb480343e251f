"""Roles that count only with a second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.conf import settings

from goliard.apps.accounts.models import User
from goliard.rules.access.actor import Actor, Role


def roles_that_need_it() -> frozenset[Role]:
    """Return the roles named in `GOLIARD_TOTP_ROLES`."""
    return frozenset(Role(name) for name in settings.GOLIARD_TOTP_ROLES)


def has_second_factor(user: User) -> bool:
    """Whether the account has an authenticator app. Sign-in asks such an account for its code, so a session of it has given one."""
    return bool(Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists())


def withhold(actor: Actor, user: User) -> Actor:
    """Return the actor without the roles that need a second factor, where the account has none; one query, only where a role needs it."""
    needing = roles_that_need_it()
    if not actor.has(*needing) or has_second_factor(user):
        return actor
    return Actor(actor.id, tuple(grant for grant in actor.grants if grant.role not in needing))
