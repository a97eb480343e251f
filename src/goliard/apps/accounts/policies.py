"""Who may manage accounts and roles."""

from __future__ import annotations

from goliard.rules.access.actor import Actor, Role

GIVEN_BY_OFFICERS = frozenset({Role.STAFF, Role.STUDENT, Role.PARTNER_CONTACT})


def may_see_accounts(actor: Actor) -> bool:
    """The office and auditors see accounts and their roles."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)


def may_invite(actor: Actor) -> bool:
    """The office invites."""
    return actor.is_office


def may_give_role(actor: Actor, role: Role) -> bool:
    """Administrators give every role; officers give the roles that open no office screen."""
    return actor.has(Role.ADMINISTRATOR) or (actor.has(Role.OFFICER) and role in GIVEN_BY_OFFICERS)


def may_end_role(actor: Actor, role: Role) -> bool:
    """Whoever may give a role may end it."""
    return may_give_role(actor, role)


def may_close_account(actor: Actor) -> bool:
    """Only administrators close and reopen accounts, and renew an invitation (it sets another person's password)."""
    return actor.has(Role.ADMINISTRATOR)


def may_see_api_tokens(actor: Actor) -> bool:
    """Whoever sees accounts sees which systems have a token, never its secret."""
    return may_see_accounts(actor)


def may_make_api_token(actor: Actor) -> bool:
    """The office; a token lives as long as whoever made it stays there."""
    return actor.is_office


def may_revoke_api_token(actor: Actor) -> bool:
    """The office, whoever made it: a leaked token must end at once."""
    return actor.is_office
