"""Distance bands: their borders, the gaps that the sources leave, and what a line says about them."""

from __future__ import annotations

import pytest

from goliard.rules.grants.case import open_case
from goliard.rules.grants.mobility import Activity, Direction, Mobility, Participant
from goliard.rules.grants.status import Status
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.travel import travel, whole_kilometres
from goliard.rules.values.distance import EARTH_RADIUS_KM, Point

DEGREES_A_KM = 180 / (3.141592653589793 * EARTH_RADIUS_KM)


def at(kilometres: float, *, green: bool = False, call: int = 2022) -> Mobility:
    """Staff from a point to one so far to the north."""
    return Mobility(
        Direction.OUTGOING, Participant.STAFF, Activity.TRAINING, None, 5, "NL", "MA",
        Point(-80, 0), Point(-80 + kilometres * DEGREES_A_KM, 0), green=green,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kilometres", "euros"),
    [
        (9.4, 0),
        (10.01, 23),
        (99.4, 23),
        (100.01, 180),
        (499.4, 180),
        (500.01, 275),
        (1999.4, 275),
        (2000.01, 360),
        (2999.4, 360),
        (3000.01, 530),
        (3999.4, 530),
        (4000.01, 820),
        (7999.4, 820),
        (8000.01, 1500),
        (18000, 1500),
    ],
)
def test_borders_of_bands_2021_23(kilometres: float, euros: int) -> None:
    assert travel(open_case(at(kilometres), published_table("KA171", 2022))).amount.cents == euros * 100


@pytest.mark.parametrize(("kilometres", "euros"), [(50, 56), (300, 285), (1000, 417), (2500, 535), (3500, 785), (5000, 1188), (9000, 1735)])
def test_green_bands_2024(kilometres: float, euros: int) -> None:
    assert travel(open_case(at(kilometres, green=True), published_table("KA171", 2024))).amount.cents == euros * 100


@pytest.mark.parametrize(("kilometres", "gap"), [(499.4, True), (499.9, True), (498.6, False), (9.5, True), (12000.5, False)])
def test_a_distance_between_two_bands_is_marked_as_our_choice(kilometres: float, gap: bool) -> None:
    case = open_case(at(kilometres), published_table("KA171", 2022))
    _, evidence = whole_kilometres(case, kilometres)
    assert [row.status for row in evidence] == ([Status.U] if gap else [])
    assert ("rounding of distance" in travel(case).unverified) is gap
