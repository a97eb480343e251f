"""A folder with a fault is refused whole, and the fault names file, row, column and reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.apps.transfer.conftest import DEMO, Load

from goliard.apps.funding.models import Programme
from goliard.apps.institutions.models import Organisation, OrganisationName
from goliard.apps.journal.models import JournalEntry
from goliard.apps.projects.models import Project
from goliard.apps.transfer.faults import LIMIT, FolderRefused

Folder = Callable[[dict[str, str | bytes]], Path]

ORGANISATIONS = "key,name_en,country,kind\n"
HOME = "key,name_en,country,kind,is_home\nhome,Home University,NL,hei,yes\n"
AGENCY = "key,name_en,country,kind,is_home\nhome,Home University,NL,hei,yes\nagency,National Agency,NL,national-agency,no\n"
ABROAD = AGENCY + "abroad,University Abroad,ET,hei,no\nnear,University Nearby,DE,hei,no\nfirm,Company Abroad,ET,company,no\n"
PROGRAMME = "key,title_en,title_nl,first_year\nplus,Plus,Plus,2014\n"
ACTION = "key,programme,code,title_en,title_nl,kind,track,project_months\nicm,plus,KA171,ICM,ICM,mobility,icm,36\n"
CALL = "key,action,year,title_en,title_nl,funder,funder_role\ncall,icm,2022,Call,Call,agency,national-agency\n"
FUNDING: dict[str, str | bytes] = {"programmes.csv": PROGRAMME, "actions.csv": ACTION, "calls.csv": CALL, "organisations.csv": ABROAD}
UNITS = "key,name_en,organisation,kind\n"
PAGE = "---\ntitle_en: Page\ntitle_nl: Pagina\n---\n\n<!-- nl -->\n\nTekst\n\n<!-- en -->\n\nText\n"


def refused(load: Load, folder: Path) -> list[str]:
    """Load, expect a refusal, and return its lines."""
    entries, organisations = JournalEntry.objects.count(), Organisation.objects.count()
    with pytest.raises(FolderRefused) as caught:
        load(folder)
    assert (JournalEntry.objects.count(), Organisation.objects.count()) == (entries, organisations), "nothing was changed"
    return list(caught.value.lines("en"))


CELLS = [
    # what is wrong, the file, its content, the line
    ("a missing name", "organisations.csv", ORGANISATIONS + "a,,NL,hei\n", "organisations.csv, row 2, column name_en: There is no name"),
    ("a word that is none", "organisations.csv", ORGANISATIONS + "a,A,NL,school\n", "row 2, column kind: “school” is none of: hei, "),
    ("an unknown country", "organisations.csv", ORGANISATIONS + "a,A,QQ,hei\n", "row 2, column country: “QQ” is neither in countries.csv"),
    ("a key with a blank", "organisations.csv", ORGANISATIONS + "a b,A,NL,hei\n", "row 2, column key: “a b” is not a key"),
    ("an empty cell", "organisations.csv", ORGANISATIONS + "a,A,,hei\n", "row 2, column country: This cell may not be empty."),
    ("the row counts as in a spreadsheet", "organisations.csv", ORGANISATIONS + '"a","A\nB",NL,hei\nb,B,NL,x\n', "row 3, column kind"),
    (
        "a double key",
        "organisations.csv",
        ORGANISATIONS + "a,A,NL,hei\na,B,NL,hei\n",
        "row 3, column key: This key is already in organisations.csv 2",
    ),
    ("a comma too many", "organisations.csv", ORGANISATIONS + "a,A,B,NL,hei\n", "row 2: The row has 5 cells; the heading has 4"),
    ("a quote without an end", "organisations.csv", ORGANISATIONS + 'a,"A,NL,hei\n', "row 2: This is not valid CSV"),
    (
        "an unknown column",
        "organisations.csv",
        "key,name_en,country,kind,colour\na,A,NL,hei,red\n",
        "row 1, column colour: There is no such column.",
    ),
    (
        "a column twice",
        "organisations.csv",
        "key,name_en,country,kind,kind\na,A,NL,hei,hei\n",
        "row 1, column kind: This column is there twice.",
    ),
    ("no key column", "organisations.csv", "name_en,country,kind\nA,NL,hei\n", "row 1, column key: This column is missing."),
    ("a needed column", "organisations.csv", "key,name_en,country\na,A,NL\n", "row 2, column kind: This column is needed for a new row."),
    ("an empty file", "organisations.csv", "", "organisations.csv, row 1: The first row has no column names."),
    (
        "latitude alone",
        "organisations.csv",
        "key,name_en,country,kind,lat\na,A,NL,hei,52\n",
        "column lat: Give both lat and lon, or neither.",
    ),
    ("off the earth", "organisations.csv", "key,name_en,country,kind,lat,lon\na,A,NL,hei,91,4\n", "column lat: “91” is not a coordinate"),
    (
        "a decimal comma",
        "organisations.csv",
        'key,name_en,country,kind,lat,lon\na,A,NL,hei,"52,1",4\n',
        "column lat: “52,1” is not a coordinate",
    ),
    (
        "a script as address",
        "organisations.csv",
        "key,name_en,country,kind,website\na,A,NL,hei,javascript:alert(1)\n",
        "is not an http or https address",
    ),
    (
        "a file as address",
        "organisations.csv",
        "key,name_en,country,kind,website\na,A,NL,hei,file:///etc/passwd\n",
        "is not an http or https address",
    ),
    (
        "neither yes nor no",
        "organisations.csv",
        "key,name_en,country,kind,is_home\na,A,NL,hei,perhaps\n",
        "“perhaps” is neither yes nor no.",
    ),
    (
        "a name that is too long",
        "organisations.csv",
        ORGANISATIONS + f"a,{'A' * 251},NL,hei\n",
        "column name_en: 251 characters; at most 250",
    ),
    (
        "an abbreviation that is none",
        "organisations.csv",
        f"key,name_en,acronym,country,kind\na,A,{'A' * 41},NL,hei\n",
        "column acronym: 41 char",
    ),
    ("a cell beyond all bounds", "organisations.csv", ORGANISATIONS + f"a,{'A' * 100_001},NL,hei\n", "row 2: A cell is longer than 100000"),
    ("a cell beyond the parser", "organisations.csv", ORGANISATIONS + f"a,{'A' * 140_000},NL,hei\n", "row 2: A cell is longer than 100000"),
    (
        "a candidate without a note",
        "organisations.csv",
        "key,name_en,country,kind,name_status\na,A,NL,hei,candidate\n",
        "status_note_en: A name_status of",
    ),
    (
        "two homes",
        "organisations.csv",
        HOME + "b,B,NL,hei,yes\n",
        "organisations.csv, row 2, column is_home: There is one home institution; here: b, home.",
    ),
    (
        "another encoding",
        "organisations.csv",
        (ORGANISATIONS + "a,Universität,NL,hei\n").encode("latin-1"),
        "The file is not UTF-8 (line 2)",
    ),
    ("UTF-16", "organisations.csv", (ORGANISATIONS + "a,A,NL,hei\n").encode("utf-16"), "The file is not UTF-8 (line 1)"),
    ("a NUL", "organisations.csv", ORGANISATIONS + "a,A\0,NL,hei\n", "Line 2 contains a NUL character."),
    (
        "a date that is none",
        "networks.csv",
        "key,kind,name_en,name_nl,founded_year\na,network,A,A,first\n",
        "column founded_year: “first” is not a whole number",
    ),
    ("an unknown file", "partners.csv", "key\na\n", "partners.csv: This file has no place in a folder."),
    ("an unknown folder", "scripts/run.sh", "rm", "scripts/run.sh: This file has no place in a folder."),
    ("another format", "folder.yaml", "format: 2\n", "folder.yaml, column format: Only format 1 can be read."),
    ("a page without front matter", "pages/a.md", "Text\n", "pages/a.md: The file does not begin with a line “---”."),
    ("front matter without an end", "pages/a.md", "---\ntitle_en: A\n", "pages/a.md: The line “---” after the front matter is missing."),
    ("one language", "pages/a.md", PAGE.replace("<!-- nl -->", ""), "There should be exactly two parts"),
    ("text in no language", "pages/a.md", PAGE.replace("---\n\n<", "---\n\nLost\n\n<"), "There is text before the first part."),
    ("a title in one language", "pages/a.md", PAGE.replace("title_nl: Pagina\n", ""), "column title_nl: This column is needed"),
    (
        "an unknown name",
        "pages/a.md",
        PAGE.replace("title_en", "colour: red\ntitle_en"),
        "pages/a.md, column colour: There is no such name.",
    ),
    ("broken YAML", "pages/a.md", PAGE.replace("title_en: Page", "title_en: [Page"), "The front matter is not valid YAML (3)"),
    ("a name twice", "pages/a.md", PAGE.replace("title_en: Page", "title_en: A\ntitle_en: B"), "is there twice"),
    (
        "an alias",
        "pages/a.md",
        PAGE.replace("title_en: Page", "title_en: &a Page\nsummary_en: *a"),
        "anchors, aliases and tags are not allowed",
    ),
    ("an object", "pages/a.md", PAGE.replace("Page", "!!python/object/apply:os.system [ls]"), "anchors, aliases and tags are not allowed"),
    ("a list for a text", "pages/a.md", PAGE.replace("Page", "[a, b]"), "column title_en: Here belongs one value, not a list."),
    ("a mapping", "pages/a.md", PAGE.replace("Page", "{a: b}"), "title_en is neither a text nor a list."),
    ("a page in an unlikely place", "pages/A B.md", PAGE, "“A B” is not an address"),
    (
        "a page below nothing",
        "pages/a.md",
        PAGE.replace("title_en", "parent: none\ntitle_en"),
        "column parent: “none” is neither in pages/",
    ),
    (
        "an image without a credit",
        "images.csv",
        "key,file,alt_en,alt_nl,credit,licence\na,a.png,A,A,,CC0\n",
        "column credit: This cell may not be empty.",
    ),
    (
        "an image that is not there",
        "images.csv",
        "key,file,alt_en,alt_nl,credit,licence\na,a.png,A,A,Me,CC0\n",
        "images/a.png is not in the folder.",
    ),
    (
        "an image elsewhere",
        "images.csv",
        "key,file,alt_en,alt_nl,credit,licence\na,../a.png,A,A,Me,CC0\n",
        "images/../a.png is not in the folder.",
    ),
    ("an image that nobody names", "images/a.png", b"x", "images/a.png: No row of images.csv names this file."),
    (
        "a figure with separators",
        "facts.csv",
        "key,label_en,label_nl,value,source\na,A,A,13.000.000,doc\n",
        "column value: “13.000.000” is not valid",
    ),
    ("a removal from no table", "removals.csv", "table,key\nthings,a\n", "removals.csv, row 2, column table: There is no such table."),
    ("half a key", "removals.csv", "table,key\nnetwork_aims,leru\n", "column key: The key is: network | position."),
]


@pytest.mark.parametrize(("name", "content", "line"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_a_cell_or_file_that_is_wrong(countries: Load, folder: Folder, name: str, content: str | bytes, line: str) -> None:
    lines = refused(countries, folder({name: content}))
    assert any(line in each for each in lines), lines


TOGETHER = [
    (
        "an identifier that is none",
        {"organisations.csv": HOME, "organisation_identifiers.csv": "organisation,scheme,value\nhome,pic,12345\n"},
        "organisation_identifiers.csv, row 2, column value: “12345” is not valid: expected is a PIC of nine digits.",
    ),
    (
        "an Erasmus code written otherwise",
        {"organisations.csv": HOME, "organisation_identifiers.csv": "organisation,scheme,value\nhome,erasmus,NL  LEIDEN01\n"},
        "organisation_identifiers.csv, row 2, column value: Write this as “NL LEIDEN01”.",
    ),
    (
        "an identifier of two",
        {
            "organisations.csv": ABROAD,
            "organisation_identifiers.csv": "organisation,scheme,value\nhome,pic,999999999\nnear,pic,999999999\n",
        },
        "organisation_identifiers.csv, row 3, column value: 999999999 belongs to home too.",
    ),
    (
        "units in a circle",
        {
            "organisations.csv": HOME,
            "units.csv": UNITS + "a,A,home,faculty\nb,B,home,institute\nc,C,home,department\n",
            "unit_parents.csv": "unit,parent\nb,a\nc,b\na,c\n",
        },
        "unit_parents.csv, row 2, column parent: This reference runs in a circle.",
    ),
    (
        "a unit below itself",
        {"organisations.csv": HOME, "units.csv": UNITS + "a,A,home,faculty\n", "unit_parents.csv": "unit,parent\na,a\n"},
        "unit_parents.csv: The database refuses a row",
    ),
    (
        "a unit below another organisation's",
        {
            "organisations.csv": ABROAD,
            "units.csv": UNITS + "a,A,home,faculty\nb,B,abroad,institute\n",
            "unit_parents.csv": "unit,parent\nb,a\n",
        },
        "unit_parents.csv, row 2, column parent: The unit above belongs to another organisation.",
    ),
    (
        "programmes in a circle",
        {"programmes.csv": "key,title_en,title_nl,first_year,predecessor\na,A,A,2014,b\nb,B,B,2021,a\n"},
        "programmes.csv, row 3, column predecessor: This reference runs in a circle.",
    ),
    (
        "a period that ends first",
        {
            "organisations.csv": HOME,
            "organisation_names.csv": "organisation,value,valid_from,valid_until\nhome,Old,2020-01-01,2019-01-01\n",
        },
        "organisation_names.csv, row 2, column valid_until: The end lies before the beginning.",
    ),
    (
        "31 February",
        {"organisations.csv": HOME, "organisation_names.csv": "organisation,value,valid_from\nhome,Old,2020-02-31\n"},
        "organisation_names.csv, row 2, column valid_from: “2020-02-31” is not a date such as 2022-10-06.",
    ),
    (
        "a spelling of two countries",
        {"countries.csv": "iso2,aliases\nNL,Holland\nBE,Holland\n"},
        "countries.csv, row 3, column aliases: “Holland” already belongs to NL.",
    ),
    (
        "two statuses on a day",
        {
            "country_statuses.csv": "country,valid_from,valid_until,status,verification_status,source\n"
            "ET,2021-06-01,2022-06-01,partner,U,test\n"
        },
        "country_statuses.csv, row 2, column valid_from: Two statuses hold on 2021-06-01.",
    ),
    (
        "International Credit Mobility before 2015",
        {**FUNDING, "calls.csv": CALL.replace("2022", "2014")},
        "calls.csv, row 2, column year: International Credit Mobility exists since the call of 2015; 2014 is not possible.",
    ),
    (
        "a second call of a year",
        {**FUNDING, "calls.csv": CALL + "again,icm,2022,Call,Call,agency,national-agency\n"},
        "calls.csv, row 3, column year: This action has a call in this year already: call.",
    ),
    (
        "a call of Key Action 1 without National Agency",
        {**FUNDING, "calls.csv": "key,action,year,title_en,title_nl\ncall,icm,2022,Call,Call\n"},
        "calls.csv, row 2, column funder: A call of Key Action 1 refers to exactly one National Agency.",
    ),
    (
        "a partner in the programme's countries",
        {
            **FUNDING,
            "projects.csv": "key,call,title_en,title_nl\np,call,P,P\n",
            "project_partners.csv": "project,organisation\np,abroad\np,near\n",
        },
        "projects.csv, row 2: University Nearby lies in a programme country (Germany) and cannot be the partner of an ICM project.",
    ),
    (
        "no institution outside",
        {**FUNDING, "projects.csv": "key,call,title_en,title_nl\np,call,P,P\n", "project_partners.csv": "project,organisation\np,firm\n"},
        "projects.csv, row 2: An ICM project needs at least one higher education institution or recognised research organisation in a",
    ),
    (
        "four years",
        {
            **FUNDING,
            "projects.csv": "key,call,title_en,title_nl,starts_on,ends_on\np,call,P,P,2022-08-01,2026-07-31\n",
            "project_partners.csv": "project,organisation\np,abroad\n",
        },
        "projects.csv, row 2, column ends_on: A project of this call lasts at most 36 months; until 2025-07-31 at the latest.",
    ),
    (
        "published before it is complete",
        {
            **FUNDING,
            "projects.csv": "key,call,title_en,title_nl,state\np,call,P,P,published\n",
            "project_partners.csv": "project,organisation\np,abroad\n",
        },
        "projects.csv, row 2, column lay_summary_nl: Missing: summary for everybody (Dutch).",
    ),
    (
        "a home unit that is another's",
        {
            **FUNDING,
            "units.csv": UNITS + "a,A,abroad,faculty\n",
            "projects.csv": "key,call,title_en,title_nl,home_units\np,call,P,P,a\n",
            "project_partners.csv": "project,organisation\np,abroad\n",
        },
        "projects.csv, row 2, column home_units: a is no unit of the home institution.",
    ),
    (
        "a partner's unit that is another's",
        {
            **FUNDING,
            "units.csv": UNITS + "a,A,near,faculty\n",
            "projects.csv": "key,call,title_en,title_nl\np,call,P,P\n",
            "project_partners.csv": "project,organisation,unit\np,abroad,a\n",
        },
        "project_partners.csv, row 2, column unit: This unit belongs to another organisation.",
    ),
    (
        "a contact that is nobody",
        {"organisations.csv": HOME, "contacts.csv": "organisation,role\nhome,general\n"},
        "contacts.csv, row 2, column person: Give either a person or the name of a functional mailbox.",
    ),
    (
        "a list that names one twice",
        {**FUNDING, "units.csv": UNITS + "a,A,home,faculty\n", "projects.csv": "key,call,title_en,title_nl,home_units\np,call,P,P,a;a\n"},
        "projects.csv, row 2, column home_units: “a” is there twice.",
    ),
]


@pytest.mark.parametrize(("files", "line"), [case[1:] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_rows_that_do_not_go_together(countries: Load, folder: Folder, files: dict[str, str | bytes], line: str) -> None:
    lines = refused(countries, folder(files))
    assert any(line in each for each in lines), lines


def test_all_faults_are_told_at_once_in_either_language(countries: Load, folder: Folder) -> None:
    with pytest.raises(FolderRefused) as caught:
        countries(folder({"organisations.csv": ORGANISATIONS + "a,A,QQ,hei\nb,B,NL,school\n", "pages/a.md": "Text"}))
    assert [fault.file for fault in caught.value.faults] == ["organisations.csv", "organisations.csv", "pages/a.md"]
    assert next(caught.value.lines("nl")) == (
        "organisations.csv, rij 2, kolom country: ‘QQ’ staat niet in countries.csv en niet in de gegevens van deze installatie."
    )


def test_faults_are_counted_beyond_the_first_two_hundred(countries: Load, folder: Folder) -> None:
    rows = "".join(f"a{number},A,QQ,hei\n" for number in range(LIMIT + 50))
    lines = refused(countries, folder({"organisations.csv": ORGANISATIONS + rows}))
    assert len(lines) == LIMIT + 1
    assert lines[-1] == "… and 50 more"


def test_a_row_with_a_fault_makes_no_faults_of_rows_that_refer_to_it(countries: Load, folder: Folder) -> None:
    files: dict[str, str | bytes] = {"organisations.csv": ORGANISATIONS + "a,A,NL,school\n", "units.csv": UNITS + "u,U,a,faculty\n"}
    assert len(refused(countries, folder(files))) == 1


def test_links_and_special_files_are_refused(countries: Load, folder: Folder, tmp_path: Path) -> None:
    root = folder({"organisations.csv": HOME})
    (tmp_path / "secret.csv").write_text("key\n")
    (root / "units.csv").symlink_to(tmp_path / "secret.csv")
    (root / "pages").symlink_to(tmp_path)
    os.mkfifo(root / "facts.csv")
    (Path(os.fsdecode(os.fsencode(root) + b"/f\xff.csv"))).write_text("key\n")
    lines = refused(countries, root)
    assert lines == [
        r"f\udcff.csv: This name is not UTF-8.",
        "facts.csv: This is not an ordinary file.",
        "pages: This is a link; links are not followed.",
        "units.csv: This is a link; links are not followed.",
    ]


@pytest.mark.parametrize(
    ("bound", "value", "line"),
    [
        ("goliard.apps.transfer.csv_files.MOST_ROWS", 3, "organisations.csv, row 5: More than 3 rows."),
        ("goliard.apps.transfer.folder.LARGEST_FILE", 50, "organisations.csv: The file is larger than 0 MB."),
        ("goliard.apps.transfer.folder.LARGEST_FOLDER", 50, "the folder: The folder is too large."),
        ("goliard.apps.transfer.folder.MOST_FILES", 0, "the folder: The folder is too large."),
        ("goliard.apps.transfer.markdown_files.LARGEST_FRONT", 5, "pages/a.md: The front matter is longer than 5 characters."),
    ],
)
def test_sizes_are_bounded(countries: Load, folder: Folder, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, line: str) -> None:
    """The bounds are lowered, so that the test needs no folder of 300 MB."""
    files: dict[str, str | bytes] = {"organisations.csv": ABROAD, "pages/a.md": PAGE}
    monkeypatch.setattr(bound, value)
    assert line in refused(countries, folder(files))


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "is not a PNG, JPEG, WebP or GIF."),
        (b"GIF89a<html>", "is not a PNG, JPEG, WebP or GIF."),
        (b"%PDF-1.7", "is not a PNG, JPEG, WebP or GIF."),
        (b"", "is not a PNG, JPEG, WebP or GIF."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * (5 * 1024 * 1024), "is larger than 5 MB."),
    ],
)
def test_an_image_is_what_its_bytes_are(countries: Load, folder: Folder, content: bytes, because: str) -> None:
    rows = "key,file,alt_en,alt_nl,credit,licence\na,a.png,A,A,Me,CC0\n"
    assert refused(countries, folder({"images.csv": rows, "images/a.png": content})) == [f"images.csv, row 2, column file: a.png {because}"]


def test_what_is_still_used_is_not_removed(reference: Load, folder: Folder) -> None:
    reference(DEMO / "university")
    lines = refused(reference, folder({"removals.csv": "table,key\norganisations,essti\n"}))
    users = (
        "contacts.csv (essti | coordinator | International office, ESSTI (illustrative))",
        "project_partners.csv (icm-2020-ethiopia | essti)",
        "project_partners.csv (icm-2022-ethiopia | essti)",
    )
    assert lines == [f"removals.csv, row 2, column key: This is still used by: {', '.join(users)}."]


def test_the_rules_bind_projects_that_the_folder_touches_from_afar(reference: Load, folder: Folder) -> None:
    """Ethiopia becomes a programme country: its project cannot stay as it is."""
    reference(DEMO / "university")
    assert Project.objects.filter(key="icm-2022-ethiopia").exists()
    heading = "country,valid_from,status,verification_status,source\n"
    lines = refused(reference, folder({"country_statuses.csv": heading + "ET,2022-01-01,programme,U,test\n"}))
    assert any(
        "projects.csv: icm-2022-ethiopia: Ethiopian Space Science and Technology Institute lies in a programme" in line for line in lines
    ), lines


def test_a_byte_order_mark_and_semicolons_are_read(countries: Load, folder: Folder) -> None:
    report = countries(folder({"organisations.csv": "\ufeff" + HOME.replace(",", ";").replace("\n", "\r\n"), ".DS_Store": b"\0"}))
    assert [note.en for note in report.notes] == [
        ".DS_Store was left out (hidden).",
        "organisations.csv starts with a byte order mark; it was left out.",
    ]
    assert OrganisationName.objects.get().value == "Home University"


def test_rows_refer_to_rows_further_down(countries: Load, folder: Folder) -> None:
    countries(folder({"programmes.csv": "key,title_en,title_nl,first_year,predecessor\nb,B,B,2021,a\na,A,A,2014,\n"}))
    assert Programme.objects.get(key="b").predecessor == Programme.objects.get(key="a")
