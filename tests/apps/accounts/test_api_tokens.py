"""Tokens of the API: shown once, ended at will, and worth no more than whoever made them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from goliard.apps.accounts.actors import actor_for_token
from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models import ApiToken, User
from goliard.apps.accounts.queries import api_tokens, names_of_actors
from goliard.apps.accounts.services import assign_role, create_demonstration_account, deactivate_account
from goliard.apps.accounts.services.api_tokens import LONGEST, NewToken, hash_of_token, make_api_token, open_api_token, revoke_api_token
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.journal.queries import history_of
from goliard.rules.access.actor import Actor, Role, RoleGrant

DAY = dt.timedelta(days=1)
GONE = "user:00000000-0000-4000-8000-000000000000"


@pytest.fixture
def owner(user: User, now: dt.datetime, office: Actor) -> User:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    return user


@pytest.fixture
def made(owner: User, now: dt.datetime, office: Actor) -> NewToken:
    return make_api_token(name="Student system", owner=owner, role=TokenRole.AUDITOR, expires_at=now + DAY, actor=office, now=now)


def test_only_the_hash_of_a_secret_is_stored(made: NewToken, now) -> None:
    stored = {str(value) for value in ApiToken.objects.values().get().values()}
    assert made.secret.startswith("goliard_")
    assert len(made.secret) == 51
    assert not any(made.secret in value for value in stored)
    assert (made.token.secret_hash, made.token.hint) == (hash_of_token(made.secret), made.secret[:12])
    assert not any(made.secret in str(entry.erasable.content) for entry in history_of(made.token))


def test_a_secret_opens_its_token_and_notes_the_use_now_and_then(made: NewToken, now, django_assert_num_queries) -> None:
    assert open_api_token(secret=made.secret, now=now) == made.token
    assert ApiToken.objects.get().last_used_at == now
    with django_assert_num_queries(1):
        open_api_token(secret=made.secret, now=now + dt.timedelta(minutes=9))
    open_api_token(secret=made.secret, now=now + dt.timedelta(minutes=10))
    assert ApiToken.objects.get().last_used_at == now + dt.timedelta(minutes=10)


def test_other_secrets_open_nothing(made: NewToken, now) -> None:
    assert [open_api_token(secret=secret, now=now) for secret in ("", "goliard_", made.secret[:-1], made.token.secret_hash, "\ud800")] == [
        None
    ] * 5
    assert ApiToken.objects.get().last_used_at is None


def test_a_token_ends_when_it_says_and_an_ended_token_that_is_tried_is_in_the_journal_once_an_hour(made: NewToken, now) -> None:
    assert open_api_token(secret=made.secret, now=now + DAY - dt.timedelta(seconds=1)) == made.token
    for minutes in (0, 5, 59, 60):
        assert open_api_token(secret=made.secret, now=now + DAY + dt.timedelta(minutes=minutes)) is None
    told = [(entry.verb, entry.reason, entry.recorded_at - now - DAY) for entry in history_of(made.token)]
    assert told[:2] == [("refuse-api-token", "expired", dt.timedelta(hours=1)), ("refuse-api-token", "expired", dt.timedelta())]
    assert [verb for verb, _, _ in told[2:]] == ["make-api-token"]


def test_a_revoked_token_is_dead_at_once_and_revoking_twice_changes_nothing(made: NewToken, now, office) -> None:
    revoke_api_token(token=made.token, actor=office, now=now, reason="leaked")
    assert open_api_token(secret=made.secret, now=now) is None
    revoke_api_token(token=made.token, actor=office, now=now + DAY, reason="again")
    assert ApiToken.objects.get().revoked_at == now
    assert [(e.verb, e.reason) for e in JournalEntry.objects.filter(verb__endswith="api-token").order_by("id")] == [
        ("make-api-token", ""),
        ("revoke-api-token", "leaked"),
        ("refuse-api-token", "revoked"),
    ]


@pytest.mark.parametrize("after", [dt.timedelta(), -DAY, LONGEST + DAY])
def test_a_token_ends_within_a_year(owner, now, office, after) -> None:
    with pytest.raises(Refused, match="within a year"):
        make_api_token(name="x", owner=owner, role=TokenRole.OFFICER, expires_at=now + after, actor=office, now=now)
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("role", "unit", "may_write", "said"),
    [
        (TokenRole.FACULTY_OFFICER, False, False, "home unit as scope"),
        (TokenRole.OFFICER, True, False, "home unit as scope"),
        (TokenRole.AUDITOR, False, True, "An auditor reads"),
        (Role.ADMINISTRATOR, False, False, "not a valid choice"),
        (Role.STUDENT, False, False, "not a valid choice"),
    ],
)
def test_a_scope_that_does_not_fit_is_refused(owner, university, now, office, role, unit, may_write, said) -> None:
    with pytest.raises(ValidationError, match=said):
        make_api_token(
            name="x",
            owner=owner,
            role=role,
            unit=university.law if unit else None,
            may_write=may_write,
            expires_at=now + DAY,
            actor=office,
            now=now,
        )
    assert not ApiToken.objects.exists()


def test_a_token_acts_as_its_role_within_its_unit_and_not_as_its_owner(owner, university, now, office) -> None:
    made = make_api_token(
        name="Science", owner=owner, role=TokenRole.FACULTY_OFFICER, unit=university.science, expires_at=now + DAY, actor=office, now=now
    )
    below = frozenset({university.science.pk, university.observatory.pk, university.group.pk})
    actor = actor_for_token(made.token, now.date())
    assert actor == Actor(f"{owner.actor_id}/token:{made.token.pk}", (RoleGrant(Role.FACULTY_OFFICER, units=below),))


def test_a_token_is_worth_nothing_when_its_owner_leaves_the_office(made: NewToken, owner, now, office, settings) -> None:
    assert actor_for_token(made.token, now.date()).has(Role.AUDITOR)
    settings.GOLIARD_TOTP_ROLES = ["officer"]  # the owner has lost the second factor
    assert actor_for_token(made.token, now.date()).grants == ()
    settings.GOLIARD_TOTP_ROLES = []
    owner.role_assignments.update(valid_until=now.date() - DAY)
    assert actor_for_token(made.token, now.date()).grants == ()
    owner.role_assignments.update(valid_until=None)
    assign_role(user=owner, role=Role.ADMINISTRATOR, actor=office, now=now)
    second = User.objects.exclude(pk=owner.pk).first()
    assert second is None
    owner.role_assignments.filter(role="administrator").delete()
    deactivate_account(user=owner, actor=office, now=now, reason="leaves")
    made.token.owner.refresh_from_db()
    assert actor_for_token(made.token, now.date()).grants == ()


def test_a_token_of_a_demonstration_account_is_worth_nothing_elsewhere(university, now, office, settings) -> None:
    owner = create_demonstration_account(
        email="demo@example.org", display_name="Demo", password="x", role=Role.OFFICER, actor=office, now=now
    )
    made = make_api_token(name="Demo", owner=owner, role=TokenRole.OFFICER, expires_at=now + DAY, actor=office, now=now)
    assert actor_for_token(made.token, now.date()).is_office
    settings.GOLIARD_DEMO = False
    assert actor_for_token(made.token, now.date()).grants == ()


def test_the_journal_names_the_owner_and_the_token(made: NewToken, owner) -> None:
    ids = [made.token.actor_id, owner.actor_id, "system:load", GONE, f"{GONE}/token:999"]
    names = names_of_actors(ids)
    assert names == {
        made.token.actor_id: "Someone (Student system)",
        owner.actor_id: "Someone",
        f"{GONE}/token:999": "? (999)",
    }


def test_the_list_shows_living_tokens_first(made: NewToken, owner, now, office) -> None:
    for name in ("A", "B"):
        make_api_token(name=name, owner=owner, role=TokenRole.OFFICER, expires_at=now + DAY, actor=office, now=now)
    revoke_api_token(token=ApiToken.objects.get(name="A"), actor=office, now=now)
    assert [token.name for token in api_tokens()] == ["B", "Student system", "A"]
