"""Reading a plan: what is taken, and every way in which a file can be wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.grants.plan import PlanRow
from goliard.rules.grants.plan_file import COLUMNS, LARGEST_FILE, MOST_FAULTS, PlanFileRefused, read_plan
from goliard.rules.grants.tables import published_table

TABLE = published_table("KA171", 2022)
GOOD = {
    "direction": "incoming",
    "participant": "student",
    "activity": "studies",
    "cycle": "second",
    "count": "3",
    "days": "150",
    "start": "",
    "end": "",
    "travel_days": "0",
    "green": "no",
    "fewer_opportunities": "1",
    "from_country": "ID",
    "to_country": "NL",
    "from_lat": "-6.2",
    "from_lon": "106.8",
    "to_lat": "52.16",
    "to_lon": "4.49",
}


def plan(*rows: dict[str, str], columns: tuple[str, ...] = tuple(GOOD), separator: str = ",") -> bytes:
    lines = [separator.join(columns), *(separator.join((GOOD | row)[column] for column in columns) for row in rows)]
    return "\n".join(lines).encode() + b"\n"


def read(content: bytes) -> list[PlanRow]:
    return read_plan(content, TABLE)


def faults(content: bytes) -> list[tuple[int | None, str, str]]:
    with pytest.raises(PlanFileRefused) as refused:
        read(content)
    assert all(fault.because.nl for fault in refused.value.faults)
    return [(fault.row, fault.column, fault.because.en) for fault in refused.value.faults]


def test_a_good_row() -> None:
    (row,) = read(plan({}))
    assert (row.number, row.count, row.fewer_opportunities, row.mobility.days) == (2, 3, 1, 150)
    assert row.mobility.to_point.latitude == 52.16


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + plan({}),
        plan({}).replace(b"\n", b"\r\n"),
        plan({}, separator=";"),
        plan({}) + b"\n,,,,,,,,,,,,,,,,\n\n",
        plan({"days": " 150 "}),
        plan({}, columns=tuple(reversed(GOOD))),
        plan({}, columns=tuple(column for column in GOOD if column not in {"start", "end"})),
        plan({"days": "150"}).replace(b"150", b'"150"'),
    ],
)
def test_harmless_differences(content: bytes) -> None:
    assert read(content) == read(plan({}))


@pytest.mark.parametrize(
    ("start", "end", "participant", "days"),
    [
        ("2023-01-01", "2023-04-15", "student", 105),
        ("2023-02-27", "2023-03-03", "student", 5),
        ("2023-02-01", "2023-03-02", "student", 30),
        ("2023-09-01", "2024-08-31", "student", 360),
        ("2023-01-01", "2023-02-28", "staff", 59),
    ],
)
def test_dates_are_counted_as_the_programme_counts(start: str, end: str, participant: str, days: int) -> None:
    by_dates = {"days": "", "start": start, "end": end, "participant": participant}
    (row,) = read(plan(by_dates))
    assert row.mobility.days == days
    assert read(plan(by_dates | {"days": str(days)})) == [row]
    assert faults(plan(by_dates | {"days": str(days + 1)})) == [(2, "days", f"from start to end are {days} days")]


@pytest.mark.parametrize(
    ("cells", "column", "because"),
    [
        ({"direction": "out"}, "direction", "“out”: choose from incoming, outgoing"),
        ({"direction": "Incoming"}, "direction", "“Incoming”: choose from incoming, outgoing"),
        ({"participant": ""}, "participant", "“”: choose from student, staff"),
        ({"activity": "holiday"}, "activity", "“holiday”: choose from studies, traineeship, teaching, training"),
        ({"cycle": "fourth"}, "cycle", "“fourth”: choose from short, first, second, third"),
        ({"count": "0"}, "count", "“0”: no whole number from 1 to 100000"),
        ({"count": "1.0"}, "count", "“1.0”: no whole number from 1 to 100000"),
        ({"count": "-1"}, "count", "“-1”: no whole number from 1 to 100000"),
        ({"count": "1e3"}, "count", "“1e3”: no whole number from 1 to 100000"),
        ({"count": "1_0"}, "count", "“1_0”: no whole number from 1 to 100000"),
        ({"count": "٣"}, "count", "“٣”: no whole number from 1 to 100000"),
        ({"count": "9" * 5000}, "count", f"“{'9' * 40}…”: no whole number from 1 to 100000"),
        ({"days": ""}, "days", "give days, or start and end"),
        ({"days": "0"}, "days", "“0”: no whole number from 1 to 10000"),
        ({"days": "12.5"}, "days", "“12.5”: no whole number from 1 to 10000"),
        ({"travel_days": "-1"}, "travel_days", "“-1”: no whole number from 0 to 10000"),
        ({"green": "ja"}, "green", "“ja”: is yes or no"),
        ({"fewer_opportunities": "4"}, "fewer_opportunities", "4 is more than count (3)"),
        ({"fewer_opportunities": ""}, "fewer_opportunities", "“”: no whole number from 0 to 100000"),
        ({"from_country": "id"}, "from_country", "“id”: no country code of two capitals (ISO 3166)"),
        ({"from_country": "UK"}, "from_country", "“UK”: ISO 3166 writes GB"),
        ({"to_country": "EL"}, "to_country", "“EL”: ISO 3166 writes GR"),
        ({"to_country": "NLD"}, "to_country", "“NLD”: no country code of two capitals (ISO 3166)"),
        ({"from_lat": "nan"}, "from_lat", "“nan”: no decimal degrees from -90 to 90"),
        ({"from_lat": "90.01"}, "from_lat", "“90.01”: no decimal degrees from -90 to 90"),
        ({"from_lon": "inf"}, "from_lon", "“inf”: no decimal degrees from -180 to 180"),
        ({"to_lat": "1e1"}, "to_lat", "“1e1”: no decimal degrees from -90 to 90"),
        ({"to_lon": "-181"}, "to_lon", "“-181”: no decimal degrees from -180 to 180"),
        ({"to_lon": ""}, "to_lon", "“”: no decimal degrees from -180 to 180"),
        ({"days": "", "start": "2023-01-01"}, "end", "“”: no date like 2026-09-01"),
        ({"days": "", "start": "1-1-2023", "end": "2023-02-01"}, "start", "“1-1-2023”: no date like 2026-09-01"),
        ({"days": "", "start": "2023-W01-1", "end": "2023-02-01"}, "start", "“2023-W01-1”: no date like 2026-09-01"),
        ({"days": "", "start": "2023-01-01", "end": "2023-02-30"}, "end", "“2023-02-30”: no date like 2026-09-01"),
        ({"days": "", "start": "2023-02-01", "end": "2023-01-31"}, "end", "the end lies before the start"),
        ({"direction": "\x1b[31m"}, "direction", "“\ufffd[31m”: choose from incoming, outgoing"),
    ],
)
def test_a_wrong_cell_is_named(cells: dict[str, str], column: str, because: str) -> None:
    assert faults(plan({}, cells)) == [(3, column, because)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (None, "", "the file is empty")),
        (b"\xef\xbb\xbf", (None, "", "the file is empty")),
        (b"\n\n", (None, "", "the file is empty")),
        (plan(), (None, "", "the plan has no mobilities")),
        (plan({}).replace(b"ID", b"I\0"), (None, "", "the file holds NUL characters and is no CSV in UTF-8")),
        (plan({}).decode().encode("utf-16"), (None, "", "the file holds NUL characters and is no CSV in UTF-8")),
        (plan({"activity": "caf\u00e9"}).decode().encode("latin-1"), (2, "", "the file is not in UTF-8")),
        (plan({"days": "9" * 140_000}), (2, "", "this is no CSV (field larger than field limit (131072))")),
        (plan({"days": '"150'}), (2, "", "this is no CSV (unexpected end of data)")),
        (plan({}).replace(b",4.49\n", b"\n"), (2, "", "16 cells under 17 columns")),
        (plan({}).replace(b"4.49\n", b"4.49,,\n"), (2, "", "19 cells under 17 columns")),
        (plan({}, columns=(*GOOD, "days")), (1, "days", "this column stands there more than once")),
        (plan({}).replace(b"direction", b"Direction"), (1, "“Direction”", "unknown column")),
        (plan({"extra": "1"}, columns=(*GOOD, "extra")), (1, "“extra”", "unknown column")),
        (plan({}, columns=tuple(column for column in GOOD if column != "green")), (1, "green", "this column is missing")),
        (plan({}, columns=tuple(column for column in GOOD if column not in {"days", "end"})), (1, "days", "this column is missing")),
    ],
)
def test_a_wrong_file_is_refused(content: bytes, expected: tuple[int | None, str, str]) -> None:
    assert expected in faults(content)


def test_a_file_past_the_limit_is_refused_without_being_read() -> None:
    assert faults(plan({}) + b"\n" * LARGEST_FILE) == [(None, "", "the file is larger than 64 MB")]
    assert LARGEST_FILE == 64 * 1024 * 1024


def test_every_fault_is_told_up_to_a_hundred() -> None:
    assert [fault[0] for fault in faults(plan({"count": "x"}, {}, {"days": "x"}))] == [2, 4]
    assert len(faults(plan(*[{"count": "x"}] * 500))) == MOST_FAULTS


def test_a_field_over_two_lines_keeps_the_numbers_of_a_spreadsheet() -> None:
    assert faults(plan({"activity": '"stu\ndies"'}, {"count": "x"}))[1][0] == 3


@given(st.binary(max_size=300))
def test_noise_is_refused_and_never_an_accident(noise: bytes) -> None:
    with pytest.raises(PlanFileRefused):
        read(noise)


@given(
    st.dictionaries(st.sampled_from(COLUMNS), st.text(st.characters(exclude_characters='\0",\r\n', codec="utf-8"), max_size=12), min_size=1)
)
def test_noise_in_cells_is_read_or_refused(cells: dict[str, str]) -> None:
    try:
        assert len(read(plan({}, cells))) in {1, 2}
    except PlanFileRefused as refused:
        rows = {fault.row for fault in refused.faults}
    else:
        rows = {3}
    assert rows == {3}
