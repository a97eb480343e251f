"""Agreements from the files of an office: 620 rows with planted faults, hostile files, and the round trip of our own table."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_country, a_small_university

from goliard.apps.agreements.choices import ImportMode
from goliard.apps.agreements.copies import canonical, copy_of
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, CooperationCondition, PlaceSplit, SubjectArea
from goliard.apps.agreements.services.imports.columns import KNOWN, missing, recognised
from goliard.apps.agreements.services.imports.exporting import table_rows
from goliard.apps.agreements.services.imports.importing import import_agreements, keep_import_file
from goliard.apps.agreements.services.imports.plan import Plan, plan_import
from goliard.apps.agreements.services.imports.sheets import MOST_ROWS, SheetRefused, read_sheet
from goliard.apps.institutions.models import Country, Organisation, OrganisationIdentifier, OrganisationName
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.names import search_key
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 20)
HEADING = [
    "Kenmerk", "HEI ID", "Erasmuscode", "Partnerinstelling", "Land", "Soort", "Faculteit", "Begindatum", "Einddatum", "Mobiliteit", "Uit",
    "In", "Maanden", "Eerste jaar", "Laatste jaar", "Niveau", "ISCED", "Taal", "Opzegtermijn", "Opmerking",
]  # fmt: skip
Row = list[object]


@pytest.fixture
def university(db: None) -> University:
    return a_small_university()


@pytest.fixture
def partners(university: University) -> list[Organisation]:
    """620 invented institutions; the first has codes, two share a name."""
    a_country("JP", "Japan", "Japan")
    land = university.partner.country
    rows = Organisation.objects.bulk_create(
        Organisation(key=f"fictional-{n:03}", name_en=f"Fictional University {n:03}", name_nl=f"Fictieve Universiteit {n:03}", country=land,
                     kind="hei", search_key=search_key([f"fictional {n:03}"]))
        for n in range(620)
    )  # fmt: skip
    OrganisationName.objects.create(organisation=rows[1], kind="alias", value="Old Name of One")
    for owner, name in ((rows[2], "Twin College"), (rows[3], "Twin College")):
        OrganisationName.objects.create(organisation=owner, kind="alias", value=name)
    OrganisationIdentifier.objects.create(organisation=rows[0], scheme="hei-id", value="fictional-zero.example")
    OrganisationIdentifier.objects.create(organisation=rows[4], scheme="erasmus", value="XX FICTION04")
    return rows


def good(n: int) -> Row:
    """A row without a fault."""
    return [
        f"imp-{n:03}", "", "", f"Fictional University {n:03}", "", "Erasmus+", "", date(2024, 9, 1), date(2029, 8, 31), "", 2, 3, 10, "",
        "", "6, 7", "0421", "en B2", 6, "",
    ]  # fmt: skip


def where(heading: str) -> int:
    return HEADING.index(heading)


# what is planted in which column, and what is said about it
PLANTED: list[tuple[str, object, str]] = [
    ("Partnerinstelling", "", "The partner is missing."),
    (
        "Partnerinstelling",
        "Fictional Universty 017",
        "No institution is called “Fictional Universty 017”. Did you mean: Fictional University 017",
    ),
    ("Partnerinstelling", "Twin College", "Several institutions are called so: fictional-002, fictional-003."),
    ("Partnerinstelling", "Home", "This is the home institution."),
    ("HEI ID", "nowhere.example", "No institution has “nowhere.example”."),
    ("HEI ID", "fictional-zero.example", "another cell says"),
    ("Erasmuscode", "XX NOWHERE99", "No institution has “XX NOWHERE99”."),
    ("Erasmuscode", "xx  fiction04", "another cell says"),
    ("Land", "Atlantis", "The country “Atlantis” is not known."),
    ("Land", "Japan", "is in Netherlands"),
    ("Soort", "friendship", "“friendship” is none of"),
    ("Soort", "", "This cell is empty."),
    ("Faculteit", "Faculty of Astrology", "The institution has no unit “Faculty of Astrology”."),
    ("Begindatum", "sometime", "“sometime” is not a date"),
    ("Begindatum", "13/31/2024", "“13/31/2024” is not a date"),
    ("Begindatum", 99999999, "“99999999” is not a date"),
    ("Einddatum", date(2019, 1, 1), "The end lies before the beginning."),
    ("Einddatum", "", "This cell is empty."),
    ("Einddatum", "31-12-9999", "is too far away"),
    ("Mobiliteit", "holiday", "“holiday” is none of"),
    ("Uit", -2, "“-2” is not a whole number"),
    ("Uit", 2.5, "“2.5” is not a whole number"),
    ("Uit", 5000, "“5000” is not a whole number from 0 to 1000."),
    ("In", "two", "“two” is not a whole number"),
    ("In", True, "This is TRUE or FALSE."),
    ("Maanden", "ten", "“ten” is no number of months or days."),
    ("Eerste jaar", "2024-2026", "2024/2026"),
    ("Laatste jaar", "2020/2021", "The last year lies before the first."),
    ("Niveau", "9", "9"),
    ("Niveau", "3", "Only the levels 5 to 8."),
    ("ISCED", "9999", "9999"),
    ("Taal", "English, good", "English, good"),
    ("Taal", "en D4", "en D4"),
    ("Opzegtermijn", "half a year", "“half a year” is not a whole number"),
    ("Opmerking", "=HYPERLINK(A1)", "This is a formula; paste its value."),
    ("Opmerking", "x" * 2001, "2001 characters; at most 2000."),
    ("Opmerking", "safe\u202etxt", "There are invisible control characters here."),
]


def workbook(rows: list[Row], heading: list[str] | None = None, change: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (heading or HEADING, *rows):
        sheet.append(row)
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def planned(content: bytes) -> Plan:
    sheet = read_sheet(content, KNOWN)
    assert missing(recognised(sheet)) == []
    return plan_import(sheet, recognised(sheet), today=TODAY)


def imported(content: bytes, mode: ImportMode = ImportMode.ALL) -> Plan:
    sheet = read_sheet(content, KNOWN)
    stored = keep_import_file(content=content, name="agreements.xlsx", actor=system("test"), now=NOW)
    return import_agreements(stored=stored, sheet=sheet, mapped=recognised(sheet), mode=mode, actor=system("test"), now=NOW, today=TODAY)


def planted_file(university: University) -> tuple[bytes, dict[int, str]]:
    """620 rows; some have a fault of which the reason is known."""
    an_agreement(university, key="imp-600", state="in-effect")
    rows, told = [good(n) for n in range(620)], {}
    for place, (heading, value, because) in enumerate(PLANTED):
        n = 10 + 15 * place
        rows[n][where(heading)] = value
        told[n + 2] = because
    rows[601] = list(rows[5])  # the same row twice
    told[603] = "This row is the same as row 7."
    told[602] = "The agreement “imp-600” is there already."
    rows[602][where("Uit")] = rows[602][where("In")] = 0
    told[604] = "There are no places either way."
    rows[604][0] = "imp-603"  # one key for two partners: neither gets in
    told[606] = "Row 605 has the same key, with another partner, kind, faculty or period."
    told[605] = "Row 606 of the same agreement has a fault."

    def oddities(book: Workbook) -> None:
        sheet = book.active
        assert sheet is not None
        sheet.merge_cells("D608:D609")
        sheet.cell(612, where("Uit") + 1).value = "=1+1"
        sheet.cell(613, where("Uit") + 1).value = "#REF!"
        sheet.cell(1, 1).font = Font(bold=True)

    told |= {608: "This cell is merged", 609: "This cell is merged", 612: "This is a formula", 613: "This is an error value"}
    return workbook(rows, change=oddities), told


def test_every_planted_fault_is_named_and_nothing_wrong_gets_in(university: University, partners: list[Organisation]) -> None:
    content, told = planted_file(university)
    assert len(set(told.values())) >= 30
    plan = planned(content)
    assert plan.rows == 620
    said: dict[int, list[str]] = {}
    for fault in plan.faults:
        said.setdefault(fault.row, []).append(fault.because.en)
        assert fault.because.nl != fault.because.en
    assert sorted(said) == sorted(told), "every planted row, and no other"
    for row, because in told.items():
        assert any(because in text for text in said[row]), (row, because, said[row])
    before = Agreement.objects.count()
    with pytest.raises(Refused):
        imported(content)
    assert Agreement.objects.count() == before
    assert not JournalEntry.objects.filter(verb="import-agreements").exists()
    done = imported(content, ImportMode.GOOD)
    assert len(done.agreements) == Agreement.objects.count() - before == 620 - len(told)
    assert JournalEntry.objects.filter(verb="import-agreements").count() == 1
    keys = set(Agreement.objects.values_list("key", flat=True)) - {"imp-600"}
    assert keys.isdisjoint({f"imp-{row - 2:03}" for row in told})
    version = AgreementVersion.objects.get(agreement__key="imp-000")
    assert (version.state, version.content) == ("agreed", canonical(copy_of(version)))
    assert Agreement.objects.get(key="imp-000").search_key.find("000") > 0


def test_dates_kinds_and_names_as_offices_write_them(university: University, partners: list[Organisation]) -> None:
    rows = [good(0), good(1), good(4), good(5)]
    rows[0][1:4] = ["FICTIONAL-ZERO.example", "", ""]
    rows[1][3] = "old name of ONE"
    rows[2][2:4] = ["XX FICTION04", ""]
    rows[0][7:9] = ["1-9-2024", "31 augustus 2029"]
    rows[1][7:9] = [45536, "2029-08-31"]
    rows[2][7:9] = ["01/09/2024", "31.08.2029"]
    rows[3][7:9] = ["1 sep 2024".replace("sep", "september"), "31 August 2029"]
    for row, kind in zip(rows, ("mou", "Erasmus+", "bilateraal", "memorandum van overeenstemming"), strict=True):
        row[5] = kind if kind != "memorandum van overeenstemming" else "memorandum of understanding"
    plan = planned(workbook(rows))
    assert plan.faults == []
    assert {(each.starts_on, each.ends_on) for each in plan.agreements} == {(date(2024, 9, 1), date(2029, 8, 31))}
    assert [each.kind for each in plan.agreements] == ["mou", "iia-programme", "exchange", "mou"]
    assert [each.partners[0].key for each in plan.agreements] == ["fictional-000", "fictional-001", "fictional-004", "fictional-005"]


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";")])
def test_csv_in_every_dress(university: University, partners: list[Organisation], encoding: str, delimiter: str) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    rows = [good(n) for n in range(3)]
    rows[0][19] = "café"
    writer.writerows([["Overzicht"], [], HEADING, *rows])
    plan = planned(stream.getvalue().encode(encoding))
    assert (len(plan.agreements), plan.faults) == (3, [])
    assert plan.agreements[0].note == "café"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (70 * 1024 * 1024))
    return stream.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    stream = io.BytesIO(workbook([good(0)]))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


HOSTILE = [
    (lambda: b"", "This file is empty."),
    (lambda: b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old (.xls) or protected"),
    (lambda: b"PK\x03\x04 not a zip", "no readable XLSX"),
    (bomb, "too large when it is unpacked"),
    (lambda: with_part("xl/vbaProject.bin", b"macro"), "holds macros"),
    (lambda: with_part("xl/evil.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "holds entities"),
    (lambda: bytes(range(256)), "no text that can be read"),
    (lambda: b'Partner,Soort\n"never closed\n' + b"x" * 200_000, "not well formed"),
    (lambda: b"Partner;" * 80 + b"\nx\n", "more than 60 columns"),
    (lambda: b"Partner,Soort\n", "no row below the headings"),
    (lambda: b"Partner,Soort\n" + b"x,mou\n" * (MOST_ROWS + 30), f"more than {MOST_ROWS} rows"),
    (lambda: workbook([], change=lambda book: book.active.cell(5, 90, "far away") and None), "There are more than 60 columns."),
    (lambda: workbook([], change=lambda book: book.active.cell(30_000, 1, "far away") and None), "goes on beyond row 20000"),
    (lambda: with_part("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c r='A1' t='n'><v>x</v>"), ""),
]


@pytest.mark.parametrize(("content", "because"), HOSTILE)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_files_are_refused(university: University, content: Callable[[], bytes], because: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(content(), KNOWN)
    assert because in refused.value.because.en


def forget_agreements() -> None:
    for model in (SubjectArea, PlaceSplit, CooperationCondition, AgreementVersion, AgreementParty, Agreement):
        model.objects.all().delete()


def test_our_own_table_comes_back_the_same(university: University) -> None:
    first = an_agreement(university, state="in-effect", key="one")
    CooperationCondition.objects.filter(version__agreement=first).update(position=1)
    before = canonical(copy_of(AgreementVersion.objects.get()))
    rows = list(table_rows(Agreement.objects.all(), "nl"))
    assert len(rows) == 2, "both directions say the same: one row"
    forget_agreements()
    imported(workbook([list(row) for row in rows[1:]], heading=[str(cell) for cell in rows[0]]))
    version = AgreementVersion.objects.get()
    assert (version.agreement.key, version.agreement.state, version.content) == ("one", "in-effect", before)


def test_a_multilateral_agreement_with_shares_comes_back_the_same(university: University, partners: list[Organisation]) -> None:
    heading = [*HEADING, "Overige partijen", "Andere kant", "Verdeling", "Onze eenheid", "Blended", "Overige afspraken"]
    alone = ["", "", "", "", "", ""]
    rows = [
        [*good(0), "fictional-zero.example; Fictional University 005; XX FICTION04", "", "Law 1; science: 1", "Law", "ja", "Bring a gown."],
        [*good(5), "Fictional University 004; fictional-000", *alone[1:]],
        [*good(4), "Fictional University 005; fictional-000", "Fictional University 005", *alone[2:]],
        [*good(6), *alone],
    ]
    for row in rows[:3]:
        row[0] = "ring"
    imported(workbook(rows, heading=heading))
    ring = Agreement.objects.get(key="ring")
    assert [party.organisation.key for party in ring.parties.all()] == ["home", "fictional-000", "fictional-005", "fictional-004"]
    conditions = list(CooperationCondition.objects.filter(version__agreement=ring))
    assert [(each.sending.key, each.receiving.key, each.mobilities_per_year) for each in conditions] == [
        ("home", "fictional-000", 2), ("fictional-000", "home", 3), ("home", "fictional-005", 2), ("fictional-005", "home", 3),
        ("fictional-005", "fictional-004", 2), ("fictional-004", "fictional-005", 3),
    ]  # fmt: skip
    assert [(split.unit.key, split.places) for split in conditions[0].splits.all()] == [("law", 1), ("science", 1)]
    assert (conditions[0].sending_unit, conditions[0].is_blended, conditions[0].other_terms) == (university.law, True, "Bring a gown.")
    before = {each.agreement.key: each.content for each in AgreementVersion.objects.all()}
    shares = list(PlaceSplit.objects.values_list("unit__key", "places"))
    table = list(table_rows(Agreement.objects.all(), "en"))
    forget_agreements()
    imported(workbook([list(row) for row in table[1:]], heading=[str(cell) for cell in table[0]]))
    assert {each.agreement.key: each.content for each in AgreementVersion.objects.all()} == before
    assert list(PlaceSplit.objects.values_list("unit__key", "places")) == shares


WRONG_SIDES: list[tuple[str, object, str]] = [
    ("Overige partijen", "Nobody", "No institution is called “Nobody”."),
    ("Overige partijen", "Home", "The home institution is a party already."),
    ("Overige partijen", "; ".join(["Fictional University 001"] * 41), "At most 40 parties."),
    ("Andere kant", "Fictional University 009", "This is no party; name it among the further parties."),
    ("Andere kant", "Fictional University 000", "Sender and receiver are the same."),
    ("Verdeling", "Law 3", "The units get 3 places together; there are 2."),
    ("Verdeling", "Law 1; law 1", "Law stands there twice."),
    ("Verdeling", "Alchemy 1", "The institution has no unit “Alchemy”."),
    ("Verdeling", "Law", "“Law” is no unit with a number."),
    ("Onze eenheid", "Alchemy", "The institution has no unit “Alchemy”."),
    ("Blended", "perhaps", "“perhaps” is neither yes nor no."),
]


@pytest.mark.parametrize(("heading", "value", "because"), WRONG_SIDES)
def test_parties_and_shares_that_cannot_be(
    university: University, partners: list[Organisation], heading: str, value: object, because: str
) -> None:
    more = ["Overige partijen", "Andere kant", "Verdeling", "Onze eenheid", "Blended"]
    row = [*good(0), *([""] * len(more))]
    row[len(HEADING) + more.index(heading)] = value
    plan = planned(workbook([row], heading=[*HEADING, *more]))
    assert plan.agreements == []
    assert [fault.because.en for fault in plan.faults] == [because]


def test_only_our_own_places_are_shared(university: University, partners: list[Organisation]) -> None:
    row = [*good(0), "Fictional University 001", "Fictional University 001", "Law 1"]
    plan = planned(workbook([row], heading=[*HEADING, "Overige partijen", "Andere kant", "Verdeling"]))
    assert [fault.because.en for fault in plan.faults] == ["Only our own places are shared out."]


def test_a_mapping_without_what_is_needed_is_refused(university: University) -> None:
    content = b"Naam,Opmerking\nFictional,x\n"
    sheet = read_sheet(content, KNOWN)
    assert next(each.en for each in missing(recognised(sheet))) == "The column “kind of agreement” is missing."
    with pytest.raises(Refused):
        imported(content)
    assert Country.objects.exists()
