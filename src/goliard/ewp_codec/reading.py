"""The tolerant reader: takes what a partner sent, in any namespace and order, and records every deviation from the schema it forgave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from lxml import etree

from goliard.ewp_codec.documents import ANSWER, Limits, RefusedDocument, local_name, namespace_of, read_document
from goliard.ewp_codec.lexical import BOOLEAN, INTEGER, LANGUAGE, TEXT, Lexical
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import XML, XSI

T = TypeVar("T")

#: Recording stops here: a document with more faults than this is not read by a person line by line.
MOST_FAULTS = 100

_HARMLESS = frozenset({f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"})
_LANGUAGE = f"{{{XML}}}lang"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """One deviation from the schema that was forgiven: where (line and path) and what is wrong with it."""

    line: int
    path: str
    fault: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.path}: {self.fault}"


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """What a document says, and what was forgiven to understand it. `tolerated` is empty for a document that follows its schema."""

    value: T
    tolerated: tuple[Tolerance, ...] = ()


class Faults:
    """Collects what one reading of one document tolerates, up to `MOST_FAULTS`."""

    def __init__(self) -> None:
        self._tolerances: list[Tolerance] = []
        self._namespaces: set[tuple[str, str]] = set()

    def add(self, element: etree._Element, fault: str) -> None:
        """Record a fault of an element."""
        if len(self._tolerances) < MOST_FAULTS:
            line: int | None = cast("int | None", element.sourceline)
            self._tolerances.append(Tolerance(line or 0, path_of(element), fault))

    def check_namespace(self, element: etree._Element, expected: str) -> None:
        """Record that an element stands in another namespace than expected; once for each pair, because such documents do it everywhere."""
        found = namespace_of(element)
        if found != expected and (found, expected) not in self._namespaces:
            self._namespaces.add((found, expected))
            self.add(element, f"is not in the namespace {expected}")

    def as_tuple(self) -> tuple[Tolerance, ...]:
        """Return the faults in the order in which they were met."""
        return tuple(self._tolerances)


def path_of(element: etree._Element) -> str:
    """Return where an element stands, such as `/iias-get-response/iia[2]/in-effect`; a number only where it has like-named neighbours."""
    steps = []
    for step in (element, *element.iterancestors()):
        name = local_name(step)
        before = int(cast("float", step.xpath("count(preceding-sibling::*[local-name() = $name])", name=name)))
        alone = before == 0 and next(step.itersiblings(f"{{*}}{name}"), None) is None
        steps.append(name if alone else f"{name}[{before + 1}]")
    return "/" + "/".join(reversed(steps))


def open_document(body: bytes, name: str, namespace: str, limits: Limits = ANSWER) -> tuple[ElementReader, Faults]:
    """Return a reader on the root element and the collector of its faults.

    Raises `RefusedDocument`, also ("root") where the document is another one, such as an error response or a web page.
    """
    root = read_document(body, limits)
    if local_name(root) != name:
        raise RefusedDocument("root", f"expected <{name}>, found <{local_name(root)[:100]}>")
    faults = Faults()
    faults.check_namespace(root, namespace)
    return ElementReader(root, namespace, faults), faults


class ElementReader:
    """Reads the children of one element in the order of its schema.

    Ask for the children in that order and call `close` at the end: whatever stands out of order, repeats, misses, is unknown or is not of
    its type becomes a fault. Children are found by their local name; a wrong namespace is a fault too.
    """

    __slots__ = ("_by_name", "_faults", "_furthest", "_namespace", "_seen", "element")

    def __init__(self, element: etree._Element, namespace: str, faults: Faults) -> None:
        self.element = element
        self._namespace = namespace
        self._faults = faults
        self._furthest = -1
        self._seen: set[str] = set()
        self._by_name: dict[str, list[tuple[int, etree._Element]]] = {}
        for position, child in enumerate(element):
            self._by_name.setdefault(local_name(child), []).append((position, child))

    def fault(self, fault: str, element: etree._Element | None = None) -> None:
        """Record a fault of this element, or of one below it."""
        self._faults.add(self.element if element is None else element, fault)

    def text(self, name: str, lexical: Lexical = TEXT, *, namespace: str = "", required: bool = False) -> str:
        """Return the text of the child of that name, empty where it is absent."""
        child = self._one(name, namespace, required=required)
        return "" if child is None else self._leaf(child, lexical)

    def texts(self, name: str, lexical: Lexical = TEXT, *, namespace: str = "") -> tuple[str, ...]:
        """Return the texts of all children of that name."""
        return tuple(self._leaf(child, lexical) for child in self._take(name, namespace))

    def localized(self, name: str, lexical: Lexical = TEXT, *, namespace: str = "", at_least: int = 0) -> tuple[LocalizedText, ...]:
        """Return the texts of all children of that name with their languages."""
        found = self._take(name, namespace)
        if len(found) < at_least:
            self.fault(f"<{name}> is missing")
        return tuple(LocalizedText(self._leaf(child, lexical, language=True), self._language(child)) for child in found)

    def anything(self, name: str) -> str:
        """Return all text below the child of that name, whatever it holds (`xs:anyType`)."""
        child = self._one(name, "", required=False)
        return "" if child is None else "".join(str(part) for part in child.itertext())

    def has(self, *names: str) -> bool:
        """Whether the element has a child of one of the names, taken or not."""
        return any(local_name(child) in names for child in self.element)

    def boolean(self, name: str, *, required: bool = False) -> bool | None:
        """Return a truth value, `None` where it is absent or unreadable."""
        return {"true": True, "1": True, "false": False, "0": False}.get(self.text(name, BOOLEAN, required=required))

    def integer(self, name: str, lexical: Lexical = INTEGER, *, namespace: str = "", required: bool = False) -> int | None:
        """Return a whole number, `None` where it is absent or unreadable."""
        return as_integer(self.text(name, lexical, namespace=namespace, required=required))

    def child(self, name: str, *, namespace: str = "", required: bool = False, inner: str = "") -> ElementReader | None:
        """Return a reader on the child of that name. `inner` is the namespace of what it holds, where that differs from its own."""
        found = self._one(name, namespace, required=required)
        return None if found is None else ElementReader(found, inner or namespace or self._namespace, self._faults)

    def children(self, name: str, *, namespace: str = "", inner: str = "") -> Iterator[ElementReader]:
        """Return readers on all children of that name."""
        for found in self._take(name, namespace):
            yield ElementReader(found, inner or namespace or self._namespace, self._faults)

    def anyone(self) -> Iterator[ElementReader]:
        """Return readers on all children that nobody took yet, in document order and whatever they are (`xs:any`)."""
        left = sorted((entry for found in self._by_name.values() for entry in found), key=lambda entry: entry[0])
        self._by_name = {}
        for _, child in left:
            yield ElementReader(child, namespace_of(child), self._faults)

    def attribute(self, name: str, lexical: Lexical = TEXT, *, required: bool = False) -> str:
        """Return an attribute of this element, empty where it is absent."""
        self._seen.add(name)
        value = self.element.get(name)
        if value is None:
            if required:
                self.fault(f"the attribute {name} is missing")
            return ""
        return self._checked(self.element, str(value), lexical, f"the attribute {name} is")

    def flag(self, name: str) -> bool:
        """Return a truth value in an attribute; absent means false."""
        return self.attribute(name, BOOLEAN) in {"true", "1"}

    def own_text(self, lexical: Lexical = TEXT) -> str:
        """Return the text of this element itself, for elements with text and attributes; then `close` has only attributes to look at."""
        return self._checked(self.element, "".join(str(part) for part in self.element.itertext()), lexical, "is")

    def close_empty(self) -> None:
        """Close an element that must hold nothing at all, not even white space."""
        if self.element.text:
            self.fault("holds text where nothing is expected")
        self.close(mixed=True)

    def close(self, *, mixed: bool = False) -> None:
        """Record every child and attribute that nobody asked for, and text between elements. `mixed` allows text."""
        for name, found in self._by_name.items():
            for _, child in found:
                self.fault(f"<{name[:100]}> is not known here", child)
        self._check_attributes(self.element, self._seen)
        if not mixed and (_is_text(self.element.text) or any(_is_text(child.tail) for child in self.element)):
            self.fault("holds text between its elements")

    def _take(self, name: str, namespace: str) -> list[etree._Element]:
        found = self._by_name.pop(name, None)
        if found is None:
            return []
        if found[0][0] < self._furthest:
            self.fault("stands out of order", found[0][1])
        elif found[-1][0] - found[0][0] >= len(found):
            self.fault("stands apart from its like", found[-1][1])
        self._furthest = max(self._furthest, found[-1][0])
        expected = namespace or self._namespace
        for _, child in found:
            self._faults.check_namespace(child, expected)
        return [child for _, child in found]

    def _one(self, name: str, namespace: str, *, required: bool) -> etree._Element | None:
        found = self._take(name, namespace)
        if not found:
            if required:
                self.fault(f"<{name}> is missing")
            return None
        for extra in found[1:]:
            self.fault("is repeated; only the first counts", extra)
        return found[0]

    def _leaf(self, element: etree._Element, lexical: Lexical, *, language: bool = False) -> str:
        if len(element):
            self.fault("holds elements where a text is expected", element)
        self._check_attributes(element, {_LANGUAGE} if language else set())
        return self._checked(element, "".join(str(part) for part in element.itertext()), lexical, "is")

    def _checked(self, element: etree._Element, value: str, lexical: Lexical, says: str) -> str:
        """The value without the white space that does not count; a fault where it is not of its type."""
        if lexical is TEXT:
            return value
        if not lexical.holds(value):
            self.fault(f"{says} “{_shortened(value)}”, not a valid {lexical.name}", element)
        return value.strip()

    def _check_attributes(self, element: etree._Element, known: set[str]) -> None:
        for name in element.attrib:
            if name not in known and name not in _HARMLESS:
                self.fault(f"the attribute {str(name).rpartition('}')[2][:100]} is not known here", element)

    def _language(self, element: etree._Element) -> str:
        value = element.get(_LANGUAGE)
        return "" if value is None else self._checked(element, str(value), LANGUAGE, "the attribute xml:lang is")


def as_integer(text: str) -> int | None:
    """Return the whole number that the text is, `None` where it is none or absurdly long."""
    digits = text[1:] if text[:1] in {"+", "-"} else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else None


def _is_text(part: str | None) -> bool:
    return part is not None and bool(part.strip(" \t\r\n"))


def _shortened(value: str) -> str:
    return value if len(value) <= 60 else value[:57] + "…"
