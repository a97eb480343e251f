from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import market, markets

from goliard.rules.placement.audit import SHOWN, Check, audit
from goliard.rules.placement.choice import choose, claims_of
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.policies import FAIR
from goliard.rules.placement.ties import BY_APPLICANT, TieRule
from goliard.rules.placement.undecided import refused_claims
from goliard.rules.values.texts import Reason, Text

PRAHA = Destination("Praha", 2, reserves=(GroupPlaces("few", 1),), maxima=(GroupPlaces("law", 1),))


def findings(given_market: Market, given: dict[str, str]) -> list[tuple[str, str, str]]:
    assignment = {
        applicant.id: next(wish for wish in applicant.wishes if wish.destination == given[applicant.id])
        for applicant in given_market.applicants
        if applicant.id in given
    }
    report = audit(given_market, assignment, BY_APPLICANT, FAIR)
    assert report.passed is not bool(report.findings)
    return [(str(finding.check), finding.destination, finding.applicant) for finding in report.findings]


@pytest.mark.parametrize(
    ("wishes", "groups", "given", "found"),
    [
        ({"a": "Praha 9", "b": "Praha 8"}, {}, {"a": "Praha", "b": "Praha"}, []),
        ({"a": "Praha 9", "b": "Praha 8"}, {}, {"b": "Praha"}, [("no-waste", "Praha", "a"), ("no-justified-envy", "Praha", "a")]),
        (
            {"a": "Praha 9", "b": "Praha 8", "c": "Praha 7"},
            {},
            {"a": "Praha", "b": "Praha", "c": "Praha"},
            [("capacity", "Praha", "")],
        ),
        (
            {"a": "Praha 9", "b": "Praha 8", "c": "Praha 7"},
            {},
            {"a": "Praha", "c": "Praha"},
            [("no-justified-envy", "Praha", "b")],
        ),
        ({"a": "Praha 9", "b": "Praha 8", "c": "Praha 8"}, {}, {"a": "Praha", "c": "Praha"}, [("no-justified-envy", "Praha", "b")]),  # tie
        ({"a": "Praha 9", "b": "Praha 8"}, {"a": "law", "b": "law"}, {"a": "Praha", "b": "Praha"}, [("maxima", "Praha", "")]),
        ({"a": "Praha 9", "b": "Praha 8"}, {"a": "law", "b": "law"}, {"a": "Praha"}, []),  # the free place is not for b
        ({"a": "Praha 9", "b": "Praha 8", "c": "Praha 5"}, {"c": "few"}, {"a": "Praha", "b": "Praha"}, [("reserves", "Praha", "c")]),
        ({"a": "Praha 9", "b": "Praha 8", "c": "Praha 5"}, {"c": "few"}, {"a": "Praha", "c": "Praha"}, []),  # b has no claim on the reserve
        ({"a": "Praha 9", "b": "Brno 9, Praha 8"}, {}, {"a": "Praha", "b": "Praha"}, [("no-waste", "Brno", "b")]),
    ],
)
def test_what_is_found(wishes: dict[str, str], groups: dict[str, str], given: dict[str, str], found: list[tuple[str, str, str]]) -> None:
    assert findings(market({"Praha": PRAHA, "Brno": 1}, wishes, groups), given) == found


def test_strangers_foreign_wishes_and_barred_wishes_are_found() -> None:
    barred = Wish(1, "Praha", Decimal(9), (Reason("level", Text("niveau", "level")),))
    given_market = Market((Applicant("a", (barred,)), Applicant("b", ())), (PRAHA,))
    report = audit(given_market, {"a": barred, "b": barred, "ghost": barred}, BY_APPLICANT, frozenset())
    assert report.failures == {Check.OWN_WISH: 2, Check.ELIGIBLE: 1, Check.CAPACITY: 0, Check.MAXIMA: 0}
    assert not report.passed


def test_every_fault_is_counted_and_the_first_are_shown() -> None:
    given_market = market({"A": 0}, {f"s{number:03}": "A 7" for number in range(SHOWN + 5)})
    everyone = {applicant.id: applicant.wishes[0] for applicant in given_market.applicants}
    nobody_applied = Market((), given_market.destinations)
    report = audit(nobody_applied, everyone, BY_APPLICANT, frozenset())
    assert report.failures[Check.OWN_WISH] == SHOWN + 5
    assert len(report.findings) == SHOWN


@given(markets(), st.data())
def test_pairs_and_choices_agree_on_what_is_fair(given_market: Market, data: st.DataObject) -> None:
    """Any assignment at all: the audit's comparison of pairs passes exactly when no destination would rather choose otherwise."""
    ties = TieRule(data.draw(st.sampled_from(["applicant", "x"])))
    claims = claims_of(given_market, ties)
    assignment, held = {}, defaultdict(list)
    for applicant, own in claims.items():
        claim = data.draw(st.sampled_from([None, *own]))
        if claim is not None:
            assignment[applicant] = claim.wish
            held[claim.wish.destination].append(claim)
    fair = all(
        sorted(c.applicant.id for c in choose(given_market.destination[name], kept)[0]) == sorted(c.applicant.id for c in kept)
        for name, kept in held.items()
    ) and all(
        claim in choose(given_market.destination[claim.wish.destination], [*held[claim.wish.destination], claim])[1]
        for claim in refused_claims(claims, assignment)
    )
    assert audit(given_market, assignment, ties, FAIR).passed is fair
