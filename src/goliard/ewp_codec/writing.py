"""The strict writer: builds documents that follow their schema, and refuses to write anything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from lxml import etree

from goliard.ewp_codec.lexical import HTTP_URL, LANGUAGE, TEXT, Lexical
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import PREFIXES, XML


class Unwritable(ValueError):
    """A value cannot stand in the document: `path` says where, the message what its type is."""

    def __init__(self, path: str, fault: str) -> None:
        super().__init__(f"{path}: {fault}")
        self.path = path


class ElementWriter:
    """Appends children to one element, in the order in which they are written."""

    __slots__ = ("_namespace", "element", "path")

    def __init__(self, element: etree._Element, namespace: str, path: str) -> None:
        self.element = element
        self.path = path
        self._namespace = namespace

    def child(self, name: str, *, namespace: str = "", inner: str = "") -> ElementWriter:
        """Append an element and return a writer on it. `inner` is the namespace of what it holds, where that differs from its own."""
        own = namespace or self._namespace
        return ElementWriter(self._append(name, own), inner or own, f"{self.path}/{name}")

    def foreign(self, name: str, namespace: str) -> ElementWriter:
        """Append an element of another namespace, which becomes the default one inside it. Raises `Unwritable` where either is no name."""
        nsmap = cast("dict[str, str]", {None: namespace})  # the stubs do not know the default namespace
        return ElementWriter(self._append(name, namespace, nsmap), namespace, f"{self.path}/{name}")

    def text(self, name: str, value: str, lexical: Lexical = TEXT, *, namespace: str = "", language: str = "") -> ElementWriter:
        """Append an element that must be there. Raises `Unwritable` where the value is not of its type."""
        self._check(f"{self.path}/{name}", value, lexical)
        written = self.child(name, namespace=namespace)
        written.element.text = value
        if language:
            self._check(f"{written.path}/@xml:lang", language, LANGUAGE)
            written.element.set(f"{{{XML}}}lang", language)
        return written

    def optional(self, name: str, value: str, lexical: Lexical = TEXT, *, namespace: str = "") -> None:
        """Append an element unless the value is empty."""
        if value:
            self.text(name, value, lexical, namespace=namespace)

    def texts(self, name: str, values: Iterable[str], lexical: Lexical = TEXT, *, namespace: str = "") -> None:
        """Append one element for each value."""
        for value in values:
            self.text(name, value, lexical, namespace=namespace)

    def localized(self, name: str, values: Iterable[LocalizedText], *, at_least: int = 0, url: bool = False, namespace: str = "") -> None:
        """Append one element for each text, with its language. Raises `Unwritable` where fewer than `at_least` are given."""
        written = [self.text(name, value.text, HTTP_URL if url else TEXT, language=value.language, namespace=namespace) for value in values]
        if len(written) < at_least:
            raise Unwritable(f"{self.path}/{name}", "is required")

    def boolean(self, name: str, value: bool | None) -> None:  # noqa: FBT001 - the value to write
        """Append `true` or `false`. Raises `Unwritable` for `None`."""
        if value is None:
            raise Unwritable(f"{self.path}/{name}", "is required")
        self.text(name, "true" if value else "false")

    def integer(self, name: str, value: int | None, lexical: Lexical) -> ElementWriter:
        """Append a whole number. Raises `Unwritable` for `None` and for numbers outside the type."""
        if value is None:
            raise Unwritable(f"{self.path}/{name}", "is required")
        return self.text(name, str(value), lexical)

    def attribute(self, name: str, value: str, lexical: Lexical = TEXT) -> None:
        """Set an attribute. Raises `Unwritable` where the value is not of its type."""
        self._check(f"{self.path}/@{name}", value, lexical)
        self.element.set(name, value)

    def refuse(self, fault: str) -> Unwritable:
        """Return the refusal for this element as a whole."""
        return Unwritable(self.path, fault)

    def _append(self, name: str, namespace: str, nsmap: dict[str, str] | None = None) -> etree._Element:
        try:
            return etree.SubElement(self.element, f"{{{namespace}}}{name}", nsmap=nsmap)
        except ValueError:  # a partner may write namespaces that are no addresses; nobody else has to read them
            raise Unwritable(f"{self.path}/{name}", f"has no valid name in “{namespace}”") from None

    @staticmethod
    def _check(path: str, value: str, lexical: Lexical) -> None:
        if not lexical.may_be_written(value) or not TEXT.holds(value):
            shown = value if len(value) <= 60 else value[:57] + "…"
            raise Unwritable(path, f"“{shown}” is not a valid {lexical.name}")


def new_document(name: str, namespace: str) -> ElementWriter:
    """Return a writer on a new root element, with its namespace as the default one."""
    prefixes: dict[str | None, str] = {prefix: uri for prefix, uri in PREFIXES.items() if uri != namespace}
    prefixes[None] = namespace
    root = etree.Element(f"{{{namespace}}}{name}", nsmap=cast("dict[str, str]", prefixes))
    return ElementWriter(root, namespace, f"/{name}")


def to_bytes(writer: ElementWriter, *, declaration: bool = True) -> bytes:
    """Return the document in UTF-8, without declarations of namespaces that it does not use."""
    etree.cleanup_namespaces(writer.element)
    return etree.tostring(writer.element, encoding="UTF-8", xml_declaration=declaration)
