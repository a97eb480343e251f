"""Validation against the official schemas, read from a folder that an installation or a test names; they are not shipped with Goliard."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, cast

from lxml import etree

from goliard.ewp_codec.documents import ANSWER, Limits, namespace_of, read_document

_XSD = "http://www.w3.org/2001/XMLSchema"
_RAW = re.compile(r"https://raw\.githubusercontent\.com/([^/]+/[^/]+)/([^/]+)/(.*)")


class SchemaFolder:
    """A folder with schemas and their catalogue `__index__.xml` (namespace → file), as the network's registry service publishes it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        catalogue = etree.parse(str(folder / "__index__.xml")).getroot()
        self._files = {str(entry.get("name")): folder / str(entry.get("uri")) for entry in catalogue}
        self._compiled = lru_cache(maxsize=64)(self._compile)

    def faults(self, body: bytes, limits: Limits = ANSWER) -> tuple[str, ...]:
        """Return what a document does against its schemas, one line a fault; none for a valid document. Raises `RefusedDocument`."""
        root = read_document(body, limits)
        used = {namespace_of(element) for element in root.iter("*")}
        schema = self._compiled(frozenset(used & self._files.keys()))
        schema.validate(root)
        log = cast("Iterable[_LogEntry]", schema.error_log)  # the stubs do not know that it is a list
        return tuple(f"line {entry.line}: {entry.message}" for entry in log)

    def file_of(self, url: str) -> Path | None:
        """Return the local file for the address of a schema: a raw GitHub address stands for the namespace of its repository and branch."""
        raw = _RAW.fullmatch(url)
        names = (
            [url] if raw is None else [f"https://github.com/{raw[1]}/tree/{raw[2]}", f"https://github.com/{raw[1]}/blob/{raw[2]}/{raw[3]}"]
        )
        if url.endswith("/xml.xsd"):
            return self._folder / "xml.xsd"
        return next((self._files[name] for name in names if name in self._files), None)

    def _compile(self, namespaces: frozenset[str]) -> etree.XMLSchema:
        """One schema over several namespaces, so that what stands inside `apis-implemented` is validated too."""
        parser = etree.XMLParser(no_network=True)
        parser.resolvers.add(_LocalFiles(self))
        wrapper = etree.Element(f"{{{_XSD}}}schema", nsmap={"xs": _XSD})
        for namespace in sorted(namespaces):
            etree.SubElement(wrapper, f"{{{_XSD}}}import", namespace=namespace, schemaLocation=self._files[namespace].resolve().as_uri())
        return etree.XMLSchema(etree.fromstring(etree.tostring(wrapper), parser))


class _LogEntry(Protocol):
    line: int
    message: str


class _LocalFiles(etree.Resolver):
    def __init__(self, folder: SchemaFolder) -> None:
        super().__init__()
        self._folder = folder

    def resolve(self, system_url: str, public_id: str, context: object) -> Any:  # type: ignore[override]  # the stubs lack `context`
        file = self._folder.file_of(system_url) if system_url.startswith("http") else None
        return None if file is None else self.resolve_filename(str(file), context)  # type: ignore[attr-defined]  # nor this
