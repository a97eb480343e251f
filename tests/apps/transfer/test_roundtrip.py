"""What a dump writes, a load gives back: letter by letter, whatever people wrote."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image as Drawing
from tests.apps.transfer.conftest import DEMO, NOW, Load

from goliard.apps.content.models import Image, NewsItem, Page, PageVersion, PublishedFact
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.models import Country, Organisation, OrganisationName, OrganizationalUnit
from goliard.apps.journal.models import EntryDetails, JournalEntry
from goliard.apps.people.models import Person, PersonEmail
from goliard.apps.projects.models import Project, ProjectHomeUnit
from goliard.apps.transfer.csv_files import parse_sheet, render_sheet
from goliard.apps.transfer.faults import Faults
from goliard.apps.transfer.markdown_files import parse_document, render_document
from goliard.apps.transfer.services.dump import FolderNotEmpty, dump_folder
from goliard.apps.transfer.services.load import VERB
from goliard.apps.transfer.tables import TABLES

Folder = Callable[[dict[str, str | bytes]], Path]
UNIVERSITY = DEMO / "university"
UNNAMED = {"README.md"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def empty_database() -> None:
    """Take away every row that a folder can hold, in the reverse order of writing."""
    for table in reversed(TABLES):
        for column in table.columns:
            if column.refers_to == table.name:
                table.model._default_manager.update(**{column.field: None})
        table.model._default_manager.all().delete()
    StoredFile.objects.all().delete()


def picture(colour: str) -> bytes:
    stream = io.BytesIO()
    Drawing.new("RGB", (4, 3), colour).save(stream, "PNG")
    return stream.getvalue()


def awkward(person: uuid.UUID) -> dict[str, object]:
    """What the rows of the test below say."""
    names = OrganisationName.objects.filter(organisation__is_home=True).order_by("value")
    return {
        "project": Project.objects.values_list("lay_summary_en", "award_cents").get(key="icm-2022-cuba"),
        "page": Page.objects.values_list("body_nl", "body_en", "summary_en").get(path="erasmus"),
        "names": list(names.values_list("kind", "language", "script", "value", "valid_from", "valid_until")),
        "emails": list(PersonEmail.objects.filter(person__public_id=person).values_list("email", "is_preferred")),
        "image": Image.objects.values_list("credit", "file__sha256", "file__content_type").get(key="map"),
    }


def test_the_university_comes_back_letter_by_letter(reference: Load, tmp_path: Path) -> None:
    reference(UNIVERSITY)
    counts = dump_folder(folder=tmp_path / "first").counts
    assert counts["projects.csv"] == 28
    assert counts["pages/"] == len(list(UNIVERSITY.rglob("pages/**/*.md")))
    empty_database()
    assert not Organisation.objects.exists()
    assert not Country.objects.exists()
    reference(tmp_path / "first")
    dump_folder(folder=tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert reference(UNIVERSITY).changes == 0, "the folder that people wrote says the same"


def test_awkward_rows_come_back(reference: Load, folder: Folder, tmp_path: Path) -> None:
    """Dated names, formulas, line ends, quotes, several addresses, images, blocks that look like marks."""
    reference(UNIVERSITY)
    home = Organisation.objects.get(is_home=True)
    names = [
        OrganisationName(organisation=home, kind="official", language="en", value="Academy of Leiden", valid_until=date(1815, 12, 31)),
        OrganisationName(
            organisation=home, kind="official", language="la", value='Academia "Lugduno, Batava"', valid_from=date(1575, 2, 8)
        ),
        OrganisationName(organisation=home, kind="alias", language="", value="=cmd|' /C calc'!A0"),
        OrganisationName(organisation=home, kind="alias", language="", value="'+31 71"),
        OrganisationName(organisation=home, kind="alias", language="", value="'t Hart"),
    ]
    OrganisationName.objects.bulk_create(names)
    person = Person.objects.order_by("family_name").first()
    assert person is not None
    PersonEmail.objects.create(person=person, email="a@example.org")
    Project.objects.filter(key="icm-2022-cuba").update(lay_summary_en='-1\r\nline; with "quotes", comma\ttab', award_cents=0)
    Page.objects.filter(path="erasmus").update(
        body_nl="\n<!-- nl -->\n\\<!-- en -->\r\n\n", body_en="---\n\n- a\n\n", summary_en="yes: #1 'no'"
    )
    reference(
        folder(
            {
                "images.csv": "key,file,alt_en,alt_nl,credit,licence,source_url\nmap,x.dat,Map,Kaart,@Own drawing,CC0,https://example.org/?a=b\n",
                "images/x.dat": picture("teal"),
            }
        )
    )
    dump_folder(folder=tmp_path / "first")
    organisation_names = (tmp_path / "first" / "organisation_names.csv").read_text()
    assert "\"'=cmd" not in organisation_names
    assert ",'=cmd|' /C calc'!A0\n" in organisation_names
    assert ",''+31 71\n" in organisation_names
    assert ",'t Hart\n" in organisation_names
    before = awkward(person.public_id)
    empty_database()
    reference(tmp_path / "first")
    after = awkward(person.public_id)
    assert after == before
    dump_folder(folder=tmp_path / "second")
    assert contents(tmp_path / "first") == contents(tmp_path / "second")
    assert (tmp_path / "second" / "images" / "map.png").read_bytes() == picture("teal")


def test_an_organisation_that_was_made_without_name_rows_keeps_its_name(reference: Load, tmp_path: Path) -> None:
    Organisation.objects.create(key="bare", name_en="Bare", name_nl="Kaal", acronym="B", kind="hei", country=Country.objects.get(iso2="NL"))
    dump_folder(folder=tmp_path / "first")
    empty_database()
    reference(tmp_path / "first")
    bare = Organisation.objects.get(key="bare")
    assert (bare.name_en, bare.name_nl, bare.acronym) == ("Bare", "Kaal", "B")


def test_a_dump_never_writes_between_other_files(db: None, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderNotEmpty):
        dump_folder(folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_dump_never_leaves_its_folder_and_says_what_a_load_will_refuse(reference: Load, tmp_path: Path) -> None:
    texts = {"title_en": "A", "title_nl": "A", "body_en": "A", "body_nl": "A"}
    Page.objects.create(path="../../outside", **texts)
    Page.objects.create(path="Upper Case", **texts)
    home = Organisation.objects.create(
        key="home", name_en="Home", name_nl="Home", kind="hei", country=Country.objects.get(iso2="NL"), website="ftp://example.org"
    )
    OrganisationName.objects.bulk_create(OrganisationName(organisation=home, kind="short", language="en", value=each) for each in "AB")
    report = dump_folder(folder=tmp_path / "a" / "b" / "dump")
    assert [fault.line("en") for fault in report.faults] == [
        "organisations.csv, column website: home: “ftp://example.org” is not an http or https address.",
        "organisation_names.csv: home | short | en | undated: this key is there twice.",
        "pages/, column path: ../../outside: “../../outside” is not an address: small letters, digits, hyphens, slashes.",
        "pages/, column path: Upper Case: “Upper Case” is not an address: small letters, digits, hyphens, slashes.",
    ]
    assert [path.name for path in tmp_path.rglob("*.md")] == []


def test_persons_whom_nothing_names_stay_out(reference: Load, tmp_path: Path) -> None:
    reference(UNIVERSITY)
    Person.objects.create(given_name="Student", family_name="Unnamed")
    assert dump_folder(folder=tmp_path / "dump").counts["persons.csv"] == 5
    assert b"Unnamed" not in (tmp_path / "dump" / "persons.csv").read_bytes()


def test_dry_run_tells_what_would_change_and_changes_nothing(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    entries = JournalEntry.objects.count()
    report = reference(
        folder(
            {
                "facts.csv": "key,value\nnationalities,123\n",
                "organisations.csv": "key,name_en,country,kind\nnew,Newly Found University,ET,hei\n",
                "projects.csv": "key,home_units\nicm-2022-japan,isga;leiden-humanities\n",
            }
        ),
        dry_run=True,
    )
    assert list(report.lines("en", details=True)) == [
        "organisations: 1 new",
        "  + new",
        "organisation_names: 1 new",
        "  + new | official | en | undated",
        "projects: 0 new, 1 changed",
        "  ~ icm-2022-japan",
        "      home_units: “isga” → “isga;leiden-humanities”",
        "facts: 0 new, 1 changed",
        "  ~ nationalities",
        "      value: “122” → “123”",
        "4 rows would change; nothing was written.",
    ]
    assert not Organisation.objects.filter(key="new").exists()
    assert PublishedFact.objects.get(key="nationalities").value == "122"
    assert JournalEntry.objects.count() == entries


def test_a_dry_run_stores_no_bytes(reference: Load, folder: Folder) -> None:
    rows = "key,file,alt_en,alt_nl,credit,licence\na,a.png,A,A,Me,CC0\n"
    report = reference(folder({"images.csv": rows, "images/a.png": picture("red")}), dry_run=True)
    assert report.changes == 1
    assert not StoredFile.objects.exists()


def test_columns_that_a_file_leaves_out_are_left_alone(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    report = reference(folder({"organisations.csv": "key,city\nessti,Entoto\n"}))
    assert report.counts["organisations"] == {"new": 0, "changed": 1, "removed": 0, "unchanged": 0}
    essti = Organisation.objects.get(key="essti")
    assert (essti.city, essti.name_en, essti.acronym) == ("Entoto", "Ethiopian Space Science and Technology Institute", "ESSTI")
    assert "entoto" in essti.search_key


def test_a_new_name_takes_the_place_of_the_old_one(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    names = "organisation,kind,language,value,valid_until\nessti,official,en,Ethiopian Space Science and Technology Institute,2021-12-31\n"
    reference(
        folder(
            {
                "organisations.csv": "key,name_en\nessti,Space Science and Geospatial Institute\n",
                "organisation_names.csv": names,
            }
        )
    )
    essti = Organisation.objects.get(key="essti")
    assert essti.name_en == "Space Science and Geospatial Institute"
    assert "ethiopian space science and technology institute" in essti.search_key, "the old name is still found"


def test_removals_take_away_and_the_second_time_nothing(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    root = folder(
        {
            "removals.csv": "table,key\norganisations,second-partner-south-africa\n"
            "project_partners,icm-2022-south-africa | second-partner-south-africa\n"
        }
    )
    assert reference(root).changes == 2
    assert Organisation.objects.filter(partnerships__project__call__key="icm-2022").distinct().count() == 16
    assert reference(root).changes == 0


def test_lists_say_everything(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    reference(
        folder(
            {
                "projects.csv": "key,home_units\nicm-2022-ethiopia,e-road;leiden-observatory\n",
                "countries.csv": "iso2,aliases\nCO,Kolumbien\n",
            }
        )
    )
    rows = ProjectHomeUnit.objects.filter(project__key="icm-2022-ethiopia").order_by("position")
    assert [(row.unit.key, row.position) for row in rows] == [("e-road", 1), ("leiden-observatory", 2)]
    colombia = Country.objects.get(iso2="CO")
    assert [alias.name for alias in colombia.aliases.all()] == ["Kolumbien"]
    assert "kolumbien" in colombia.search_key
    assert "columbia" not in colombia.search_key


def test_a_page_that_changes_keeps_what_it_said(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    was = Page.objects.get(path="erasmus/ka2")
    reference(folder({"pages/erasmus/ka2.md": "---\nposition: 7\n---\n<!-- en -->\nNew\n<!-- nl -->\nNieuw\n"}))
    page = Page.objects.get(path="erasmus/ka2")
    assert (page.body_en, page.body_nl, page.position, page.title_en, page.version) == ("New", "Nieuw", 7, was.title_en, 2)
    assert PageVersion.objects.values_list("version", "body_nl").get(page=page) == (1, was.body_nl)


def test_news_lists_its_examples_in_order(reference: Load) -> None:
    reference(UNIVERSITY)
    item = NewsItem.objects.get()
    assert [row.project.country.iso2 for row in item.featured.all() if row.project.country] == ["ET", "JP", "US"]


def test_one_journal_entry_a_load(reference: Load) -> None:
    report = reference(UNIVERSITY)
    entry = JournalEntry.objects.filter(verb=VERB).order_by("pk").last()
    assert entry is not None
    assert (entry.subject_type, entry.subject_id, entry.recorded_at) == ("folder", report.folder[:32], NOW)
    details = EntryDetails.objects.get(entry=entry).content
    assert f'"folder":"{report.folder}"' in details
    assert '"organisations":{"changed":0,"new":34,"removed":0,"unchanged":0}' in details
    assert JournalEntry.objects.filter(verb=VERB).count() == 2, "the reference data and the university"


def test_units_merge_and_stand_below_units_of_the_same_folder(reference: Load, folder: Folder) -> None:
    reference(UNIVERSITY)
    reference(
        folder(
            {
                "units.csv": "key,name_en,organisation,kind,merged_into,valid_until\n"
                "old,Old Institute,leiden-university,institute,young,2020-08-31\nyoung,Young Institute,leiden-university,institute,,\n",
                "unit_parents.csv": "unit,parent,valid_from,valid_until\n"
                "young,leiden-law-school,,2021-12-31\nyoung,leiden-science,2022-01-01,\n",
            }
        )
    )
    young = OrganizationalUnit.objects.get(key="young")
    assert OrganizationalUnit.objects.get(key="old").merged_into == young
    assert [row.parent.key for row in young.parents.order_by("parent__key")] == ["leiden-law-school", "leiden-science"]


CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30).map(str.strip)


@given(rows=st.lists(st.tuples(CELL, CELL), max_size=6))
@example(rows=[("=1+1", "'=1+1"), ("-1", "- a"), ("@x", "''@x"), ("a\r\nb", '"'), (",", ";")])
def test_any_cell_comes_back_and_none_is_a_formula(rows: list[tuple[str, str]]) -> None:
    faults = Faults()
    written = render_sheet(("a", "b"), rows).decode()
    sheet = parse_sheet(written, "t.csv", faults)
    assert faults.total == 0
    assert sheet is not None
    assert [cells for _, cells in sheet.rows] == [row for row in rows if any(row)]


PIECES = ["<!-- nl -->", "<!-- en -->", "\n---\n", "\\<!-- nl -->", *"a \n\r\\-<!>#'"]
BODY = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(nl=BODY, en=BODY, title=CELL)
def test_any_text_comes_back(nl: str, en: str, title: str) -> None:
    written = render_document({"title": title, "many": ["a", "b"]}, {"nl": nl, "en": en}).decode()
    front, texts = parse_document(written)
    assert texts == {"nl": nl, "en": en}
    assert front["many"] == ["a", "b"]
    assert front["title"] == title
