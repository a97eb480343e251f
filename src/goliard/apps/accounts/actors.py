"""From an account to an actor: the one place where roles in tables become grants that policies read."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from goliard.apps.accounts.models import ApiToken, RoleAssignment, User
from goliard.apps.accounts.policies import may_make_api_token
from goliard.apps.accounts.queries import assignments_on, units_below
from goliard.apps.accounts.second_factor import withhold
from goliard.rules.access.actor import Actor, Role, RoleGrant


def actor_for(user: User, today: date) -> Actor:
    """Return the actor of an account with the roles that hold `today`, units expanded to all below them.

    One query, and one more where a role is bound to a home unit. An account that may not sign in has no roles.
    """
    if not may_sign_in(user):
        return Actor(user.actor_id)
    assignments = list(assignments_on(user, today))
    scoped = [assignment.unit_id for assignment in assignments if assignment.unit_id is not None]
    below = units_below(scoped, today) if scoped else {}
    return Actor(user.actor_id, tuple(_grant(assignment, below) for assignment in assignments))


def actor_for_token(token: ApiToken, today: date) -> Actor:
    """Return the actor of a token: its role within its unit, as long as whoever made it may make tokens today.

    Two or three queries: the owner's roles, their second factor where the roles need one, and the units below a scope.
    """
    if not may_make_api_token(withhold(actor_for(token.owner, today), token.owner)):
        return Actor(token.actor_id)
    units = None if token.unit_id is None else units_below([token.unit_id], today)[token.unit_id]
    return Actor(token.actor_id, (RoleGrant(Role(token.role), units=units),))


def may_sign_in(user: User) -> bool:
    """Whether the account is open; demonstration accounts are open under demonstration settings only."""
    return user.is_active and (settings.GOLIARD_DEMO or not user.is_demonstration)


def _grant(assignment: RoleAssignment, below: dict[int, frozenset[int]]) -> RoleGrant:
    units = None if assignment.unit_id is None else below[assignment.unit_id]
    return RoleGrant(Role(assignment.role), units=units, organisation=assignment.organisation_id)
