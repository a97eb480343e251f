"""What is open, what it asks, and the policy that anybody can hash."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.test import Client
from tests.factories.rounds import a_drawn_round, an_open_round

from goliard.apps.rounds.models import Round

pytestmark = pytest.mark.django_db


def now_open() -> dict[str, dt.date]:
    today = dt.datetime.now(tz=dt.UTC).date()
    return {"opens_on": today - dt.timedelta(days=9), "closes_on": today + dt.timedelta(days=400)}


def test_an_open_round_says_what_it_asks_and_how_places_are_given(client: Client) -> None:
    stage = an_open_round(2, **now_open())
    dutch = client.get("/nl/rounds/").content.decode()
    assert "Uitwisseling 2027/2028" in dutch
    assert "minstens 60 EC" in dutch
    assert "Gemiddelde 60%, Motivatie 40%" in dutch
    locked = client.get(f"/en/rounds/{stage.round.key}/policy.json").content
    assert hashlib.sha256(locked).hexdigest() == Round.objects.get().policy_hash


def test_a_draft_and_a_hidden_round_are_not_there(client: Client) -> None:
    stage = a_drawn_round(2, **now_open())
    assert "No round is open now." in client.get("/en/rounds/").content.decode()
    assert client.get(f"/en/rounds/{stage.round.key}/policy.json").status_code == 404
    Round.objects.update(state="open", is_public=False)
    assert "No round is open now." in client.get("/en/rounds/").content.decode()
    assert client.get(f"/en/rounds/{stage.round.key}/policy.json").status_code == 404
