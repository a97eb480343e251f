"""Keys: who signs when, what is published, and what a copy of the database gives away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goliard.apps.journal.models import JournalEntry
from goliard.apps.network.choices import KeyUse
from goliard.apps.network.encryption import LockedKey, unlock
from goliard.apps.network.models import SigningKey
from goliard.apps.network.queries import published_keys, signing_key
from goliard.apps.network.services import keys
from goliard.apps.network.services.keys import KeyRefused, create_key, rotate_key
from goliard.rules.access.actor import system

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTOR = system("test")


@pytest.fixture(autouse=True)
def _short_keys(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of 3072 bits take seconds to make."""
    monkeypatch.setattr(keys, "BITS", 2048)


def test_the_first_key_signs_at_once_and_there_is_one() -> None:
    key = create_key(use=KeyUse.SERVER, actor=ACTOR, now=NOW)
    assert (signing_key(KeyUse.SERVER, NOW), signing_key(KeyUse.CLIENT, NOW)) == (key, None)
    with pytest.raises(KeyRefused):
        create_key(use=KeyUse.SERVER, actor=ACTOR, now=NOW)
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["create-key"]


def test_a_rotation_overlaps() -> None:
    old = create_key(use=KeyUse.CLIENT, actor=ACTOR, now=NOW - 100 * HOUR)
    new = rotate_key(use=KeyUse.CLIENT, actor=ACTOR, now=NOW, overlap=24 * HOUR)
    # hours from now → who signs, who is published
    table = {-1: (old, {old, new}), 0: (old, {old, new}), 24: (new, {old, new}), 47: (new, {old, new}), 48: (new, {new})}
    for hours, (signs, public) in table.items():
        moment = NOW + hours * HOUR
        assert (signing_key(KeyUse.CLIENT, moment), set(published_keys(moment))) == (signs, public), hours
    with pytest.raises(KeyRefused):
        rotate_key(use=KeyUse.CLIENT, actor=ACTOR, now=NOW + HOUR)
    assert SigningKey.objects.count() == 2


def test_there_must_be_a_key_to_replace() -> None:
    with pytest.raises(KeyRefused):
        rotate_key(use=KeyUse.CLIENT, actor=ACTOR, now=NOW)


def test_a_private_key_opens_only_with_the_key_outside_the_database(settings) -> None:
    settings.GOLIARD_EWP_KEY = "one"
    key = create_key(use=KeyUse.CLIENT, actor=ACTOR, now=NOW)
    assert "PRIVATE" not in key.encrypted_private
    assert unlock(key.encrypted_private).key_size == 2048
    settings.GOLIARD_EWP_KEY = "two"
    with pytest.raises(LockedKey):
        unlock(key.encrypted_private)
    settings.GOLIARD_EWP_KEY = ""
    with pytest.raises(LockedKey):
        unlock(key.encrypted_private)
