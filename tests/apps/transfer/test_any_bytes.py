"""Whatever bytes stand in a folder: reading it ends, with records or with faults."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goliard.apps.transfer.faults import Faults
from goliard.apps.transfer.folder import Folder
from goliard.apps.transfer.reading import read_contents
from goliard.apps.transfer.tables import TABLES

NAMES = st.sampled_from(
    [table.file if table.form == "csv" else f"{table.file}a.md" for table in TABLES]
    + ["folder.yaml", "removals.csv", "images/a.png", "pages/../a.md", "news/a/b.md", "news/.md", "images/", "x" * 300 + ".csv"]
)
HEADINGS = [",".join(table.heading) for table in TABLES if table.form == "csv"]
CELLS = [
    "",
    ",",
    "\n",
    '"',
    ";",
    "a",
    "'=1",
    "9" * 20,
    "-0",
    "2022-13-01",
    "NaN",
    "1e9",
    "٣",
    "\ud7ff",
    "yes",
    "http://[",
    "a" * 300,
    "é",
    "\r",
]
LINES = [
    "---\n",
    "title_en: a\n",
    "- a\n",
    "a: [1, 2]\n",
    "? a\n",
    "<!-- nl -->\n",
    "<!-- en -->\n",
    "\\<!-- en -->\n",
    "a: |\n  b\n",
    "%YAML 9.9\n",
]
CSV = st.tuples(st.sampled_from(HEADINGS), st.lists(st.sampled_from(CELLS), max_size=30).map("".join)).map("\n".join)
MARKDOWN = st.lists(st.sampled_from(LINES), max_size=12).map("".join)
CONTENT = st.binary(max_size=60) | (CSV | MARKDOWN).map(str.encode)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(files=st.dictionaries(NAMES, CONTENT, max_size=4))
@example(files={"images.csv": b"key,file,alt_en,alt_nl,credit,licence\na,a.png,A,A,Me,CC0\n", "images/a.png": b"GIF89a\xff\xff\xff\xff"})
@example(files={"organisations.csv": b"key,name_en,country,kind,website\na,A,NL,hei,http://[\n"})
@example(files={"organisations.csv": b"key,lat,lon\na,\xd9\xa3,\xd9\xa3\n"})
def test_reading_ends_with_records_or_faults(files: dict[str, bytes]) -> None:
    faults = Faults()
    contents = read_contents(Folder(files), faults)
    read = {record.file for records in contents.records.values() for record in records}
    assert read <= set(files)
    assert {fault.file for fault in faults.found} <= set(files)
    assert all(fault.line("nl") != fault.line("en") for fault in faults.found)
