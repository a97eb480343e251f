from __future__ import annotations

from decimal import Decimal

import pytest

from goliard.rules.placement.pools import Candidate, Pool, PoolWish, market_of_pools
from goliard.rules.placement.run import place
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import IscedField
from goliard.rules.values.texts import Reason, Text

POOLS = (
    Pool("cuni-law", "cuni", 1, Text("Praag (rechten)", "Prague (law)"), faculties=frozenset({"law"})),
    Pool("cuni-all", "cuni", 1, Text("Praag", "Prague")),
    Pool("muni-ma-spring", "muni", 1, semesters=frozenset({"spring"}), cycles=frozenset({EqfLevel.MASTER})),
    Pool("upol-social", "upol", 1, subjects=frozenset({IscedField("03"), IscedField("0421")})),
)


def candidate(name: str, *wishes: PoolWish, cycle: EqfLevel = EqfLevel.BACHELOR, subject: str = "0421", faculty: str = "law") -> Candidate:
    return Candidate(name, cycle, IscedField(subject) if subject else None, faculty, wishes)


def wish(rank: int, destination: str, score: str = "7", semester: str = "") -> PoolWish:
    return PoolWish(rank, destination, Decimal(score), semester)


def test_own_places_are_asked_for_first() -> None:
    people = (
        candidate("law1", wish(1, "cuni", "8")),
        candidate("law2", wish(1, "cuni", "7")),
        candidate("arts", wish(1, "cuni", "7.5"), faculty="arts"),
    )
    run = place(market_of_pools(people, POOLS))
    assert {name: given.destination for name, given in run.assignment.items()} == {"law1": "cuni-law", "arts": "cuni-all"}
    (law2,) = (outcome for outcome in run.outcomes if outcome.applicant == "law2")
    assert law2.because.nl == (
        "Je hebt geen plaats gekregen. Wens 1 (Praag (rechten)): de laatste plaats ging naar score 8, die van jou is 7. "
        "Wens 1 (Praag): de laatste plaats ging naar score 7,5, die van jou is 7."
    )


@pytest.mark.parametrize(
    ("person", "because"),
    [
        (candidate("x", wish(1, "muni")), "the places are for another level of study."),
        (candidate("x", wish(1, "muni", semester="autumn"), cycle=EqfLevel.MASTER), "the places are in another semester."),
        (candidate("x", wish(1, "upol"), subject="0231"), "the places are for another subject area."),
        (candidate("x", wish(1, "upol"), subject=""), "the places are for another subject area."),
        (candidate("x", wish(1, "nowhere")), "there are no places here in this round."),
    ],
)
def test_a_wish_that_fits_no_pool_says_why(person: Candidate, because: str) -> None:
    (outcome,) = place(market_of_pools([person], POOLS)).outcomes
    assert outcome.wish is None
    assert outcome.because.en.endswith(f"not possible: {because}")


@pytest.mark.parametrize(
    "person",
    [
        candidate("x", wish(1, "muni"), cycle=EqfLevel.MASTER),
        candidate("x", wish(1, "muni", semester="spring"), cycle=EqfLevel.MASTER),
        candidate("x", wish(1, "upol"), subject="0421"),
        candidate("x", wish(1, "upol"), subject="0312"),
    ],
)
def test_a_wish_that_fits(person: Candidate) -> None:
    assert len(place(market_of_pools([person], POOLS)).assignment) == 1


def test_the_faculty_is_named_where_nothing_else_stands_in_the_way() -> None:
    pools = (
        Pool("law", "muni", 1, faculties=frozenset({"law"})),
        Pool("ma", "muni", 1, cycles=frozenset({EqfLevel.MASTER}), faculties=frozenset({"law"})),
    )
    (outcome,) = place(market_of_pools([candidate("x", wish(1, "muni"), faculty="arts")], pools)).outcomes
    assert outcome.because.en == "You got no place. Wish 1 (law): not possible: the places are for another faculty."


def test_bars_from_elsewhere_stay() -> None:
    orange = Reason("travel-advice", Text("het reisadvies is oranje.", "the travel advice is orange."))
    barred = PoolWish(1, "cuni", Decimal(7), barred=(orange,))
    (outcome,) = place(market_of_pools([candidate("x", barred)], POOLS)).outcomes
    assert outcome.wish is None
    assert outcome.because.en.count("the travel advice is orange.") == 2


def test_a_pool_is_named_once_at_its_best_rank() -> None:
    market = market_of_pools([candidate("x", wish(1, "cuni", semester="autumn"), wish(2, "cuni"))], POOLS)
    assert [(entry.rank, entry.destination) for entry in market.applicants[0].wishes] == [(1, "cuni-law"), (1, "cuni-all")]
