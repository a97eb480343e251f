"""From what an editor writes to what a visitor reads: Markdown in which numbers are quoted, never typed.

`[[fact:KEY]]` quotes a published fact, `[[call:projects]]` (`partners`, `countries`, `continents`) what the projects of the linked call add
up to, `[[figure:MEASURE]]` what a source published about that call, `[[year]]` the call's year; `queries.quotes.gather_quotes` finds their
values. `[[image:KEY]]`, alone on its line, is an image with its credit. A placeholder that means nothing is a fault: editors see it marked,
visitors an ellipsis.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from goliard.apps.content.choices import QUOTED_NUMBERS

_PLACEHOLDER = re.compile(r"\[\[\s*([^\[\]\n]{1,100}?)\s*\]\]")
_PICTURE = re.compile(r"^[ ]{0,3}\[\[\s*(image:[^\[\]\n]{1,90}?)\s*\]\][ ]*$", re.MULTILINE)
_OUR_MARKS = {0: None} | dict.fromkeys(range(57344, 57348))  # what stands for a value while Markdown is read: not in a text
_STARTS_SENTENCE = re.compile(r"(^|\n)[\s>#*_-]*$|[.!?]['\")’”]*\s+[*_]*$")
_MARKDOWN = MarkdownIt("js-default", {"html": False, "linkify": False, "typographer": False})
_TAGS = {"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "s", "code", "pre", "blockquote", "a", "mark"}
_TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto"}

__all__ = ["QUOTED_NUMBERS", "Quotes", "faults", "fill", "placeholders", "to_html"]


@dataclass(frozen=True, slots=True)
class Quotes:
    """The values of placeholders (such as `fact:erasmus_participants`) in one language; `pictures` are those that stand for a block of
    HTML of our own making (such as `image:globus`)."""

    language: str
    values: Mapping[str, str]
    pictures: Mapping[str, SafeString] = field(default_factory=dict)


def placeholders(texts: Iterable[str]) -> frozenset[str]:
    """Return the placeholders that stand in `texts`, without their brackets."""
    return frozenset(match[1] for text in texts for match in _PLACEHOLDER.finditer(text))


def faults(text: str, quotes: Quotes) -> tuple[str, ...]:
    """Return the placeholders of `text` that quote nothing, in the order in which they stand there."""
    return tuple(dict.fromkeys(match[0] for match in _PLACEHOLDER.finditer(text) if match[1] not in quotes.values))


def fill(text: str, quotes: Quotes) -> str:
    """Return `text`, plain, with the quoted values; at the start of a sentence a value starts with a capital."""
    return _PLACEHOLDER.sub(lambda match: _value(match, quotes, "…"), text)


def to_html(text: str, quotes: Quotes, *, show_faults: bool = False) -> SafeString:
    """Return `text` (Markdown) as clean HTML; its highest heading, on whatever level it was written, is an `h2`.

    Links that start with `/` lead to the page in the reader's language. Raw HTML is shown as text, scripts and images cannot come through.
    `show_faults` marks what quotes nothing, for editors.
    """
    kept: dict[str, str] = {}
    shown: dict[str, SafeString] = {}
    filled = _PICTURE.sub(lambda match: _picture(shown, match, quotes), text.translate(_OUR_MARKS))
    filled = _PLACEHOLDER.sub(lambda match: _kept(kept, _value(match, quotes, f"\0{match[0]}" if show_faults else "…")), filled)
    tokens = _MARKDOWN.parse(filled)
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    for token in _all(tokens):
        _adapt(token, quotes.language, lower=2 - highest)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    for mark, value in kept.items():
        html = html.replace(mark, value)
    clean = nh3.clean(
        html,
        tags=_TAGS | _TABLE_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener",
        allowed_classes={"mark": {"fault"}},
    )
    for mark, picture in shown.items():
        clean = clean.replace(f"<p>{mark}</p>", picture)
    return mark_safe(clean)  # noqa: S308 -- cleaned by nh3 above; the pictures are HTML of our own templates


def _value(match: re.Match[str], quotes: Quotes, missing: str) -> str:
    value = quotes.values.get(match[1], missing)
    return value[:1].upper() + value[1:] if _STARTS_SENTENCE.search(match.string[: match.start()]) else value


def _kept(kept: dict[str, str], value: str) -> str:
    """Keep a value aside under a mark, so that its characters mean nothing to Markdown."""
    mark = f"\ue000{len(kept)}\ue001"
    kept[mark] = f'<mark class="fault">{escape(value[1:])}</mark>' if value.startswith("\0") else escape(value)
    return mark


def _picture(shown: dict[str, SafeString], match: re.Match[str], quotes: Quotes) -> str:
    """Put a mark in a paragraph of its own, which becomes the picture when all else is clean; what names no picture stays a placeholder."""
    if match[1] not in quotes.pictures:
        return match[0]
    mark = f"\ue002{len(shown)}\ue003"
    shown[mark] = quotes.pictures[match[1]]
    return f"\n\n{mark}\n\n"


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _adapt(token: Token, language: str, *, lower: int) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(int(token.tag[1]) + lower, 6)}"
    href = token.attrGet("href") if token.type == "link_open" else None
    if isinstance(href, str) and href.startswith("/") and not href.startswith(("//", "/nl/", "/en/", "/static/")):
        token.attrSet("href", f"/{language}{href}")
