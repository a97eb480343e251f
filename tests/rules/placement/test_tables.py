from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.tables import TableProblem, read_market

A = "applicant,wish,destination,score\n"
D = "destination,places\nX,1\nY,2\n"


def read(applicants: str | bytes, destinations: str | bytes = D) -> Market:
    encoded = [text.encode() if isinstance(text, str) else text for text in (applicants, destinations)]
    return read_market(*encoded, applicants_name="A.csv", destinations_name="D.csv")


def test_rows_and_columns_in_any_order_with_a_byte_order_mark_and_blank_lines() -> None:
    text = '\ufeffscore,group,destination,wish,applicant\r\n7.5,few,Y,2,"ann, é"\r\n\r\n 8 ,few, X ,1,"ann, é"\r\n'
    places = "places,destination,reserved_places,reserved_group\n2,X,1,few\n3,Y,,\n0,Z,0,\n"
    assert read(text, places) == Market(
        (Applicant("ann, é", (Wish(1, "X", Decimal(8)), Wish(2, "Y", Decimal("7.5"))), frozenset({"few"})),),
        (Destination("X", 2, (GroupPlaces("few", 1),)), Destination("Y", 3), Destination("Z", 0)),
    )


def test_scores_are_exact() -> None:
    market = read(A + "a,1,X,123456789012345678.123456789012345678\nb,1,X,-0.5\nc,1,X,+3\n")
    assert [applicant.wishes[0].score for applicant in market.applicants] == [
        Decimal("123456789012345678.123456789012345678"),
        Decimal("-0.5"),
        Decimal(3),
    ]


def test_a_cell_of_two_hundred_characters_is_taken() -> None:
    (applicant,) = read(A + "a" * 200 + ",1,X,7\n").applicants
    assert applicant.id == "a" * 200


def test_an_empty_table_is_an_empty_round() -> None:
    assert read(A).applicants == ()


@pytest.mark.parametrize(
    ("applicants", "where", "because"),
    [
        ("", "row 1, column applicant", "this column is missing."),
        ("\n\n", "row 1, column applicant", "this column is missing."),
        ("applicant,wish,destination\n", "row 1, column score", "this column is missing."),
        ("applicant,wish,destination,score,score\n", "row 1, column score", "this column occurs twice."),
        ("applicant,wish,destination,score,note\n", "row 1, column note", "column 5 is unknown."),
        ("applicant,wish,destination,score,\n", "row 1", "column 5 is unknown."),
        ("applicant;wish;destination;score\n", "row 1, column applicant", "this column is missing."),
        (A + "a,1,X\n", "row 2", "3 cells where the header has 4."),
        (A + "a,1,X,7,9\n", "row 2", "5 cells where the header has 4."),
        (A + "a,1,X,7\n\nb,1,Z,7\n", "row 4, column destination", "destination “Z” is unknown."),
        (A + "a,1,,7\n", "row 2, column destination", "this cell is empty."),
        (A + " ,1,X,7\n", "row 2, column applicant", "this cell is empty."),
        (A + "a,2,X,7\n", "row 2, column wish", "a has no wish 1."),
        (A + "a,1,X,7\na,3,Y,7\n", "row 3, column wish", "a has no wish 2."),
        (A + "a,1,X,7\nb,1,X,6\na,1,Y,7\n", "row 4, column wish", "a already has a wish 1."),
        (A + "a,2,X,7\na,1,X,7\n", "row 2, column destination", "a names “X” twice."),
        (A + "a,0,X,7\n", "row 2, column wish", "“0” is no whole number from 1 to 1000."),
        (A + "a,1.0,X,7\n", "row 2, column wish", "“1.0” is no whole number from 1 to 1000."),
        (A + "a,１,X,7\n", "row 2, column wish", "“１” is no whole number from 1 to 1000."),
        (A + "a,1_0,X,7\n", "row 2, column wish", "“1_0” is no whole number from 1 to 1000."),
        *[
            (
                A + f'a,1,X,"{score}"\n',
                "row 2, column score",
                f"“{score}” is no decimal number with a point, such as 7.9 (at most 18 digits on either side).",
            )
            for score in ("nan", "inf", "-Infinity", "1e3", "7,9", ".", "7.", ".5", "0x7", "1_0", "٧", "1234567890123456789", "7 8")
        ],
        (A + "a,1,X,\n", "row 2, column score", "this cell is empty."),
        (A + "a\0b,1,X,7\n", "row 2, column applicant", "holds an invisible character."),
        (A + "a\u200bb,1,X,7\n", "row 2, column applicant", "holds an invisible character."),
        (A + '"a\nb",1,X,7\n', "row 2, column applicant", "holds an invisible character."),
        (A + "a" * 201 + ",1,X,7\n", "row 2, column applicant", "longer than 200 characters."),
        (A + "a" * 200_000 + ",1,X,7\n", "row 2", "no readable CSV row (quotes or a huge cell)."),
        (A + 'a,1,X,7\n"b,1,X,7\n', "row 3", "no readable CSV row (quotes or a huge cell)."),
        (A.encode() + b"a,1,X,7\nb\xe9,1,X,7\n", "row 3", "not UTF-8: save the file as “CSV UTF-8”."),
        ((A + "a,1,X,7\n").encode("utf-16"), "row 1", "not UTF-8: save the file as “CSV UTF-8”."),
        (
            "applicant,wish,destination,score,group\na,1,X,7,few\na,2,Y,7,\n",
            "row 3, column group",
            "“” differs from the group “few” of a in an earlier row.",
        ),
    ],
)
def test_what_is_wrong_and_where_among_applicants(applicants: str | bytes, where: str, because: str) -> None:
    with pytest.raises(TableProblem) as refused:
        read(applicants)
    assert refused.value.in_language("en") == f"A.csv, {where}: {because}"
    assert refused.value.in_language("nl").startswith("A.csv, rij ")


