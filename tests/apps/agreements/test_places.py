"""The ledger of claims: never over-promised, also when forty ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.models import CooperationCondition, PlaceClaim, PlaceSplit
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.places import claim_places, release_places, use_places
from goliard.apps.institutions.refusals import Refused
from goliard.rules.access.actor import system

NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
OFFICE = system("test")
YEAR = "2026/2027"


def outgoing(places: int = 2, state: str = "in-effect") -> CooperationCondition:
    university = a_small_university()
    agreement = an_agreement(university, state=state, places=places)
    return CooperationCondition.objects.get(version__agreement=agreement, sending=university.home)


def claim(condition: CooperationCondition, claimant: str, places: int = 1, **given: object) -> PlaceClaim:
    return claim_places(
        condition=condition, academic_year=given.pop("year", YEAR), places=places, claimant=claimant, actor=OFFICE, now=NOW, **given
    )


@pytest.mark.django_db
def test_places_are_held_used_and_given_back() -> None:
    condition = outgoing(places=2)
    held = claim(condition, "round:1", places=2)
    with pytest.raises(Refused, match="0 of 2 places are left; 1 were asked for"):
        claim(condition, "round:2")
    use_places(claim=held, actor=OFFICE, now=NOW)
    release_places(claim=held, actor=OFFICE, now=NOW, reason="withdrawn")
    assert claim(condition, "round:2", places=2).state == "held"
    with pytest.raises(Refused, match="already given back"):
        use_places(claim=held, actor=OFFICE, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "year", "says"),
    [
        ("agreed", YEAR, "Only an agreement in effect"),
        ("ended", YEAR, "Only an agreement in effect"),
        ("in-effect", "2025/2026", "holds from 2026/2027 to 2028/2029, not in 2025/2026"),
        ("in-effect", "2029/2030", "not in 2029/2030"),
    ],
)
def test_only_an_agreement_in_effect_gives_places_and_only_in_its_years(state: str, year: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        claim(outgoing(state=state), "round:1", year=year)
    assert PlaceClaim.objects.count() == 0


@pytest.mark.django_db
def test_each_year_has_its_own_places() -> None:
    condition = outgoing(places=1)
    claim(condition, "round:1")
    assert claim(condition, "round:1", year="2027/2028").state == "held"


@pytest.mark.django_db
def test_one_claimant_claims_once_a_year() -> None:
    condition = outgoing(places=5)
    claim(condition, "round:1")
    with pytest.raises(Refused, match="already held"):
        claim(condition, "round:1")


@pytest.mark.django_db
def test_a_share_is_kept_for_its_unit() -> None:
    condition = outgoing(places=2)
    home = condition.sending
    law, science = home.units.get(key="law"), home.units.get(key="science")
    PlaceSplit.objects.create(condition=condition, unit=law, places=1)
    claim(condition, "science:1", unit=science)
    with pytest.raises(Refused):
        claim(condition, "science:2", unit=science)
    assert claim(condition, "law:1", unit=law).places == 1


@pytest.mark.django_db
def test_an_amendment_takes_the_claims_with_it() -> None:
    condition = outgoing(places=3)
    claim(condition, "round:1", places=2)
    agreement = condition.version.agreement
    for action in ("amend", "propose", "agree"):
        agreement = move_agreement(row=agreement, action=action, actor=OFFICE, now=NOW)
    amended = CooperationCondition.objects.get(version__number=2, sending=condition.sending)
    assert PlaceClaim.objects.get().condition == amended
    with pytest.raises(Refused, match="1 of 3 places are left; 2 were asked for"):
        claim(amended, "round:2", places=2)
    with pytest.raises(Refused, match="Only an agreement in effect"):
        claim(condition, "round:2")


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_take_the_last_place_once() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's database of the tests lives in memory, which threads cannot share; the run on PostgreSQL asks this")
    condition = outgoing(places=1)
    start = threading.Barrier(8)

    def attempt(number: int) -> bool:
        try:
            if number < 8:
                start.wait(timeout=120)
            claim(CooperationCondition.objects.get(pk=condition.pk), f"round:{number}")
        except Refused:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(attempt, range(40)))
    assert sum(won) == 1, connection.vendor
    assert PlaceClaim.objects.count() == 1
