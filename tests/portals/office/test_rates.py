"""Rates as the office edits them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.portals.office.conftest import SignIn

from goliard.apps.rates.models import RateTable
from goliard.rules.access.actor import Role
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.toml_dump import dump_table

pytestmark = pytest.mark.django_db


def test_an_officer_carries_last_years_table_forward_and_corrects_a_figure(officer: Client) -> None:
    answer = officer.post("/en/office/rates/carry/", {"action": "KA171", "from_call": 2024, "to_call": 2027})
    row = RateTable.objects.get()
    assert answer.headers["Location"] == f"/en/office/rates/{row.pk}/"
    assert "figures not verified" in officer.get(answer.headers["Location"]).content.decode()
    figure = {"value": "1", "status": "V1", "sources": "", "note": ""}
    refused = officer.post(f"/nl/office/rates/{row.pk}/figure-0/", figure)
    assert refused.status_code == 422
    assert "Zeg waar het cijfer is gezien." in refused.content.decode()
    assert officer.post(f"/en/office/rates/{row.pk}/figure-0/", figure | {"sources": "Guide; page 60"}).status_code == 302
    assert 'sources = ["Guide", "page 60"]' in officer.get(f"/en/office/rates/{row.pk}/table.toml").content.decode()


def test_a_file_is_imported_and_a_broken_one_is_refused(officer: Client) -> None:
    text = dump_table(published_table("KA171", 2023))
    assert officer.post("/en/office/rates/import/", {"file": SimpleUploadedFile("own.toml", text.encode())}).status_code == 302
    assert RateTable.objects.get().call_year == 2023
    refused = officer.post("/en/office/rates/import/", {"text": "nothing"})
    assert refused.status_code == 422
    assert "This is no table" in refused.content.decode()
    assert officer.post("/en/office/rates/import/", {}).status_code == 422


def test_an_auditor_reads_and_changes_nothing(sign_in: SignIn, officer: Client) -> None:
    officer.post("/en/office/rates/import/", {"text": dump_table(published_table("KA171", 2023))})
    auditor, row = sign_in(Role.AUDITOR), RateTable.objects.get()
    page = auditor.get(f"/en/office/rates/{row.pk}/").content.decode()
    assert f"/en/office/rates/{row.pk}/figure-0/" not in page
    assert auditor.get(f"/en/office/rates/{row.pk}/figure-0/").status_code == 403
    assert auditor.get("/en/office/rates/").status_code == 200
