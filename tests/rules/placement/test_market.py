from __future__ import annotations

from decimal import Decimal

import pytest

from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, MarketProblem, Wish

A, B = Destination("A", 1), Destination("B", 2, maxima=(GroupPlaces("law", 1),), reserves=(GroupPlaces("few", 1),))
SEVEN = Decimal(7)


def test_order_of_rows_is_forgotten() -> None:
    x, y = Applicant("x", (Wish(1, "A", SEVEN),)), Applicant("y", ())
    assert Market((y, x), (B, A)) == Market((x, y), (A, B))
    assert Market((y, x), (B, A)).applicants == (x, y)


@pytest.mark.parametrize(
    ("applicants", "destinations", "because"),
    [
        ([Applicant("x", ()), Applicant("x", ())], [], "'x' is empty or occurs twice (applicant)."),
        ([Applicant("", ())], [], "'' is empty or occurs twice (applicant)."),
        ([Applicant("x\ty", ())], [], "'x\\ty' is no usable id (applicant)."),
        ([], [A, A], "'A' is empty or occurs twice (destination)."),
        ([], [Destination("A", -1)], "A: negative numbers or a group twice."),
        ([], [Destination("A", 1, reserves=(GroupPlaces("few", 2),))], "A: more places reserved than there are."),
        ([], [Destination("A", 3, maxima=(GroupPlaces("few", 1), GroupPlaces("few", 2)))], "A: negative numbers or a group twice."),
        ([], [Destination("A", 3, maxima=(GroupPlaces("", 1),))], "A: negative numbers or a group twice."),
        (
            [],
            [Destination("A", 3, reserves=(GroupPlaces("few", 2),), maxima=(GroupPlaces("few", 1),))],
            "A: group few has more reserved than its maximum.",
        ),
        (
            [Applicant("x", (Wish(1, "Z", SEVEN),))],
            [A],
            "x: wish 1 (Z) is unknown, double, out of order or without a valid score.",
        ),
        (
            [Applicant("x", (Wish(2, "A", SEVEN), Wish(1, "B", SEVEN)))],
            [A, B],
            "x: wish 1 (B) is unknown, double, out of order or without a valid score.",
        ),
        (
            [Applicant("x", (Wish(1, "A", Decimal("NaN")),))],
            [A],
            "x: wish 1 (A) is unknown, double, out of order or without a valid score.",
        ),
        (
            [Applicant("x", (Wish(1, "B", SEVEN),), frozenset({"law", "few"}))],
            [B],
            "x belongs to more than one group with a reserve or maximum at B.",
        ),
    ],
)
def test_what_no_policy_can_place(applicants: list[Applicant], destinations: list[Destination], because: str) -> None:
    with pytest.raises(MarketProblem) as refused:
        Market(tuple(applicants), tuple(destinations))
    assert refused.value.because.en == because
    assert refused.value.because.nl != because


def test_two_groups_are_fine_where_they_do_not_meet() -> None:
    both = frozenset({"law", "few"})
    c = Destination("C", 1, reserves=(GroupPlaces("few", 1),))
    assert Market((Applicant("x", (Wish(1, "C", SEVEN),), both),), (c,)).applicants[0].groups == both
