"""A Markdown file of the folder: YAML in front, then the text in Dutch and in English.

    ---
    title_en: Going abroad
    title_nl: Naar het buitenland
    ---

    <!-- nl -->

    De tekst.

    <!-- en -->

    The text.

A line of the text itself that reads `<!-- nl -->` or `<!-- en -->` has a backslash in front.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from goliard.apps.transfer.faults import CellRefused

LARGEST_FRONT = 20_000
_MARK = re.compile(r"^(\\*)<!-- (nl|en) -->$", re.MULTILINE)


def parse_document(text: str) -> tuple[dict[str, str | list[str]], dict[str, str]]:
    """Return the front matter (every value a text or a list of texts) and the two texts by language.

    Raises `CellRefused` with what is wrong.
    """
    if text.startswith("---\r\n"):
        text = text.replace("\r\n", "\n")
    if not text.startswith("---\n"):
        raise CellRefused("Het bestand begint niet met een regel ‘---’.", "The file does not begin with a line “---”.")
    front, end, body = text[4:].partition("\n---\n")
    if not end:
        raise CellRefused("De regel ‘---’ na de kenmerken ontbreekt.", "The line “---” after the front matter is missing.")
    return parse_front_matter(front), _parts(body)


def parse_front_matter(front: str) -> dict[str, str | list[str]]:
    """Return a YAML mapping as texts and lists of texts. Raises `CellRefused` for anything but plain values and lists of them."""
    if len(front) > LARGEST_FRONT:
        raise CellRefused(
            f"De kenmerken zijn langer dan {LARGEST_FRONT} tekens.", f"The front matter is longer than {LARGEST_FRONT} characters."
        )
    try:
        found = yaml.load(front, Loader=_PlainLoader)  # noqa: S506 -- a BaseLoader: makes texts, lists and mappings only
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        place = f" ({line + 2})" if line is not None else ""
        problem = getattr(error, "problem", None) or type(error).__name__
        raise CellRefused(
            f"De kenmerken zijn geen geldige YAML{place}: {problem}.", f"The front matter is not valid YAML{place}: {problem}."
        ) from None
    if found in (None, ""):
        return {}
    if not isinstance(found, dict):
        raise CellRefused("De kenmerken zijn geen lijst van ‘naam: waarde’.", "The front matter is no list of “name: value”.")
    return {str(name): _plain(str(name), value) for name, value in found.items()}


def render_document(front: Mapping[str, str | list[str]], texts: Mapping[str, str]) -> bytes:
    """Return the file; `parse_document` gives the same back, letter by letter."""
    head = yaml.dump(dict(front), Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=10**6, default_flow_style=False)
    return f"---\n{head}---\n\n<!-- nl -->\n\n{_guarded(texts['nl'])}\n\n<!-- en -->\n\n{_guarded(texts['en'])}\n".encode()


def _parts(body: str) -> dict[str, str]:
    marks = [mark for mark in _MARK.finditer(body) if not mark[1]]
    languages = [mark[2] for mark in marks]
    if sorted(languages) != ["en", "nl"]:
        raise CellRefused(
            "Er horen precies twee delen te zijn: na ‘<!-- nl -->’ en na ‘<!-- en -->’.",
            "There should be exactly two parts: after “<!-- nl -->” and after “<!-- en -->”.",
        )
    if body[: marks[0].start()].strip():
        raise CellRefused("Er staat tekst voor het eerste deel.", "There is text before the first part.")
    first, second = marks
    return {
        first[2]: _unguarded(_trimmed(body[first.end() + 1 : second.start()], last=False)),
        second[2]: _unguarded(_trimmed(body[second.end() + 1 :], last=True)),
    }


def _trimmed(part: str, *, last: bool) -> str:
    """Take off exactly what `render_document` puts around a text, so that a text may begin and end as it likes."""
    part = part.removeprefix("\n").removesuffix("\n")
    return part if last else part.removesuffix("\n")


def _guarded(text: str) -> str:
    return _MARK.sub(lambda mark: "\\" + mark[0], text)


def _unguarded(text: str) -> str:
    return _MARK.sub(lambda mark: mark[0].removeprefix("\\"), text)


def _plain(name: str, value: Any) -> str | list[str]:
    if isinstance(value, list):
        if any(not isinstance(item, str) or ";" in item for item in value):
            raise CellRefused(f"De lijst bij {name} heeft meer dan losse woorden.", f"The list of {name} holds more than plain words.")
        return value
    if not isinstance(value, str):
        raise CellRefused(f"{name} is geen tekst of lijst.", f"{name} is neither a text nor a list.")
    return value


class _PlainLoader(yaml.BaseLoader):
    """Every value is text as written (no dates, no `on` that turns true); no anchors, no tags, no double names."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML has no types here
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.composer.ComposerError(None, None, "anchors, aliases and tags are not allowed", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 -- PyYAML's signature
        names = [key.value for key, _ in node.value]
        for key, _ in node.value:
            if not isinstance(key.value, str) or names.count(key.value) > 1:
                raise yaml.constructor.ConstructorError(None, None, f"the name {key.value!r} is there twice or is no text", key.start_mark)
        return super().construct_mapping(node, deep)


class _PlainDumper(yaml.emitter.Emitter, yaml.serializer.Serializer, yaml.representer.SafeRepresenter, yaml.resolver.BaseResolver):
    """Writes texts without quotes wherever a `_PlainLoader` reads them back the same."""

    def __init__(self, stream: Any, **options: Any) -> None:
        emitter = {name: options[name] for name in ("canonical", "indent", "width", "allow_unicode", "line_break")}
        yaml.emitter.Emitter.__init__(self, stream, **emitter)
        serial = {name: options[name] for name in ("encoding", "explicit_start", "explicit_end", "version", "tags")}
        yaml.serializer.Serializer.__init__(self, **serial)
        yaml.representer.SafeRepresenter.__init__(
            self, default_style=options["default_style"], default_flow_style=options["default_flow_style"], sort_keys=options["sort_keys"]
        )
        yaml.resolver.BaseResolver.__init__(self)
