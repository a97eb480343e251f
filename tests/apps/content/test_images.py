"""Images: real pictures with a credit; what is replaced or removed leaves no bytes behind."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from tests.factories.content import NOW, a_page, an_image, picture

from goliard.apps.content.models import Image
from goliard.apps.content.services.images import LARGEST, keep_image, remove_image
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.refusals import Refused, StillInUse
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Actor, Role, RoleGrant

pytestmark = pytest.mark.django_db
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def rules_against(content: bytes | None, **fields: str) -> list[str]:
    values = {"key": "globe", "alt_en": "A globe", "alt_nl": "Een globe", "credit": "A photographer", "licence": "CC BY 4.0"}
    upload = None if content is None else io.BytesIO(content)
    with pytest.raises(Refused) as refused:
        keep_image(row=Image(**(values | fields)), actor=OFFICER, now=NOW, upload=upload, name="globe.png")
    assert (Image.objects.count(), StoredFile.objects.count(), JournalEntry.objects.count()) == (0, 0, 0)
    return [reason.rule for reason in refused.value.reasons]


@pytest.mark.parametrize(("kind", "content_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")])
def test_the_type_is_read_from_the_bytes_not_from_the_name(kind: str, content_type: str) -> None:
    stored = an_image(content=picture(kind)).file
    assert (stored.content_type, stored.purpose, stored.size) == (content_type, "image", len(picture(kind)))


@pytest.mark.parametrize(
    ("content", "fields", "rules"),
    [
        (picture(), {"credit": ""}, ["image-credit"]),
        (picture(), {"credit": "  ", "licence": ""}, ["image-credit", "image-licence"]),
        (picture(), {"alt_nl": ""}, ["image-alt_nl"]),
        (None, {}, ["image-file"]),
        (SVG, {}, ["image-type"]),
        (b"<?xml version='1.0'?>" + SVG, {}, ["image-type"]),
        (picture("GIF"), {}, ["image-type"]),
        (b"%PDF-1.7", {}, ["image-type"]),
        (b"", {}, ["image-type"]),
        (picture()[:-20], {}, ["image-type"]),
        (b"\x89PNG\r\n\x1a\n" + b"0" * LARGEST, {}, ["image-size"]),
    ],
)
def test_what_is_no_credited_picture_is_refused_with_the_reason(content: bytes | None, fields: dict[str, str], rules: list[str]) -> None:
    assert rules_against(content, **fields) == rules


def test_an_image_in_a_text_stays_under_its_key_and_the_page_is_named() -> None:
    image = an_image()
    a_page(body_en="Before\n\n[[image:globe]]")
    with pytest.raises(StillInUse) as in_use:
        remove_image(row=image, actor=OFFICER, now=NOW)
    assert [(usage.kind, usage.names) for usage in in_use.value.users] == [("pages that show it", ("About",))]
    image.key = "planet"
    with pytest.raises(Refused) as refused:
        keep_image(row=image, actor=OFFICER, now=NOW)
    assert [reason.because.en for reason in refused.value.reasons] == ["Texts show this image as “globe”: About."]


def test_a_new_file_takes_the_place_of_the_old_one_with_its_bytes(django_capture_on_commit_callbacks) -> None:
    image = an_image()
    old = image.file.storage_name
    with django_capture_on_commit_callbacks(execute=True):
        keep_image(row=image, actor=OFFICER, now=NOW, upload=io.BytesIO(picture("JPEG")), name="new.jpg")
    assert (StoredFile.objects.get().content_type, default_storage.exists(old)) == ("image/jpeg", False)
    keep_image(row=image, actor=OFFICER, now=NOW)  # without a file, the old one stays
    assert default_storage.exists(StoredFile.objects.get().storage_name)


def test_an_image_that_a_page_shows_stays_and_the_page_is_named(django_capture_on_commit_callbacks) -> None:
    image = an_image()
    page = a_page(cover=image)
    with pytest.raises(StillInUse) as refused:
        remove_image(row=image, actor=OFFICER, now=NOW)
    assert [(usage.kind, usage.names) for usage in refused.value.users] == [("pages", ("About",))]
    page.delete()
    name = image.file.storage_name
    with django_capture_on_commit_callbacks(execute=True):
        remove_image(row=image, actor=OFFICER, now=NOW)
    assert (Image.objects.count(), StoredFile.objects.count(), default_storage.exists(name)) == (0, 0, False)
