"""Keep and remove images: a real picture, with a credit, a licence and words for those who do not see it."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import datetime
from typing import IO

import PIL.Image
from django.db import models, transaction

from goliard.apps.content.models import Image
from goliard.apps.content.queries.quoting import texts_that_show
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import FileRefused, delete_file, store_file
from goliard.apps.documents.sniffing import sniff
from goliard.apps.institutions.refusals import Refused, StillInUse
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.rules.access.actor import Actor
from goliard.rules.values.retention import RetentionClass
from goliard.rules.values.texts import Reason, Text

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000


@transaction.atomic
def keep_image(
    *,
    row: Image,
    actor: Actor,
    now: datetime,
    upload: IO[bytes] | None = None,
    name: str = "",
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Image:
    """Save the image, with a new file where `upload` holds one (a seekable stream; `name` is what the uploader called it).

    Raises Refused without a file, credit or licence, and for anything but a whole PNG, JPEG or WebP of at most 5 MB; else as `keep`.
    A file that is replaced goes with its bytes.
    """
    if reasons := [*_uncredited(row), *_key_faults(row), *_picture_faults(row, upload)]:
        raise Refused(reasons)
    former = StoredFile.objects.filter(images=row).first() if row.pk and upload else None
    if upload is not None:
        try:
            row.file = store_file(stream=upload, name=name, purpose=Purpose.IMAGE, retention=RetentionClass.PUBLIC, actor=actor, now=now)
        except FileRefused as refused:
            raise Refused([Reason("file-refused", Text(str(refused), str(refused)), field="upload")]) from refused
    kept = keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    if former is not None:
        delete_file(stored=former, actor=actor, now=now, reason=f"replaced in image {row.key}")
    return kept


@transaction.atomic
def remove_image(*, row: Image, actor: Actor, now: datetime) -> None:
    """Delete the image with its file; StillInUse where pages or news show it, beside their text or in it."""
    if users := texts_that_show(row):
        raise StillInUse(users)
    stored = row.file
    remove(row=row, actor=actor, now=now)
    if not stored.images.exists():
        delete_file(stored=stored, actor=actor, now=now, reason=f"image {row.key} removed")


def _key_faults(row: Image) -> list[Reason]:
    stored = Image.objects.filter(pk=row.pk).exclude(key=row.key).first() if row.pk else None
    users = texts_that_show(stored) if stored else ()
    if stored is None or not users:
        return []
    names = "; ".join(name for usage in users for name in usage.names)
    text = Text(f"Teksten tonen deze afbeelding als “{stored.key}”: {names}.", f"Texts show this image as “{stored.key}”: {names}.")
    return [Reason("image-shown", text, field="key")]


def _uncredited(row: Image) -> list[Reason]:
    wanted = {
        "credit": Text(
            "Een afbeelding zonder naamsvermelding wordt niet bewaard: noem titel, maker en bron.",
            "An image without a credit is not kept: name title, author and source.",
        ),
        "licence": Text(
            "Een afbeelding zonder licentie wordt niet bewaard: schrijf onder welke voorwaarden ze getoond mag worden.",
            "An image without a licence is not kept: write on which terms it may be shown.",
        ),
        "alt_nl": Text("Beschrijf de afbeelding in het Nederlands.", "Describe the image in Dutch."),
        "alt_en": Text("Beschrijf de afbeelding in het Engels.", "Describe the image in English."),
    }
    return [Reason(f"image-{field}", text, field=field) for field, text in wanted.items() if not getattr(row, field).strip()]


def _picture_faults(row: Image, upload: IO[bytes] | None) -> list[Reason]:
    if upload is None:
        text = Text("Kies een bestand.", "Choose a file.")
        return [] if row.file_id else [Reason("image-file", text, field="upload")]
    if upload.seek(0, 2) > LARGEST:
        text = Text("Het bestand is groter dan 5 MB.", "The file is larger than 5 MB.")
        return [Reason("image-size", text, field="upload")]
    if not _is_whole(upload, FORMATS.get(sniff(upload), "")):
        text = Text(
            "Dit is geen leesbare afbeelding in PNG, JPEG of WebP. SVG wordt niet aangenomen: het kan een programma bevatten.",
            "This is not a readable PNG, JPEG or WebP image. SVG is not taken: it may hold a program.",
        )
        return [Reason("image-type", text, field="upload")]
    return []


def _is_whole(upload: IO[bytes], kind: str) -> bool:
    """Whether the bytes are a whole picture of this format and of a sensible number of pixels."""
    if not kind:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            picture = PIL.Image.open(upload, formats=[kind])
            width, height = picture.size
            picture.verify()
    except (OSError, ValueError, SyntaxError, Warning, PIL.Image.DecompressionBombError):
        return False
    finally:
        upload.seek(0)
    return width * height <= MOST_PIXELS
