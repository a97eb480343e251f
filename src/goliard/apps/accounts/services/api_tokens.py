"""Tokens of the API: made, used, revoked. Only the hash of a token's secret is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models import ApiToken, User
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

PREFIX = "goliard_"  # by which scanners recognise a token that slipped into a repository
LONGEST = timedelta(days=366)
SEEN_EVERY = timedelta(minutes=10)  # how exact "last used" is: reading writes a row at most this often
REFUSED_EVERY = timedelta(hours=1)  # an entry an hour is enough to see that an ended token is still tried


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token with its secret, which is shown once and cannot be read again."""

    token: ApiToken
    secret: str


def hash_of_token(secret: str) -> str:
    """Return what is stored of a secret (it has 256 bits of chance, so a plain hash keeps it)."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def make_api_token(
    *,
    name: str,
    owner: User,
    role: TokenRole,
    expires_at: datetime,
    actor: Actor,
    now: datetime,
    unit: OrganizationalUnit | None = None,
    may_write: bool = False,
    sees_people: bool = False,
) -> NewToken:
    """Make a token that acts as `role`.

    Raises Refused for an end in the past or beyond a year, ValidationError for a scope that does not fit.
    """
    if not now < expires_at <= now + LONGEST:
        said = Text("Een token eindigt in de toekomst, binnen een jaar.", "A token ends in the future, within a year.")
        raise Refused([Reason("token-end", said, field="expires_on")])
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        name=name.strip(),
        owner=owner,
        role=role,
        unit=unit,
        may_write=may_write,
        sees_people=sees_people,
        hint=secret[: len(PREFIX) + 4],
        secret_hash=hash_of_token(secret),
        created_at=now,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save()
    details = {
        "role": role,
        "unit": unit.pk if unit else None,
        "may_write": may_write,
        "sees_people": sees_people,
        "expires_at": expires_at,
    }
    record(actor=actor, verb="make-api-token", subject=token, now=now, details=details)
    return NewToken(token, secret)


@transaction.atomic
def revoke_api_token(*, token: ApiToken, actor: Actor, now: datetime, reason: str = "") -> ApiToken:
    """End a token at once; revoking twice changes nothing."""
    locked = ApiToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is None:
        locked.revoked_at = now
        locked.save(update_fields=["revoked_at"])
        record(actor=actor, verb="revoke-api-token", subject=locked, now=now, reason=reason)
    return locked


def open_api_token(*, secret: str, now: datetime) -> ApiToken | None:
    """Return the token that `secret` opens, with its owner, or None: unknown, expired and revoked are refused alike.

    One query, and a write only where its last use was not noted for a while. An ended token that is still tried is journalled.
    """
    token = ApiToken.objects.select_related("owner").filter(secret_hash=hash_of_token(secret)).first()
    if token is None:
        return None
    if token.revoked_at is not None or now >= token.expires_at:
        _note_refusal(token, now)
        return None
    if token.last_used_at is None or now - token.last_used_at >= SEEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


@transaction.atomic
def _note_refusal(token: ApiToken, now: datetime) -> None:
    if token.refused_at is not None and now - token.refused_at < REFUSED_EVERY:
        return
    ApiToken.objects.filter(pk=token.pk).update(refused_at=now)
    why = "revoked" if token.revoked_at is not None else "expired"
    record(actor=Actor("anonymous"), verb="refuse-api-token", subject=token, now=now, reason=why)
