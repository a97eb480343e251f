"""The register of organisations, as an officer works with it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from tests.factories.university import a_country, a_small_university
from tests.portals.office.conftest import SignIn

from goliard.apps.institutions.models import Organisation, OrganisationIdentifier, OrganisationName
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def form(**changes: str) -> dict[str, str]:
    """A filled form for a new organisation."""
    filled = {
        "seen": "",
        "key": "kyoto-fictional",
        "kind": "hei",
        "country": "Netherlands (NL)",
        "name_status": "confirmed",
        "is_public": "on",
        "names-TOTAL_FORMS": "1",
        "names-INITIAL_FORMS": "0",
        "names-0-kind": "official",
        "names-0-language": "en",
        "names-0-value": "Fictional University of Kyoto",
        "identifiers-TOTAL_FORMS": "0",
        "identifiers-INITIAL_FORMS": "0",
    }
    return filled | changes


def test_an_officer_adds_an_organisation_with_its_name(officer: Client) -> None:
    a_country()
    response = officer.post("/en/office/organisations/new/", form())
    assert response.status_code == 302
    organisation = Organisation.objects.get(key="kyoto-fictional")
    assert (organisation.name_en, organisation.name_nl) == ("Fictional University of Kyoto", "Fictional University of Kyoto")
    assert organisation.search_key == "fictional university of kyoto kyoto fictional"
    entry = JournalEntry.objects.get(subject_type="institutions.organisation", subject_id=str(organisation.pk))
    assert entry.verb == "add"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"key": ""}, "This field is required."),
        ({"country": "Atlantis"}, "Nothing is called “Atlantis”."),
        ({"latitude": "91", "longitude": "0"}, "organisation_coordinates_on_earth"),
        ({"names-TOTAL_FORMS": "0"}, "Give at least one name."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        (
            {"identifiers-TOTAL_FORMS": "1", "identifiers-0-scheme": "erasmus", "identifiers-0-value": "NL LEIDEN"},
            "“NL LEIDEN” is not valid",
        ),
    ],
)
def test_bad_input_is_explained_and_nothing_is_written(officer: Client, changes: dict[str, str], fault: str) -> None:
    a_country()
    response = officer.post("/en/office/organisations/new/", form(**changes))
    assert response.status_code == 422
    assert fault in response.content.decode()
    assert (Organisation.objects.count(), OrganisationName.objects.count(), JournalEntry.objects.count()) == (0, 0, 0)


def test_an_identifier_belongs_to_one_organisation(officer: Client) -> None:
    university = a_small_university()
    OrganisationIdentifier.objects.create(organisation=university.partner, scheme="pic", value="999859608")
    taken = {"identifiers-TOTAL_FORMS": "1", "identifiers-0-scheme": "pic", "identifiers-0-value": "999859608"}
    response = officer.post("/en/office/organisations/new/", form(**taken))
    assert "PIC 999859608 already belongs to Partner." in response.content.decode()
    assert Organisation.objects.count() == 2


def test_two_officers_do_not_overwrite_each_other(officer: Client) -> None:
    partner = a_small_university().partner
    page = officer.get(f"/en/office/organisations/{partner.pk}/edit/").context
    Organisation.objects.filter(pk=partner.pk).update(city="Utrecht")
    late = form(key="partner", seen=page["seen"], city="Leiden")
    response = officer.post(f"/en/office/organisations/{partner.pk}/edit/", late)
    assert "Somebody else changed this row" in response.content.decode()
    assert Organisation.objects.get(pk=partner.pk).city == "Utrecht"


def test_deleting_what_others_use_is_refused_with_their_names(officer: Client) -> None:
    university = a_small_university()
    response = officer.post(f"/en/office/organisations/{university.partner.pk}/delete/")
    assert response.status_code == 302
    assert not Organisation.objects.filter(pk=university.partner.pk).exists()
    country_in_use = university.home.country
    response = officer.get(f"/en/office/organisations/{university.home.pk}/delete/")
    assert response.status_code == 403  # the home institution stays
    assert country_in_use.organisations.count() == 1


def test_a_likely_duplicate_is_named(officer: Client) -> None:
    university = a_small_university()
    Organisation.objects.filter(pk=university.partner.pk).update(name_en="Kyoto Fictional University")
    response = officer.post("/en/office/organisations/new/", form(), follow=True)
    assert "This may be the same as “Kyoto Fictional University” (partner)." in response.content.decode()


def test_the_list_filters_sorts_and_exports(officer: Client) -> None:
    university = a_small_university()
    Organisation.objects.filter(pk=university.partner.pk).update(search_key="universite de bogota", name_en="=HYPERLINK(1)")
    found = officer.get("/en/office/organisations/?q=Bogotá").context["listing"]
    assert [row.pk for row in found.rows] == [university.partner.pk]
    lines = officer.get("/en/office/organisations/export.csv?sort=-name").content.decode().splitlines()
    assert lines[0] == "Name,Key,Kind,Country,City,Name confirmed"
    assert [line.split(",")[1] for line in lines[1:]] == ["home", "partner"]
    assert lines[2].startswith("'=HYPERLINK(1)")
    book = openpyxl.load_workbook(io.BytesIO(officer.get("/en/office/organisations/export.xlsx").content))
    assert [cell.value for cell in book.active[2]][:2] == ["'=HYPERLINK(1)", "partner"]


def test_an_auditor_reads_everything_and_changes_nothing(sign_in: SignIn) -> None:
    partner = a_small_university().partner
    auditor = sign_in(Role.AUDITOR)
    assert auditor.get("/en/office/organisations/").status_code == 200
    assert auditor.get(f"/en/office/organisations/{partner.pk}/history/").status_code == 200
    for address in ("new/", f"{partner.pk}/edit/", f"{partner.pk}/delete/"):
        assert auditor.post(f"/en/office/organisations/{address}", form()).status_code == 403
    assert Organisation.objects.filter(key="kyoto-fictional").count() == 0


def test_the_history_tells_field_by_field(officer: Client) -> None:
    a_country()
    officer.post("/en/office/organisations/new/", form())
    organisation = Organisation.objects.get(key="kyoto-fictional")
    name = organisation.names.get()
    seen = officer.get(f"/en/office/organisations/{organisation.pk}/edit/").context["seen"]
    changed = form(
        **{
            "seen": seen,
            "city": "Kyoto",
            "names-INITIAL_FORMS": "1",
            "names-0-id": str(name.pk),
            "names-0-organisation": str(organisation.pk),
        }
    )
    assert officer.post(f"/en/office/organisations/{organisation.pk}/edit/", changed).status_code == 302
    newest = officer.get(f"/en/office/organisations/{organisation.pk}/history/").context["entries"][0]
    assert newest["entry"].verb == "change"
    assert newest["changes"] == [{"field": "city", "before": "", "after": "Kyoto"}]
