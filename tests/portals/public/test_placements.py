"""The anonymous report of a round: places, rules and hashes for everybody, nothing that tells of few people."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.factories.placements import a_computed_run, a_published_run, a_scored_round
from tests.portals.public.reading import words

from goliard.apps.placement.queries.reports import minima_of
from goliard.apps.rounds.models import Round, RoundGroup

pytestmark = pytest.mark.django_db
SIX = tuple(f"alpha {9 - number}, bravo {9 - number}" for number in range(6))


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words(answer.content.decode())


def test_the_report_of_six_applicants_hides_whom_one_could_recognise(client: Client) -> None:
    run = a_published_run(a_scored_round(SIX, places=2))
    told = read(client, "/en/placements/exchange-2027/")
    assert "6 applicants. Deferred acceptance." in told
    assert "Alpha 2 6 · · ·" in told, "all six wished it first, which would tell that nobody wished Bravo first; two set the cut-off"
    assert "1 not shown 2 not shown no place not shown" in told
    for digest in (run.policy_hash, run.input_hash, run.fingerprint):
        assert digest in told
    data = json.loads(client.get("/en/placements/exchange-2027.json").content)
    assert (data["applicants"], data["placed_by_wish"]) == (6, {"1": None, "2": None, "none": None})
    assert data["destinations"][0] == {
        "destination": "Alpha", "places": 2, "named_by": 6, "first_wishes": None, "placed": None, "cut_off": None
    }  # fmt: skip
    assert "Uitgestelde toewijzing" in read(client, "/nl/placements/exchange-2027/")
    assert "Exchange 2027/2028" in read(client, "/en/placements/")


def test_nothing_is_reported_before_publication_or_of_a_round_that_is_not_public(client: Client) -> None:
    scored = a_scored_round()
    a_computed_run(scored)
    assert client.get("/en/placements/exchange-2027/").status_code == 404
    assert "No results have been published yet." in read(client, "/en/placements/")
    a_published_run(scored)
    assert client.get("/en/placements/exchange-2027/").status_code == 200
    Round.objects.update(is_public=False)
    assert client.get("/en/placements/exchange-2027/").status_code == 404


def test_minima_are_reported_and_those_with_fewer_opportunities_not_counted_when_few() -> None:
    run = a_computed_run(a_scored_round(few=[3]))
    RoundGroup.objects.update(minimum=2)
    (minimum,) = minima_of(run)
    assert (minimum.group.minimum, minimum.applicants, minimum.placed) == (2, None, None)
