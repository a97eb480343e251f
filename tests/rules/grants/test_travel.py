"""Distance bands: their borders, the gaps that the sources leave, and what a line says about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goliard.rules.grants.case import open_case
from goliard.rules.grants.mobility import Activity, Direction, Mobility, Participant
from goliard.rules.grants.status import Status
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.travel import travel, whole_kilometres
from goliard.rules.values.distance import EARTH_RADIUS_KM, Point
from goliard.rules.values.money import Money

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


@pytest.mark.parametrize(
    ("kilometres", "green", "call", "nl", "en"),
    [
        (300, False, 2022, "300 km enkele reis, klasse 100-499 km", "300 km one way, band 100-499 km"),
        (300, True, 2022, "300 km enkele reis, klasse 100-499 km, groene reis", "300 km one way, band 100-499 km, green travel"),
        (
            9000,
            True,
            2022,
            "9000 km enkele reis, klasse vanaf 8000 km, groene reis zonder eigen bedrag",
            "9000 km one way, band from 8000 km, green travel without an amount of its own",
        ),
        (5, False, 2022, "5 km: korter dan de eerste afstandsklasse", "5 km: shorter than the first band"),
    ],
)
def test_the_reason_says_distance_band_and_way(kilometres: float, green: bool, call: int, nl: str, en: str) -> None:
    because = travel(open_case(at(kilometres + 0.01, green=green), published_table("KA171", call))).because
    assert (because.nl, because.en) == (nl, en)


@pytest.mark.parametrize(("cents", "paid"), [(4_000, 2_800), (4_001, 3_201)])
def test_exactly_seventy_percent_is_not_less_than_seventy(cents: int, paid: int) -> None:
    """The band of 28 euros covers exactly 70 % of 40 euros; of a cent more it covers less, and 80 % of the costs replaces it."""
    trip = replace(at(50), from_country="NL", to_country="DE", travel_costs=Money(cents))
    assert travel(open_case(trip, published_table("KA131", 2024))).amount == Money(paid)