@pytest.mark.parametrize(
    ("destinations", "where", "because"),
    [
        ("destination\nX\n", "row 1, column places", "this column is missing."),
        ("destination,places\nX,1\nX,1\n", "row 3, column destination", "“X” is there already."),
        ("destination,places\nX,-1\n", "row 2, column places", "“-1” is no whole number from 0 to 1000000."),
        ("destination,places\nX,two\n", "row 2, column places", "“two” is no whole number from 0 to 1000000."),
        (
            "destination,places\nX,99999999999999999999\n",
            "row 2, column places",
            "“99999999999999999999” is no whole number from 0 to 1000000.",
        ),
        (
            "destination,places,reserved_group,reserved_places\nX,1,few,2\n",
            "row 2, column reserved_places",
            "2 is more than the 1 places.",
        ),
        (
            "destination,places,reserved_group,reserved_places\nX,1,,1\n",
            "row 2, column reserved_group",
            "places are reserved, but for which group?",
        ),
        ("destination,places,reserved_group,reserved_places\nX,1,few,\n", "row 2, column reserved_places", "this cell is empty."),
        ("destination,places,reserved_group\nX,1,few\n", "row 2, column reserved_group", "the column reserved_places is missing."),
        ("destination,places,max_group,max_places\nX,1,,1\n", "row 2, column max_group", "there is a maximum, but for which group?"),
        ("destination,places,max_group\nX,1,law\n", "row 2, column max_group", "the column max_places is missing."),
        ("destination,places,max_group,max_places\nX,1,law,-1\n", "row 2, column max_places", "“-1” is no whole number from 0 to 1000000."),
        (
            "destination,places,reserved_group,reserved_places,max_group,max_places\nX,3,law,2,law,1\n",
            "row 2, column max_places",
            "2 places are reserved for this group; 1 is fewer.",
        ),
    ],
)
def test_what_is_wrong_and_where_among_destinations(destinations: str, where: str, because: str) -> None:
    with pytest.raises(TableProblem) as refused:
        read(A, destinations)
    assert refused.value.in_language("en") == f"D.csv, {where}: {because}"


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_any_bytes_are_a_market_or_a_named_problem(applicants: bytes, destinations: bytes) -> None:
    for left, right in (
        (A.encode() + applicants, D.encode()),
        (A.encode(), b"destination,places\n" + destinations),
        (applicants, destinations),
    ):
        with suppress(TableProblem):  # any other exception fails the test
            assert isinstance(read(left, right), Market)
