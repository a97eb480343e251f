"""Reads of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models

from goliard.apps.accounts.choices import RoleName
from goliard.apps.accounts.models import ApiToken, RoleAssignment, User
from goliard.apps.institutions.models import UnitParent
from goliard.apps.institutions.models.dated import holding
from goliard.rules.access.actor import Actor
from goliard.rules.values.folding import fold


def accounts() -> models.QuerySet[User]:
    """Return every account with its roles (ended ones included), by name."""
    roles = RoleAssignment.objects.select_related("unit", "organisation")
    return User.objects.prefetch_related(models.Prefetch("role_assignments", roles))


def find_accounts(*, text: str = "", role: str = "", day: date) -> models.QuerySet[User]:
    """Return the accounts in whose name or address every word of `text` occurs, and that have `role` on `day` where one is given."""
    found = accounts()
    for word in fold(text).split():
        found = found.filter(search_key__contains=word)
    if role:
        found = found.filter(models.Exists(RoleAssignment.objects.filter(holding(day), user=models.OuterRef("pk"), role=role)))
    return found


def account_of_email(email: str) -> User | None:
    """Return the account that signs in with `email`, whatever its case."""
    return User.objects.filter(email=email.strip().lower()).first()


def account_of(actor: Actor) -> User | None:
    """Return the account behind an actor with its person, or None for the system, for visitors and for a system with a token."""
    kind, _, public_id = actor.id.partition(":")
    if kind != "user" or "/" in public_id:
        return None
    return User.objects.select_related("person").filter(public_id=public_id).first()


def assignments_on(user: User, day: date) -> models.QuerySet[RoleAssignment]:
    """Return the roles that an account has on `day`."""
    return RoleAssignment.objects.filter(holding(day), user=user).order_by("pk")


def administrators_on(day: date) -> models.QuerySet[User]:
    """Return the accounts that may sign in and are administrator on `day`."""
    return User.objects.filter(
        models.Exists(RoleAssignment.objects.filter(holding(day), user=models.OuterRef("pk"), role=RoleName.ADMINISTRATOR)),
        is_active=True,
    )


def units_below(unit_ids: Iterable[int], day: date) -> dict[int, frozenset[int]]:
    """Return, for each unit, itself and every unit below it on `day`, in one query. A circle in the data ends where it began."""
    children: dict[int, list[int]] = {}
    for unit_id, parent_id in UnitParent.objects.filter(holding(day)).values_list("unit_id", "parent_id"):
        children.setdefault(parent_id, []).append(unit_id)
    return {unit_id: _closure(unit_id, children) for unit_id in unit_ids}


def _closure(root: int, children: dict[int, list[int]]) -> frozenset[int]:
    seen = {root}
    waiting = [root]
    while waiting:
        below = [child for child in children.get(waiting.pop(), ()) if child not in seen]
        seen.update(below)
        waiting.extend(below)
    return frozenset(seen)


def api_tokens() -> models.QuerySet[ApiToken]:
    """Return every token with who made it and its unit; those that still work come first."""
    ended = models.Case(models.When(revoked_at=None, then=0), default=1)
    return ApiToken.objects.select_related("owner", "unit").order_by(ended, "name", "pk")


def api_tokens_ending(after: datetime, until: datetime) -> models.QuerySet[ApiToken]:
    """Return the tokens that still work `after` a moment and end before or at another, the first to end first."""
    return ApiToken.objects.filter(revoked_at=None, expires_at__gt=after, expires_at__lte=until).order_by("expires_at", "pk")


def names_of_actors(actor_ids: Iterable[str]) -> dict[str, str]:
    """Return the names behind the journal's opaque ids; ids of the system and of erased accounts are absent.

    One query, and one more where something was done with a token: then the token is named beside its owner.
    """
    ids = [actor_id for actor_id in actor_ids if actor_id.startswith("user:")]
    public_ids = {actor_id.removeprefix("user:").partition("/")[0] for actor_id in ids}
    rows = User.objects.filter(public_id__in=public_ids).values_list("public_id", "display_name")
    owners = {f"user:{public_id}": name for public_id, name in rows}
    numbers = {actor_id: int(actor_id.rpartition(":")[2]) for actor_id in ids if "/token:" in actor_id}
    tokens = dict(ApiToken.objects.filter(pk__in=numbers.values()).values_list("pk", "name")) if numbers else {}
    found = {actor_id: owners.get(actor_id.partition("/")[0]) for actor_id in ids}
    told = {actor_id: f"{owners.get(actor_id.partition('/')[0], '?')} ({tokens.get(pk, pk)})" for actor_id, pk in numbers.items()}
    return {actor_id: name for actor_id, name in found.items() if name} | told
