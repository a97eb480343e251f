"""Which texts quote what: who would say nothing any more if a fact went, and which placeholders quote nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from goliard.apps.content.choices import QUOTED_NUMBERS
from goliard.apps.content.models import Image, NewsItem, Page, PublishedFact
from goliard.apps.content.texts import placeholders
from goliard.apps.funding.choices import Measure
from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.usage import SHOWN, Usage, told

WORDS = tuple(f"{name}_{language}" for name in ("title", "summary", "body") for language in ("nl", "en"))


def words_of(row: Page | NewsItem) -> list[str]:
    """Return every text of a page or item in which placeholders may stand."""
    return [getattr(row, name) for name in WORDS]


def texts_that_quote(fact: PublishedFact) -> tuple[Usage, ...]:
    """Return the pages and news that quote the fact by its key."""
    return _quoting(f"fact:{fact.key}", (_("pages that quote it"), _("news that quotes it")))


def _quoting(name: str, kinds: tuple[str, str]) -> tuple[Usage, ...]:
    """Return the pages and the news items with the placeholder `name`, each under its word of `kinds`."""
    found: tuple[QuerySet[Any, Any], ...] = (Page.objects.filter(_mentions(name)), NewsItem.objects.filter(_mentions(name)))
    users = []
    for kind, rows in zip(kinds, found, strict=True):
        if quoting := [row for row in rows if name in placeholders(words_of(row))]:
            users.append(Usage(kind, len(quoting), tuple(told(row) for row in quoting[:SHOWN])))
    return tuple(users)


def texts_that_show(image: Image) -> tuple[Usage, ...]:
    """Return the pages and news in whose texts the image stands."""
    return _quoting(f"image:{image.key}", (_("pages that show it"), _("news that shows it")))


def quoted_images(texts: Iterable[str]) -> QuerySet[Image, Any]:
    """Return the images that stand in `texts`, with their files."""
    keys = [name.removeprefix("image:") for name in placeholders(texts) if name.startswith("image:")]
    return Image.objects.filter(key__in=keys).select_related("file") if keys else Image.objects.none()


def unknown_placeholders(texts: Iterable[str], *, call: FundingCall | None, any_call: bool = False) -> list[str]:
    """Return the placeholders that would quote nothing, in alphabetical order.

    Numbers of a call need that `call`; `any_call` says that the text is shown beside a call that is not known here.
    """
    asked = placeholders(texts)
    known = {f"fact:{key}" for key in PublishedFact.objects.values_list("key", flat=True)}
    known |= {f"image:{key}" for key in Image.objects.values_list("key", flat=True)}
    if call is not None or any_call:
        measures = Measure.values if call is None else call.figures.values_list("measure", flat=True)
        known |= {"year", *(f"call:{name}" for name in QUOTED_NUMBERS), *(f"figure:{measure}" for measure in measures)}
    return sorted(asked - known)


def _mentions(placeholder: str) -> Q:
    wanted = Q()
    for name in WORDS:
        wanted |= Q(**{f"{name}__contains": placeholder})
    return wanted
