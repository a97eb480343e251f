"""Keep news and pages: every placeholder quotes something, earlier words of a page stay, no page stands below itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction

from goliard.apps.content.models import NewsItem, Page, PageVersion
from goliard.apps.content.queries.quoting import unknown_placeholders, words_of
from goliard.apps.institutions.ancestry import leads_back
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.publication import PAGE
from goliard.rules.values.texts import Reason, Text

T = TypeVar("T", NewsItem, Page)
_PATH = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
_KEPT = ("title_en", "title_nl", "body_en", "body_nl")  # what a version holds


@transaction.atomic
def keep_news(
    *,
    row: NewsItem,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> NewsItem:
    """Save the item with its featured projects. Raises Refused, naming them, where placeholders quote nothing; else as `keep`."""
    if unknown := unknown_placeholders(words_of(row), call=row.call):
        raise Refused(_unknown(unknown, with_call=row.call is not None))
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def keep_page(
    *,
    row: Page,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Page:
    """Save the page; where its words change, what it said before becomes a version.

    Raises Refused where its address is malformed, it would stand below itself, or a placeholder quotes nothing; else as `keep`.
    """
    if reasons := [*_page_faults(row), *_unknown(unknown_placeholders(words_of(row), call=None, any_call=True), with_call=True)]:
        raise Refused(reasons)
    before = Page.objects.select_for_update().get(pk=row.pk) if row.pk else None
    if before is None or all(getattr(before, name) == getattr(row, name) for name in _KEPT):
        return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    row.version = before.version + 1
    kept = keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    words = {name: getattr(before, name) for name in _KEPT}
    PageVersion.objects.create(page=kept, version=before.version, replaced_at=now, **words)
    return kept


@transaction.atomic
def restore_version(*, page: Page, version: PageVersion, actor: Actor, now: datetime) -> Page:
    """Let the page say again what it said in an earlier version; what it says now becomes a version in turn. Raises as `keep_page`."""
    row = Page.objects.get(pk=page.pk)
    for name in _KEPT:
        setattr(row, name, getattr(version, name))
    return keep_page(row=row, actor=actor, now=now)


@transaction.atomic
def move_writing(*, row: T, action: str, actor: Actor, now: datetime) -> T:
    """Publish, announce, withdraw or archive a page or news item; TransitionRefused where that does not lead on, or not for this actor."""
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    before = stored.state
    stored.state = PAGE.next_state(state=before, action=action, actor=actor)
    stored.save(update_fields=["state"])
    record(actor=actor, verb=action, subject=stored, now=now, details={"state": {"before": before, "after": stored.state}})
    return stored


def _page_faults(row: Page) -> list[Reason]:
    faults = []
    if not _PATH.fullmatch(row.path):
        text = Text(
            "Het adres bestaat uit kleine letters, cijfers en koppeltekens, met / tussen de delen.",
            "The address consists of lower-case letters, digits and hyphens, with / between its parts.",
        )
        faults.append(Reason("page-path", text, field="path"))
    if leads_back(row, "parent"):
        text = Text("Een pagina kan niet onder zichzelf hangen.", "A page cannot stand below itself.")
        faults.append(Reason("page-circle", text, field="parent"))
    return faults


def _unknown(names: Iterable[str], *, with_call: bool) -> list[Reason]:
    faults = []
    for name in names:
        needs_call = not with_call and not name.startswith("fact:")
        text = Text(
            f"[[{name}]] verwijst nergens naar.{' Kies de call waarvan het een getal is.' if needs_call else ''}",
            f"[[{name}]] quotes nothing.{' Choose the call whose number it is.' if needs_call else ''}",
        )
        faults.append(Reason("unknown-placeholder", text, field="body"))
    return faults
