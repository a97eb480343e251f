"""The command over arrays writes what the reference writes, byte for byte, or declines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import markets

from goliard.fast.compiled import AVAILABLE
from goliard.fast.placement.run import place_files
from goliard.fast.placement.scan import scan
from goliard.rules.placement.market import Market
from goliard.rules.placement.outputs import csv_text, outcome_rows, report
from goliard.rules.placement.policies import POLICIES
from goliard.rules.placement.run import TieUndecided, place
from goliard.rules.placement.tables import read_destinations, read_market
from goliard.rules.placement.ties import TieRule

pytestmark = pytest.mark.skipif(not AVAILABLE, reason="numba is not installed: files are read by the reference")

A = "applicant,wish,destination,score\n"
PLACES = "destination,places\nX,1\nY,2\n"
SPELLINGS = ("7", "7.0", "7.50", "-0.0", "+3", "8.123456789", "0.000000001", "1234567")


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """Two files of a market, at most one reserve and one maximum a destination; any order of rows and columns, any spelling."""
    market: Market = draw(markets(most=8))
    rows, newline = [], draw(st.sampled_from(["\n", "\r\n"]))
    for applicant in market.applicants:
        one = draw(st.sampled_from(SPELLINGS))
        group = "".join(applicant.groups)
        rows += [
            {"applicant": applicant.id, "wish": wish.rank, "destination": wish.destination, "score": one, "group": group}
            for wish in applicant.wishes
        ]
        if draw(st.booleans()):
            for row in rows[len(rows) - len(applicant.wishes) :]:
                row["score"] = draw(st.sampled_from(SPELLINGS))
    columns = draw(st.permutations(["applicant", "wish", "destination", "score", "group"]))
    if not any(applicant.groups for applicant in market.applicants):
        columns.remove("group")
    text = [",".join(columns), *draw(st.permutations([",".join(str(row[column]) for column in columns) for row in rows]))]
    places = ["destination,places,reserved_group,reserved_places,max_group,max_places"]
    for destination in market.destinations:
        limits = (entries[0] if entries else None for entries in (destination.reserves, destination.maxima))
        cells = ",".join(f"{limit.group},{limit.places}" if limit else "," for limit in limits)
        places.append(f"{destination.id},{destination.places},{cells}")
    return (newline.join(text) + draw(st.sampled_from(["", newline]))).encode(), newline.join(places).encode()


@given(
    files(),
    st.sampled_from(["deferred-acceptance", "serial-dictatorship"]),
    st.sampled_from(["", "applicant", "7"]),
    st.sampled_from(["nl", "en"]),
)
def test_the_same_files(tables: tuple[bytes, bytes], policy: str, ties: str, language: str) -> None:
    try:
        run = place(read_market(*tables), POLICIES[policy], TieRule(ties))
        theirs: object = csv_text(outcome_rows(run, language)), report(run, "1.2.3")
    except TieUndecided as problem:
        theirs = problem.because
    except ValueError:  # two scores of one applicant: left to the reference
        theirs = None
    try:
        written = place_files(
            *tables, destinations_name="D", policy=POLICIES[policy], ties=TieRule(ties), language=language, code_version="1.2.3"
        )
        ours: object = written and (written.out, written.report)
    except TieUndecided as problem:
        ours = problem.because
    assert ours == theirs


@pytest.mark.parametrize(
    "text",
    [
        A + "a,1,X,7\n",
        A + "a,1,X,7",
        "\ufeff" + A + "a,1,X,7\r\nb,1,Y,-7.25\r\n",
        "score,applicant,group,wish,destination\n7,a b,,1,X\n8,c,few,1,Y\n",
        A,
    ],
)
def test_clean_files_are_read(text: str) -> None:
    assert scan(text.encode(), read_destinations(PLACES.encode(), "D")) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "applicant,wish,destination\n",
        A + "a,1,Z,7\n",
        A + "a,2,X,7\n",
        A + "a,1,X,7\na,1,Y,7\n",
        A + "a,1,X,7\na,2,X,7\n",
        A + "a,1,X,7\na,3,Y,7\n",
        A + "a,1,X,7\n\nb,1,X,7\n",
        A + "a,1,X,\n",
        A + "a,1,,7\n",
        A + ",1,X,7\n",
        A + "a,1,X\n",
        A + "a,1,X,7,8\n",
        A + "a,1,X,7\rb,1,X,7\n",
        A + "a ,1,X,7\n",
        A + 'a,1,X,"7"\n',
        A + "é,1,X,7\n",
        A + "a\0,1,X,7\n",
        A + "a,1,X,nan\n",
        A + "a,1,X,7.\n",
        A + "a,1,X,.7\n",
        A + "a,1,X,-\n",
        A + "a,1,X,1e3\n",
        A + "a,1,X,7.7.7\n",
        A + "a,+1,X,7\n",
        A + "a,0,X,7\n",
        A + "a,1001,X,7\n",
        A + "a,1,X,1234567890123456789\n",
        A + "a,1,X,123456789012345678\nb,1,X,0.123456789\n",
        A + "a" * 201 + ",1,X,7\n",
        "applicant,wish,destination,score,group\na,1,X,7,few\na,2,Y,7,\n",
    ],
)
def test_everything_else_is_left_to_the_reference(text: str) -> None:
    assert scan(text.encode(), read_destinations(PLACES.encode(), "D")) is None


@given(st.text(alphabet='aX17.,\n\r -"', max_size=60))
def test_what_is_read_the_reference_reads_too(text: str) -> None:
    body = (A + text).encode()
    table = scan(body, read_destinations(PLACES.encode(), "D"))
    if table is not None:
        market = read_market(body, PLACES.encode())
        assert [applicant.id for applicant in market.applicants] == table.applicants
