"""Keep an officer's text of a letter; a placeholder that the letter does not offer is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from goliard.apps.journal.changes import changes, snapshot
from goliard.apps.journal.services import record
from goliard.apps.messaging.letters import LETTERS, UnknownPlaceholder, check_placeholders
from goliard.apps.messaging.models import LetterTemplate
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Text


class LetterRefused(Exception):
    """The text cannot be used; `reason` says why in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@transaction.atomic
def keep_letter(*, key: str, texts: dict[str, str], actor: Actor, now: datetime) -> LetterTemplate:
    """Save the four texts (`subject_nl`, `subject_en`, `body_nl`, `body_en`) of a letter.

    Raises LetterRefused for an unknown letter or a placeholder that it does not offer, ValidationError for an empty or too long text.
    """
    if key not in LETTERS:
        raise LetterRefused(Text(f"Er is geen brief «{key}».", f"There is no letter “{key}”."))
    for text in texts.values():
        try:
            check_placeholders(text, LETTERS[key])
        except UnknownPlaceholder as unknown:
            offered = ", ".join(sorted(LETTERS[key].values))
            names = ", ".join(unknown.names)
            raise LetterRefused(
                Text(
                    f"Deze brief kent {names} niet; wel: {offered}.",
                    f"This letter does not know {names}; it knows: {offered}.",
                )
            ) from None
    stored = LetterTemplate.objects.select_for_update().filter(key=key).first()
    before = snapshot(stored) if stored else {}
    template = stored or LetterTemplate(key=key)
    for name, text in texts.items():
        setattr(template, name, text)
    template.full_clean()
    template.save()
    if told := changes(before, snapshot(template)):
        record(actor=actor, verb="change-letter", subject=template, now=now, details=told)
    return template


@transaction.atomic
def reset_letter(*, key: str, actor: Actor, now: datetime) -> None:
    """Go back to the text that the house began with."""
    for template in LetterTemplate.objects.select_for_update().filter(key=key):
        record(actor=actor, verb="reset-letter", subject=template, now=now, details=changes(snapshot(template), {}))
        template.delete()


def texts_of(key: str) -> dict[str, str]:
    """Return the four texts of a letter as they stand now. Raises KeyError for an unknown letter."""
    first = LETTERS[key]
    stored: models.Model | None = LetterTemplate.objects.filter(key=key).first()
    names: Sequence[str] = ("subject_nl", "subject_en", "body_nl", "body_en")
    if stored:
        return {name: getattr(stored, name) for name in names}
    return {
        "subject_nl": first.subject.nl,
        "subject_en": first.subject.en,
        "body_nl": first.body.nl,
        "body_en": first.body.en,
    }
