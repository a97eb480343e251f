"""Files are taken for what their bytes are, and never lost or left behind."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import LIMITS, FileRefused, Limit, delete_file, store_file, sweep_orphans
from goliard.apps.documents.sniffing import HEAD, sniff
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import system
from goliard.rules.values.retention import RetentionClass

NOW = dt.datetime(2022, 10, 3, 9, 30, tzinfo=dt.UTC)
ACTOR = system("test")
PDF = b"%PDF-1.7\n" + b"x" * 100
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


def store(content: bytes = PDF, name: str = "letter.pdf", purpose: Purpose = Purpose.DOCUMENT) -> StoredFile:
    return store_file(stream=io.BytesIO(content), name=name, purpose=purpose, retention=RetentionClass.PUBLIC, actor=ACTOR, now=NOW)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\0\0\0\0WAVE", "application/octet-stream"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), SHEET),
        (zipped("[Content_Types].xml", "ppt/x.xml"), "application/octet-stream"),
        (zipped("a.csv"), "application/zip"),
        (b"PK\x03\x04 and nothing more", "application/octet-stream"),
        ("name;land\nJerewan;Armenië\n".encode(), "text/plain"),
        ("\ufeffname".encode(), "text/plain"),
        (b"a" * (HEAD - 1) + "é".encode(), "text/plain"),  # the head ends inside a character
        ("é".encode("latin-1"), "application/octet-stream"),
        (b"text\0with a NUL", "application/octet-stream"),
        (b"  <svg onload='x'>", "text/html"),
        ("\ufeff<!doctype html>".encode(), "text/html"),
        (b"", "text/plain"),
        (b"MZ\x90\x00", "application/octet-stream"),
    ],
)
def test_bytes_tell_their_type(content, kind) -> None:
    stream = io.BytesIO(content)
    assert sniff(stream) == kind
    assert stream.tell() == 0


@pytest.mark.django_db
def test_a_file_is_stored_with_what_it_is() -> None:
    stored = store()
    assert (stored.sha256, stored.size, stored.content_type) == (hashlib.sha256(PDF).hexdigest(), len(PDF), "application/pdf")
    with default_storage.open(stored.storage_name) as stream:
        assert stream.read() == PDF
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.subject_id, entry.erasable.as_dict["name"]) == ("store-file", str(stored.pk), "letter.pdf")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "shown"),
    [("../../etc/passwd", "passwd"), ("C:\\Users\\me\\letter.pdf", "letter.pdf"), ("a\x00b\n.pdf", "ab.pdf"), ("/", "file"), ("", "file")],
)
def test_a_name_is_shown_and_never_a_path(given, shown) -> None:
    stored = store(name=given)
    assert stored.name == shown
    assert stored.storage_name.startswith("stored/2022/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "purpose"),
    [
        (b"", Purpose.DOCUMENT),
        (b"<html>", Purpose.DOCUMENT),
        (b"<svg>", Purpose.IMAGE),
        (PDF, Purpose.IMAGE),
        (b"plain", Purpose.LETTER),
        (b"MZ\x90\x00", Purpose.IMPORT),
    ],
)
def test_what_a_purpose_does_not_take_is_refused(content, purpose) -> None:
    with pytest.raises(FileRefused):
        store(content, purpose=purpose)
    assert not StoredFile.objects.exists()
    assert not default_storage.exists("stored")


@pytest.mark.django_db
def test_a_file_may_be_as_large_as_its_purpose_allows(monkeypatch) -> None:
    monkeypatch.setitem(LIMITS, Purpose.DOCUMENT, Limit(frozenset({"application/pdf"}), len(PDF)))
    store(PDF)
    with pytest.raises(FileRefused):
        store(PDF + b"x")


@pytest.mark.django_db(transaction=True)
def test_bytes_go_once_the_row_is_gone() -> None:
    stored = store()
    with transaction.atomic():
        delete_file(stored=stored, actor=ACTOR, now=NOW, reason="Replaced.")
        assert default_storage.exists(stored.storage_name)
    assert not default_storage.exists(stored.storage_name)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_fails_loses_no_bytes() -> None:
    stored = store()
    with transaction.atomic():
        delete_file(stored=stored, actor=ACTOR, now=NOW, reason="Replaced.")
        transaction.set_rollback(True)
    assert StoredFile.objects.get().storage_name == stored.storage_name
    assert default_storage.exists(stored.storage_name)


@pytest.mark.django_db(transaction=True)
def test_the_sweep_takes_old_orphans_only(tmp_path) -> None:
    with transaction.atomic():
        old, young = store().storage_name, store().storage_name
        transaction.set_rollback(True)
    kept = store().storage_name
    for name, day in ((old, NOW - dt.timedelta(days=1)), (young, NOW - dt.timedelta(hours=23)), (kept, NOW - dt.timedelta(days=99))):
        os.utime(tmp_path / name, (day.timestamp(), day.timestamp()))
    assert sweep_orphans(actor=ACTOR, now=NOW) == [old]
    assert [default_storage.exists(name) for name in (old, young, kept)] == [False, True, True]
    assert JournalEntry.objects.order_by("-pk")[0].erasable.as_dict == {"names": [old]}
    assert sweep_orphans(actor=ACTOR, now=NOW) == []
