"""The signed document: a PDF, who signed and when, replaced with a trace, taken out with a trace."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.storage import default_storage
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion
from goliard.apps.agreements.services.signing import Signature, keep_signatures, open_signed_document
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 5, 1, 9, 0, tzinfo=UTC), date(2026, 5, 1)
PDF = b"%PDF-1.7\nsigned"
SIGNED = Signature("Rector", "Rector Magnificus", date(2026, 4, 30))


@pytest.fixture
def agreement() -> Agreement:
    return an_agreement(a_small_university(), state="in-effect")


def keep(agreement: Agreement, content: bytes | None = None, signature: Signature = SIGNED, party: int | None = None) -> AgreementVersion:
    return keep_signatures(
        version=agreement.versions.get(),
        signatures={party or agreement.parties.order_by("position")[0].pk: signature},
        stream=io.BytesIO(content) if content is not None else None,
        name="scan.pdf",
        actor=system("test"),
        now=NOW,
        today=TODAY,
    )


def test_the_document_is_kept_with_who_signed(agreement: Agreement) -> None:
    version = keep(agreement, PDF)
    party = agreement.parties.order_by("position")[0]
    assert (party.signatory_name, party.signatory_function, party.signed_on) == ("Rector", "Rector Magnificus", date(2026, 4, 30))
    assert version.document is not None
    with default_storage.open(version.document.storage_name, "rb") as stream:
        assert stream.read() == PDF
    assert (version.document.purpose, version.document.retention_class) == ("evidence", "relation")
    taken = open_signed_document(version=version, actor=system("reader"), now=NOW)
    assert taken == version.document
    entry = JournalEntry.objects.get(verb="take-signed-document")
    assert (entry.actor, entry.subject_id) == ("system:reader", str(agreement.pk))


def test_another_document_takes_its_place_and_leaves_its_hash(agreement: Agreement) -> None:
    first = keep(agreement, PDF).document
    second = keep(agreement, PDF + b" again").document
    assert first is not None
    assert second is not None
    assert list(StoredFile.objects.all()) == [second]
    details = JournalEntry.objects.filter(verb="keep-signatures").order_by("pk")[1].erasable.as_dict
    assert (details["document"], details["replaced"]) == (second.sha256, first.sha256)
    keep(agreement)
    assert agreement.versions.get().document == second, "names may change without another document"


@pytest.mark.parametrize(
    ("content", "signature", "rule"),
    [
        (b"", SIGNED, "not-pdf"),
        (b"<html><script>alert(1)</script>", SIGNED, "not-pdf"),
        (b"\x89PNG\r\n\x1a\n", SIGNED, "not-pdf"),
        (b"MZ executable", SIGNED, "not-pdf"),
        (PDF, Signature("Rector", "", date(2026, 5, 2)), "signed-later"),
        (PDF, Signature(" ", "", date(2026, 4, 1)), "who"),
    ],
)
def test_what_is_refused_leaves_nothing(agreement: Agreement, content: bytes, signature: Signature, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        keep(agreement, content, signature)
    assert [reason.rule for reason in refused.value.reasons] == [rule]
    assert StoredFile.objects.count() == JournalEntry.objects.count() == 0
    assert not AgreementParty.objects.exclude(signatory_name="").exists()


def test_a_draft_and_a_foreign_party_are_refused(agreement: Agreement) -> None:
    with pytest.raises(Refused, match="not of the agreement"):
        keep(agreement, party=10_000)
    AgreementVersion.objects.update(state="draft")
    with pytest.raises(Refused, match="A draft is not signed"):
        keep(agreement, PDF)


def test_nothing_is_taken_where_there_is_nothing(agreement: Agreement) -> None:
    assert open_signed_document(version=agreement.versions.get(), actor=system("reader"), now=NOW) is None
    assert JournalEntry.objects.count() == 0
