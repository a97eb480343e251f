"""Queue a letter, in the transaction of the use case that it tells of."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import models, transaction

from goliard.apps.documents.models import StoredFile
from goliard.apps.journal.queries import key_of
from goliard.apps.messaging.letters import LETTERS, fill
from goliard.apps.messaging.models import Delivery, LetterTemplate
from goliard.apps.messaging.sealing import hidden, seal

NO_BREAKS = str.maketrans({"\r": " ", "\n": " "})  # a subject of several lines would add headers


def queue_letter(
    *,
    letter: str,
    address: str,
    language: str,
    values: Mapping[str, str],
    about: models.Model | tuple[str, str],
    now: datetime,
    once: str = "",
    attachment: StoredFile | None = None,
) -> Delivery:
    """Add a delivery, or return the one that was queued before for the same thing.

    `once` tells apart several letters of one kind about one thing (a reminder's date). The letter's secret values are kept sealed and
    stand in no text that is kept. Must run in the use case's transaction: the letter
    then leaves exactly if the use case holds. Raises KeyError for an unknown letter, UnknownPlaceholder for a missing value.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A letter is queued in the transaction of its use case.")
    about_type, about_id = key_of(about)
    dedupe = f"{letter}/{about_type}/{about_id}/{address.lower()}/{once}"[:200]
    secret = LETTERS[letter].secret
    subject, body = texts(letter, language, hidden(values, secret, language))
    delivery, _created = Delivery.objects.get_or_create(
        dedupe=dedupe,
        defaults={
            "letter": letter,
            "address": address,
            "language": language,
            "subject": subject,
            "body": body,
            "sealed": seal({name: value for name, value in values.items() if name in secret}),
            "attachment": attachment,
            "about_type": about_type,
            "about_id": about_id,
            "public_id": (public_id := uuid.uuid4()),
            "message_id": message_id(public_id),
            "queued_at": now,
            "due_at": now,
        },
    )
    return delivery


def texts(letter: str, language: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Return subject and text of a letter as it will be sent: the officer's template, or the text that the house began with."""
    return composer(letter)(language, values)


def composer(letter: str) -> Callable[[str, Mapping[str, str]], tuple[str, str]]:
    """Return what composes many letters of a kind as `texts` does one, reading the officer's template once. Raises KeyError."""
    known = LETTERS[letter]
    stored = LetterTemplate.objects.filter(key=letter).first()

    def compose(language: str, values: Mapping[str, str]) -> tuple[str, str]:
        if stored is None:
            subject, body = known.subject.in_language(language), known.body.in_language(language)
        else:
            subject, body = (stored.subject_nl, stored.body_nl) if language == "nl" else (stored.subject_en, stored.body_en)
        return fill(subject, values).translate(NO_BREAKS)[:250], fill(body, values)

    return compose


def message_id(public_id: uuid.UUID) -> str:
    """Return the Message-ID of a delivery: the same at every attempt, so that a mail server may drop a copy."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{public_id}@{domain}>"
