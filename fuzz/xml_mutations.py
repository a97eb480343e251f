"""Mutations that keep XML well-formed more often than not: elements go, double, move or change names, texts and attributes values."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

_OPEN = re.compile(rb"<([A-Za-z][A-Za-z0-9:._-]*)([^<>]*?)(/?)>")
_TEXT = re.compile(rb">([^<>]*)<")
_VALUE = re.compile(rb"=\"([^\"<>]*)\"")


def _element(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Where some element starts and ends, as far as a look for the next end tag of its name can tell."""
    found = list(_OPEN.finditer(data))
    if not found:
        return 0, 0
    start = chance.choice(found)
    if start[3]:
        return start.span()
    end = data.find(b"</" + start[1] + b">", start.end())
    return (start.start(), end + len(start[1]) + 3) if end >= 0 else start.span()


def drop(data: bytes, chance: random.Random, _words: Sequence[bytes]) -> bytes:
    """Take an element out."""
    start, end = _element(data, chance)
    return data[:start] + data[end:]


def double(data: bytes, chance: random.Random, _words: Sequence[bytes]) -> bytes:
    """Put an element there twice."""
    start, end = _element(data, chance)
    return data[:end] + data[start:end] + data[end:]


def move(data: bytes, chance: random.Random, _words: Sequence[bytes]) -> bytes:
    """Put an element before another one."""
    start, end = _element(data, chance)
    rest = data[:start] + data[end:]
    place, _ = _element(rest, chance)
    return rest[:place] + data[start:end] + rest[place:]


def rename(data: bytes, chance: random.Random, _words: Sequence[bytes]) -> bytes:
    """Give an element the name of another one."""
    start, end = _element(data, chance)
    other_start, other_end = _element(data, chance)
    name, other = _OPEN.match(data, start, end), _OPEN.match(data, other_start, other_end)
    if name is None or other is None:
        return data
    inside = data[start:end].replace(b"<" + name[1], b"<" + other[1]).replace(b"</" + name[1], b"</" + other[1])
    return data[:start] + inside + data[end:]


def text(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """Change a text."""
    return _replaced(data, list(_TEXT.finditer(data)), chance, words)


def value(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """Change the value of an attribute."""
    return _replaced(data, list(_VALUE.finditer(data)), chance, words)


def attribute(data: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """Give an element another attribute."""
    found = list(_OPEN.finditer(data))
    if not found:
        return data
    place = chance.choice(found).end(1)
    return data[:place] + chance.choice([word for word in words if word.startswith(b" ") and b"=" in word] or [b""]) + data[place:]


def _replaced(data: bytes, found: list[re.Match[bytes]], chance: random.Random, words: Sequence[bytes]) -> bytes:
    if not found:
        return data
    start, end = chance.choice(found).span(1)
    return data[:start] + chance.choice(words) + data[end:]


MUTATIONS = (drop, double, move, rename, text, value, attribute)
