"""Next year's round out of this year's, and a later round for what is left."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.rounds import AFTER, NOW, OFFICER, a_closed_round, a_drawn_round

from goliard.apps.agreements.models import Agreement, PlaceClaim
from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.models import Criterion, DestinationPool, PoolGroup, Round, RoundGroup, RoundRequirement
from goliard.apps.rounds.queries.asked import requirements_of
from goliard.apps.rounds.services.copying import copy_round, open_later_round
from goliard.apps.rounds.services.rounds import move_round

pytestmark = pytest.mark.django_db


def test_next_year_begins_with_all_of_this_year_and_draws_its_places_anew() -> None:
    stage = a_drawn_round(2)
    first = stage.pools[0]
    RoundRequirement.objects.create(round=stage.round, destination=first.destination, minimum_average="6.5")
    group = RoundGroup.objects.create(round=stage.round, key="fo", kind="fewer-opportunities", title_nl="Kansen", title_en="Opportunities")
    PoolGroup.objects.create(pool=first, group=group, reserved=1)
    Agreement.objects.filter(key="bravo").update(state="ended")
    copied = copy_round(round=stage.round, key="exchange-2028", actor=OFFICER, now=NOW)
    made = copied.round
    assert (made.state, made.academic_year, made.closes_on, made.title_en) == (
        "draft", "2028/2029", dt.date(2027, 12, 1), "Exchange 2028/2029",
    )  # fmt: skip
    assert [(partner, reason.rule) for partner, reason in copied.not_drawn] == [("bravo", "not-in-effect")]
    (destination,) = made.destinations.all()
    (pool,) = destination.pools.all()
    assert (pool.places, pool.claim.academic_year, pool.group_places.get().reserved) == (2, "2028/2029", 1)
    assert str(requirements_of(destination).minimum_average) == "6.50"
    assert (made.questions.count(), made.documents.count(), made.criteria.count(), made.groups.count()) == (1, 1, 2, 1)


def test_a_key_is_used_once() -> None:
    stage = a_drawn_round(1)
    with pytest.raises(Refused, match="Choose a new key"):
        copy_round(round=stage.round, key=stage.round.key, actor=OFFICER, now=NOW)
    assert Round.objects.count() == 1


def test_a_later_round_takes_over_what_is_left_and_no_more() -> None:
    stage = a_closed_round(2)
    Criterion.objects.create(round=stage.round, destination=stage.pools[1].destination, name_nl="Taal", name_en="Language", weight=100)
    left = {stage.pools[0].pk: 1, stage.pools[1].pk: 0}
    dates = {"opens_on": dt.date(2027, 2, 15), "closes_on": dt.date(2027, 3, 1)}
    with pytest.raises(Refused, match="not published yet"):
        open_later_round(round=stage.round, key="later", left=left, actor=OFFICER, now=AFTER, **dates)
    row = stage.round
    for action in ("score", "place", "publish"):
        row = move_round(row=row, action=action, actor=OFFICER, now=AFTER)
    for wrong in ({stage.pools[0].pk: 3}, {stage.pools[0].pk: 0}):
        with pytest.raises(Refused, match="No places are left"):
            open_later_round(round=row, key="later", left=wrong, actor=OFFICER, now=AFTER, **dates)
    made = open_later_round(round=row, key="later", left=left, actor=OFFICER, now=AFTER, **dates)
    assert (made.follows, made.policy_hash, made.academic_year, made.criteria.count()) == (row, "", row.academic_year, 2)
    assert [pool.places for pool in DestinationPool.objects.order_by("pk")] == [1, 2, 1]
    held = PlaceClaim.objects.exclude(state="released").order_by("places").values_list("places", "condition__version__agreement__key")
    assert sorted(held) == [(1, "alpha"), (1, "alpha"), (2, "bravo")]
