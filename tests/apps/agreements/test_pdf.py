"""An agreement as a document."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from shutil import which

import pytest
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.copies import canonical, copy_of, hash_of
from goliard.apps.agreements.documents.comparison import comparison_pdf
from goliard.apps.agreements.documents.pdf import agreement_data, agreement_pdf
from goliard.apps.agreements.models import Agreement, AgreementVersion
from goliard.rules.agreements.comparison import compare
from goliard.rules.values.texts import Text

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *bold* $x$ <label> \\ @ref ``` </script>'


def a_version(title: str = "") -> AgreementVersion:
    agreement = an_agreement(a_small_university())
    if title:
        Agreement.objects.filter(pk=agreement.pk).update(title=title)
        agreement.refresh_from_db()
    return agreement.versions.get()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_pdf_a_in_both_languages(language: str) -> None:
    pdf = agreement_pdf(a_version(), language=language)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"pdfaid:part" in pdf


def test_what_people_typed_is_never_read_as_markup() -> None:
    version = a_version(HOSTILE)
    version.terms_en = HOSTILE
    version.save()
    assert agreement_pdf(version, language="en").startswith(b"%PDF")


def test_it_says_which_version_it_is_and_its_hash() -> None:
    version = a_version()
    data = agreement_data(version, language="en")
    assert data["hash"] == f"SHA-256 {hash_of(canonical(copy_of(version)))} · version 1, not agreed yet"
    assert data["conditions"][0]["rows"][4] == ["In all a year", "20 months"]
    assert agreement_data(version, language="nl")["conditions"][0]["title"] == "Studenten voor studie"


def test_a_comparison_is_a_document_too() -> None:
    version = a_version(HOSTILE)
    now = copy_of(version)
    before = replace(now, conditions=tuple(replace(each, mobilities=1, other_terms=HOSTILE) for each in now.conditions))
    differences = compare(now, before)
    assert len(differences) == 4
    for shown in (differences, ()):
        pdf = comparison_pdf(version, shown, ours=Text("nu", "now"), theirs=Text("eerst", "before"), hashes=("a", "b"), language="nl")
        assert pdf.startswith(b"%PDF-1.7")


@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not installed")
def test_its_text_can_be_read_by_machines(tmp_path) -> None:
    path = tmp_path / "agreement.pdf"
    path.write_bytes(agreement_pdf(a_version(), language="en"))
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "0222 Modern history" in text
    assert "en B2" in text
