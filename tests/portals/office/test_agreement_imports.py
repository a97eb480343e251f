"""The office imports agreements: upload, columns, what every row would do, the good rows; and what it refuses."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university
from tests.portals.public.reading import words

from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.agreements.models import Agreement, ImportRun
from goliard.apps.agreements.services.imports.runs import run_imports
from goliard.apps.documents.models import StoredFile
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db
TABLE = "Kenmerk;Wie;Soort;Begindatum;Einddatum;Uit\na;Partner;Erasmus+;1-9-2024;31-8-2029;2\nb;Nobody;Erasmus+;1-9-2024;31-8-2029;2\n"


@pytest.fixture
def university(db: None) -> University:
    return a_small_university()


@pytest.fixture
def officer(university: University, settings, client: Client) -> Client:
    settings.GOLIARD_TOTP_ROLES = []
    user = invite(email="officer@example.org", display_name="Officer", actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=timezone.now())
    client.force_login(user)
    return client


def uploaded(officer: Client, content: bytes = TABLE.encode(), name: str = "table.csv") -> str:
    response = officer.post("/en/office/import/agreements/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()[:2000]
    return str(response["Location"])


def test_upload_choose_columns_look_and_import_the_good_rows(officer: Client) -> None:
    address = uploaded(officer)
    assert "No column names the partner." in words(officer.get(address).content.decode())
    chosen = {"c0": "key", "c1": "partner", "c2": "kind", "c3": "starts_on", "c4": "ends_on", "c5": "places_out"}
    said = words(officer.get(address, chosen).content.decode())
    assert "1 agreement from 1 rows would be imported. 1 row has faults." in said
    assert "No institution is called “Nobody”." in said
    assert "“Nobody”" in officer.get(f"{address}faults.csv", chosen).content.decode()
    assert Agreement.objects.count() == 0
    refused = officer.post(address, {**chosen, "mode": "all"})["Location"]
    assert "0 of 2 rows read" in words(officer.get(refused).content.decode())
    assert officer.post(address, {**chosen, "mode": "good"})["Location"] == refused, "the file waits already"
    work()
    assert "Some rows have faults; nothing was imported." in words(officer.get(refused).content.decode())
    assert "Er zijn rijen met fouten" in words(officer.get(refused.replace("/en/", "/nl/")).content.decode())
    assert Agreement.objects.count() == 0
    done = officer.post(address, {**chosen, "mode": "good"})["Location"]
    work()
    said = words(officer.get(done).content.decode())
    assert "1 agreement from 1 of 2 rows is imported. 1 fault was left out." in said
    assert list(Agreement.objects.values_list("key", "state")) == [("a", "in-effect")]
    assert list(JournalEntry.objects.filter(verb__contains="import").order_by("pk").values_list("verb", flat=True)) == [
        "ask-import", "ask-import", "import-agreements",
    ]  # fmt: skip
    again = words(officer.get(address, chosen).content.decode())
    assert "The agreement “a” is there already." in again
    assert "table.csv" in words(officer.get("/en/office/import/agreements/").content.decode())


def test_without_columns_nothing_is_asked_for(officer: Client) -> None:
    address = uploaded(officer)
    assert "No column names the partner." in words(officer.post(address, {"c0": "key", "mode": "all"}).content.decode())
    assert not ImportRun.objects.exists()


def work() -> None:
    """What the importer does every two seconds."""
    run_imports(worker="test", clock=timezone.now)


def test_dutch(officer: Client) -> None:
    address = uploaded(officer).replace("/en/", "/nl/")
    said = words(
        officer.get(address, {"c1": "partner", "c2": "kind", "c3": "starts_on", "c4": "ends_on", "c5": "places_out"}).content.decode()
    )
    assert "1 overeenkomst uit 1 rijen zou worden ingevoerd. 1 rij heeft fouten." in said


@pytest.mark.parametrize(
    ("content", "because"),
    [(b"", "empty"), (b"PK\x03\x04", "no readable XLSX"), (b"<html><script>alert(1)</script>", "no row below"), (b"x" * 5_242_881, "5 MB")],
)
def test_what_is_no_table_is_refused_and_not_kept(officer: Client, content: bytes, because: str) -> None:
    response = officer.post("/en/office/import/agreements/", {"file": SimpleUploadedFile("evil.xlsx", content)})
    assert because in response.content.decode()
    assert response.status_code in {200, 422}
    assert StoredFile.objects.count() == 0


def test_script_in_cells_stays_text(officer: Client) -> None:
    address = uploaded(officer, b"Partner;Soort;Begin;Einde\n<script>alert(1)</script>;mou;1-1-2024;1-1-2029\n")
    html = officer.get(address).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_table_of_all_agreements(officer: Client, university: University) -> None:
    an_agreement(university, state="in-effect")
    lines = officer.get("/en/office/agreements/table.csv").content.decode().splitlines()
    assert lines[0].startswith("key,title,HEI ID,Erasmus code,partner key,partner")
    assert lines[1].startswith("partner-2026,Exchange with Partner,,,partner,Partner,NL,,exchange,in-effect")
    assert officer.get("/en/office/agreements/table.xlsx").content[:2] == b"PK"
    assert officer.get("/en/office/agreements/table.exe").status_code == 404
