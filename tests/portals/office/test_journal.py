"""The journal as the office and the auditor see it."""

from __future__ import annotations

import pytest
from tests.factories.university import a_country, a_small_university
from tests.portals.office.conftest import SignIn
from tests.portals.office.test_organisations import form

from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def test_the_auditor_reads_who_did_what(sign_in: SignIn) -> None:
    a_country()
    sign_in(Role.OFFICER).post("/en/office/organisations/new/", form())
    page = sign_in(Role.AUDITOR).get("/en/office/journal/?subject=organisation")
    (told,) = page.context["told"]
    assert (told["who"], told["what"], told["about"].split()[0]) == ("Officer", "added", "organisation")
    assert page.context["lag"].waiting >= 1


def test_a_faculty_officer_has_no_journal(sign_in: SignIn) -> None:
    faculty = a_small_university().science
    assert sign_in(Role.FACULTY_OFFICER, unit=faculty).get("/en/office/journal/").status_code == 403
