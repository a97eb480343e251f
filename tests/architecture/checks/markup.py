"""Templates: nothing inline (the content security policy would drop it), nothing from elsewhere, every word translated."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.architecture.source import Template

TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SILENT = re.compile(r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}|\{%\s*blocktrans(late)?\b.*?\{%\s*endblocktrans(late)?\s*%\}", re.DOTALL)
READ_ALOUD = {"alt", "aria-label", "aria-description", "label", "placeholder", "title", "summary"}
LOADS = {"src", "srcset", "poster", "action", "data"}
# Names and codes that read the same in both languages.
SAME_IN_BOTH = {"CSV", "EN", "Erasmus", "Goliard", "JSON", "NL", "PDF", "SHA", "SVG", "XLSX", "en", "nl"}
ATTRIBUTE = re.compile(r'\b[a-z-]+="[^"]*"')  # in a block that a layout puts inside a tag
WORD = re.compile(r"[^\W\d_]{2,}")


# Shown when nothing can be asked of Django any more, so that they say everything twice.
BOTH_LANGUAGES = ("shared/500.html",)


def _blank(match: re.Match[str]) -> str:
    """As many lines as were there, so that line numbers stay right; a mark in place of a value, so that an attribute is not empty."""
    return "\n" * match[0].count("\n")


class Reader(HTMLParser):
    """Reads a template without its tags and notes what is wrong."""

    def __init__(self, template: Template) -> None:
        super().__init__()
        self.template = template
        self.found: list[str] = []
        self.unread = 0  # inside script or style
        self.spoken = ""  # the tag that says in which language its words are

    def note(self, sentence: str) -> None:
        """Add a finding at the current line."""
        self.found.append(self.template.at(self.getpos()[0], sentence))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that the policy drops, loads from elsewhere, and words that a screen reader speaks."""
        given = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in {"application/json", "application/ld+json"}
        ):
            self.note(f"no inline <{tag}>: the content security policy drops it")
        self.unread += tag in {"script", "style"}
        if given.get("lang") in {"nl", "en"}:
            self.spoken = tag
        for name, value in attrs:
            if name == "style" or re.fullmatch(r"on[a-z]+|hx-on.*", name) or (value or "").strip().startswith("javascript:"):
                self.note(f"no inline {name}: the content security policy drops it")
            if (name in LOADS or (name == "href" and tag in {"link", "use", "image"})) and re.match(r"(https?:)?//", value or ""):
                self.note(f"nothing is loaded from elsewhere: {value}")
            if name in READ_ALOUD or (name == "value" and tag == "input" and given.get("type") in {"submit", "button"}):
                self.untranslated(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script, a style, or words in a language of their own."""
        self.unread -= tag in {"script", "style"}
        if tag == self.spoken:
            self.spoken = ""

    def handle_data(self, data: str) -> None:
        """Words between tags."""
        if not self.unread and not self.spoken:
            self.untranslated(data)

    def untranslated(self, text: str) -> None:
        """Note words that no translation tag holds."""
        words = [word for word in WORD.findall(ATTRIBUTE.sub("", text)) if word not in SAME_IN_BOTH]
        if words and not self.template.path.endswith(BOTH_LANGUAGES):
            self.note(f"not translated: {' '.join(text.split())[:60]!r}")


def markup(template: Template) -> list[str]:
    """Everything wrong in one template."""
    if template.path.endswith(".txt"):
        return []
    reader = Reader(template)
    reader.feed(TAG.sub(_blank, SILENT.sub(_blank, template.text)))
    reader.close()
    return reader.found
