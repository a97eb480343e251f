"""News and pages with the numbers that their texts quote filled in, for a whole list in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from goliard.apps.content.models import NewsItem, Page
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.content.texts import fill, to_html
from goliard.apps.funding.models import FundingCall
from goliard.apps.projects.queries.call_overview import CallOverview
from goliard.portals.public.visits import language
from goliard.portals.shared.images import with_pictures


@dataclass(frozen=True, slots=True)
class NewsCard:
    """A news item as a list shows it."""

    item: NewsItem
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Written:
    """A page or news item as it is read."""

    title: str
    summary: str
    body: SafeString


def news_cards(items: Iterable[NewsItem], known: CallOverview | None = None) -> list[NewsCard]:
    """Return the items with their numbers; items of one call share its queries, those of the `known` one need none."""
    rows = list(items)
    calls: dict[int | None, tuple[FundingCall | None, list[NewsItem]]] = {}
    for item in rows:
        calls.setdefault(item.call_id, (item.call, []))[1].append(item)
    quotes = {}
    for key, (call, group) in calls.items():
        texts = [text for item in group for text in _words(item)]
        ours = known if known and known.call.pk == key else None
        quotes[key] = gather_quotes(texts, language=language(), call=ours.call if ours else call, numbers=ours.numbers if ours else None)
    return [NewsCard(item, *(fill(text, quotes[item.call_id]) for text in _words(item))) for item in rows]


def written(thing: NewsItem | Page, call: FundingCall | None, *, show_faults: bool = False) -> Written:
    """Return a page or item in the page's language with its numbers; `show_faults` marks what quotes nothing, for the office."""
    title, summary = _words(thing)
    body = thing.body_nl if language() == "nl" else thing.body_en
    quotes = with_pictures(gather_quotes([title, summary, body], language=language(), call=call), body)
    return Written(fill(title, quotes), fill(summary, quotes), to_html(body, quotes, show_faults=show_faults))


def _words(thing: NewsItem | Page) -> tuple[str, str]:
    return thing.title(language()), thing.summary_nl if language() == "nl" else thing.summary_en
