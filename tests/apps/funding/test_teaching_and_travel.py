"""Teaching hours and the real costs of expensive travel, in the flows that staff plan."""

from __future__ import annotations

import pytest
from tests.factories.calls import NOW, actor_of, an_interest, an_open_call

from goliard.apps.funding.queries.budgets import budget_of, pays_expensive_travel
from goliard.apps.funding.services.interests import submit_interest
from goliard.apps.institutions.refusals import Refused

pytestmark = pytest.mark.django_db
TEACHER = {"direction": "outgoing", "kind": "staff/teaching/", "count": 1, "days": 7, "travel_days": 2}


@pytest.mark.parametrize(("days", "hours", "refused"), [(7, None, False), (7, 8, False), (7, 7, True), (14, 16, False), (14, 15, True)])
def test_a_teacher_teaches_at_least_eight_hours_a_week(days: int, hours: int | None, refused: bool) -> None:
    interest = an_interest(an_open_call(), flows=({**TEACHER, "days": days, "teaching_hours": hours},))
    told = [reason.because.en for reason in budget_of(interest).refused]
    assert told == ([f"Row 1: {hours} teaching hours in {days} days; at least {8 * days // 7}"] if refused else [])
    if refused:
        with pytest.raises(Refused):
            submit_interest(interest=interest, actor=actor_of(interest.owner), now=NOW)


def test_credit_mobility_beyond_europe_does_not_pay_expensive_travel() -> None:
    stage = an_open_call()
    interest = an_interest(stage, flows=({**TEACHER, "travel_costs_cents": 300_000},))
    assert not pays_expensive_travel(stage.call)
    assert [reason.because.en for reason in budget_of(interest).refused] == ["Row 1: KA171 does not pay expensive travel by real costs"]
