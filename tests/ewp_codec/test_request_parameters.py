"""Parameters of requests: the cases that partners and validators try."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.ewp_codec.request_parameters import BadParameters, parse_parameters, render_parameters


def test_values_keep_order_and_doubles_and_unknown_ones_do_no_harm() -> None:
    parameters = parse_parameters(b"echo=b&x=1&echo=a&echo=b&echo=")
    assert parameters.repeated("echo") == ("b", "a", "b", "")
    assert parameters.repeated("iia_id") == ()
    assert parse_parameters(b"").values == {}


def test_limits_count_doubles_and_unknown_ids() -> None:
    parameters = parse_parameters(b"iia_id=1&iia_id=1&iia_id=2")
    assert parameters.repeated("iia_id", at_most=3) == ("1", "1", "2")
    with pytest.raises(BadParameters, match="at most 2"):
        parameters.repeated("iia_id", at_most=2)
    with pytest.raises(BadParameters, match="iia_id is missing"):
        parse_parameters(b"iia_id_param=1").repeated("iia_id", at_most=2, required=True)


def test_a_parameter_that_may_stand_once_stands_once() -> None:
    assert parse_parameters(b"hei_id=a").single("hei_id", required=True) == "a"
    assert parse_parameters(b"").single("hei_id") is None
    with pytest.raises(BadParameters, match="only once"):
        parse_parameters(b"hei_id=a&hei_id=a").single("hei_id")


@pytest.mark.parametrize(
    ("encoded", "moment"),
    [
        (b"modified_since=2019-02-12T15%3A19%3A21%2B01%3A00", dt.datetime(2019, 2, 12, 14, 19, 21, tzinfo=dt.UTC)),
        (b"modified_since=2019-02-12T15:19:21+01:00", dt.datetime(2019, 2, 12, 14, 19, 21, tzinfo=dt.UTC)),
        (b"modified_since=2019-02-12T15:19:21.5Z", dt.datetime(2019, 2, 12, 15, 19, 21, 500000, tzinfo=dt.UTC)),
        (b"modified_since=2019-02-12T15:19:21.123456789Z", dt.datetime(2019, 2, 12, 15, 19, 21, 123456, tzinfo=dt.UTC)),
        (b"modified_since=2019-02-12T15:19:21-05:00", dt.datetime(2019, 2, 12, 20, 19, 21, tzinfo=dt.UTC)),
        (b"", None),
    ],
)
def test_modified_since(encoded: bytes, moment: dt.datetime | None) -> None:
    assert parse_parameters(encoded).modified_since() == moment


@pytest.mark.parametrize(
    "value",
    [
        "",
        "2004-02-12",
        "05/29/2015 05:50",
        "2019-02-12T15:19:21",
        "2019-02-30T15:19:21Z",
        "2019-02-12T25:19:21Z",
        "2019-02-12T15:19:21CET",
        "2019-02-12T15:19:21+25:00",
        "now",
    ],
)
def test_what_is_no_moment(value: str) -> None:
    with pytest.raises(BadParameters, match=r"xs:dateTime"):
        parse_parameters(render_parameters([("modified_since", value)])).modified_since()


def test_two_moments_are_refused() -> None:
    with pytest.raises(BadParameters, match="only once"):
        parse_parameters(b"modified_since=2019-02-12T15:19:21Z&modified_since=2019-02-12T15:19:21Z").modified_since()


def test_academic_years() -> None:
    parameters = parse_parameters(
        b"receiving_academic_year_id=2010/2011&receiving_academic_year_id=2010%2F2010&receiving_academic_year_id=1653/1654"
    )
    assert parameters.academic_years() == ("2010/2011", "2010/2010", "1653/1654")
    with pytest.raises(BadParameters, match="academic years"):
        parse_parameters(b"receiving_academic_year_id=test/test").academic_years()


@pytest.mark.parametrize("encoded", [b"a=%ff", b"a=\xff", b"&".join([b"a=1"] * 10_001)])
def test_what_cannot_be_read(encoded: bytes) -> None:
    with pytest.raises(BadParameters):
        parse_parameters(encoded)


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_what_we_write_reads_back(pairs: list[tuple[str, str]]) -> None:
    pairs = [(name, value) for name, value in pairs if not any("\ud800" <= character <= "\udfff" for character in name + value)]
    values = parse_parameters(render_parameters(pairs)).values
    assert {name: list(found) for name, found in values.items()} == {name: [v for n, v in pairs if n == name] for name, _ in pairs}
