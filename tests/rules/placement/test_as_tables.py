"""A market written as the two files of `goliard place`, and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from tests.rules.placement.markets import market, markets

from goliard.rules.placement.as_tables import applicants_csv, destinations_csv, not_in_tables
from goliard.rules.placement.market import Destination, GroupPlaces, Market
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, IMMEDIATE_ACCEPTANCE
from goliard.rules.placement.reoffer import standing
from goliard.rules.placement.run import place
from goliard.rules.placement.tables import read_market
from goliard.rules.placement.ties import TieRule
from goliard.rules.values.texts import Reason, Text

FEW = Destination("Praha", 2, (GroupPlaces("few", 1),))
SMALL = market({"Lisboa": 1, "Praha": FEW}, {"ann": "Lisboa 7.50, Praha 8", "bob": "Praha 6"}, {"bob": "few"})
NO = Reason("language", Text("taal", "language"))


def test_the_files_say_the_same() -> None:
    assert destinations_csv(SMALL) == "destination,places,reserved_group,reserved_places\nLisboa,1,,\nPraha,2,few,1\n"
    assert applicants_csv(SMALL) == (
        "applicant,wish,destination,score,group\nann,1,Lisboa,7.5,\nann,2,Praha,8,\nbob,1,Praha,6,few\n"
    )  # fmt: skip
    assert read_market(applicants_csv(SMALL).encode(), destinations_csv(SMALL).encode()) == SMALL


def test_a_maximum_stands_in_columns_of_its_own() -> None:
    law = Destination("Brno", 3, (GroupPlaces("few", 1),), (GroupPlaces("law", 2),))
    whole = market({"Brno": law, "Lisboa": 1}, {"ann": "Brno 8, Lisboa 8", "bob": "Brno 6"}, {"ann": "law", "bob": "few"})
    assert destinations_csv(whole).splitlines() == [
        "destination,places,reserved_group,reserved_places,max_group,max_places", "Brno,3,few,1,law,2", "Lisboa,1,,,,",
    ]  # fmt: skip
    assert not_in_tables(whole, DEFERRED_ACCEPTANCE) is None
    assert read_market(applicants_csv(whole).encode(), destinations_csv(whole).encode()) == whole


@given(markets())
def test_who_gets_what_is_the_same_from_the_files(given_market: Market) -> None:
    ties = TieRule("2027")
    first = given_market.applicants[:1]
    barred = tuple(replace(each, wishes=(replace(each.wishes[0], barred=(NO,)), *each.wishes[1:]) if each.wishes else ()) for each in first)
    whole = Market((*barred, *given_market.applicants[1:]), given_market.destinations)
    if not_in_tables(whole, DEFERRED_ACCEPTANCE):
        return
    again = read_market(applicants_csv(whole).encode(), destinations_csv(whole).encode())
    expected = {name: wish.destination for name, wish in place(whole, DEFERRED_ACCEPTANCE, ties).assignment.items()}
    assert {name: wish.destination for name, wish in place(again, DEFERRED_ACCEPTANCE, ties).assignment.items()} == expected


@pytest.mark.parametrize(
    ("given_market", "why"),
    [
        (market({"Brno": Destination("Brno", 2, (), (GroupPlaces("law", 1), GroupPlaces("few", 1)))}, {}), "there are reserves or maxima"),
        (market({"Brno": Destination("Brno", 2, (GroupPlaces("law", 1), GroupPlaces("few", 1)))}, {}), "there are reserves or maxima"),
        (standing(SMALL, {"bob": SMALL.applicants[1].wishes[0]}), "some places had been offered before"),
    ],
)
def test_what_the_files_cannot_say(given_market: Market, why: str) -> None:
    because = not_in_tables(given_market, DEFERRED_ACCEPTANCE)
    assert because is not None
    assert because.en.startswith(why)


def test_numbers_count_where_the_policy_counts_them() -> None:
    ann = SMALL.applicants[0]
    skipped = replace(ann, wishes=(replace(ann.wishes[0], barred=(NO,)), ann.wishes[1]))
    whole = Market((skipped,), SMALL.destinations)
    assert not_in_tables(whole, DEFERRED_ACCEPTANCE) is None
    because = not_in_tables(whole, IMMEDIATE_ACCEPTANCE)
    assert because is not None
    assert because.en == "under this policy the number of a wish counts, and there are numbers without a wish."
