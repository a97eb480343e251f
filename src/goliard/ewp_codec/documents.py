"""Bytes from the network → an XML tree, or a refusal in bounded time and memory.

What is refused before a tree exists: bodies over the size limit, encodings that few parsers agree on, every document type declaration
(entities cannot exist without one), and bodies with more elements or attributes than the limits. Counting happens on the bytes, so a
refused body costs one pass and no memory. Comments and processing instructions mean nothing in this network and never enter the tree.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lxml import etree

Refusal = Literal["size", "encoding", "dtd", "elements", "attributes", "depth", "malformed", "root"]


class RefusedDocument(ValueError):
    """The body is no document that we read. `refusal` is a stable word for it; the message is for the developer of the other node."""

    def __init__(self, refusal: Refusal, message: str) -> None:
        super().__init__(message)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a body may be: bytes, elements, attributes with namespace declarations, and depth of nesting."""

    bytes: int = 16 * 1024 * 1024
    elements: int = 250_000
    attributes: int = 250_000
    depth: int = 64


#: An answer of a partner: an index of a hundred thousand agreements fits six times over.
ANSWER = Limits()
#: The registry's catalogue: every host of the network in one document.
CATALOGUE = Limits(bytes=96 * 1024 * 1024, elements=4_000_000, attributes=4_000_000)

_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(?:"1\.[0-9]"|'1\.[0-9]')"""
    rb"""(?:\s+encoding\s*=\s*(?:"(?P<double>[A-Za-z][A-Za-z0-9._-]*)"|'(?P<single>[A-Za-z][A-Za-z0-9._-]*)'))?"""
    rb"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>"""
)
_BEFORE_ROOT = re.compile(rb"(?:[ \t\r\n]+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)
_SINGLE_BYTE = {"us-ascii": "ascii", "ascii": "ascii", "iso-8859-1": "latin-1", "latin1": "latin-1", "windows-1252": "cp1252"}


def read_body(chunks: Iterable[bytes], limits: Limits = ANSWER) -> bytes:
    """Join the chunks of a body as they arrive; at the first chunk beyond the limit raise `RefusedDocument` and read no further."""
    body = bytearray()
    for chunk in chunks:
        if len(body) + len(chunk) > limits.bytes:
            raise _too_large(limits)
        body += chunk
    return bytes(body)


def read_document(body: bytes, limits: Limits = ANSWER) -> etree._Element:
    """Return the root element of the document. Raises `RefusedDocument`; never touches the network or a file."""
    utf8 = checked_utf8(body, limits)
    parser = _parser()
    try:
        root = etree.fromstring(utf8, parser)
    except etree.XMLSyntaxError as error:
        raise malformed(str(error.msg)) from None
    check_log(parser.error_log)
    if root.xpath(_deeper_than(limits.depth)):
        raise RefusedDocument("depth", f"the document is nested deeper than {limits.depth} elements")
    return root


def checked_utf8(body: bytes, limits: Limits) -> bytes:
    """Return the document in UTF-8 after every check that needs no tree. Raises `RefusedDocument`."""
    if len(body) > limits.bytes:
        raise _too_large(limits)
    utf8 = _as_utf8(body)
    prolog = _BEFORE_ROOT.match(utf8)
    root = prolog.end() if prolog is not None else 0
    if utf8.startswith(b"<!", root) and not utf8.startswith(b"<!--", root):
        raise RefusedDocument("dtd", "a document type declaration is not allowed in this network")
    if utf8.count(b"<") - utf8.count(b"</") > limits.elements:
        raise RefusedDocument("elements", f"the document has more than {limits.elements} elements")
    if utf8.count(b"=") > limits.attributes:
        raise RefusedDocument("attributes", f"the document has more than {limits.attributes} attributes")
    return utf8


def check_log(log: etree._ListErrorLog) -> None:
    """Refuse a document in which the parser met an error. lxml forgives undeclared prefixes where a mere warning came after them."""
    errors = log.filter_from_errors() if len(log) else log
    if len(errors):
        raise malformed(str(errors[0].message))


def malformed(message: str) -> RefusedDocument:
    """The refusal for what the parser could not read, with the parser's own words."""
    return RefusedDocument("malformed", f"the document is not well-formed XML: {message[:200]}")


def local_name(element: etree._Element) -> str:
    """Return the element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace_of(element: etree._Element) -> str:
    """Return the element's namespace, empty where it has none."""
    return str(element.tag).rpartition("}")[0][1:]


def _too_large(limits: Limits) -> RefusedDocument:
    return RefusedDocument("size", f"the body is larger than {limits.bytes} bytes")


def _as_utf8(body: bytes) -> bytes:
    """Without byte order mark, and decoded where it is not UTF-8. What the declaration says is obeyed here, so the parser need not."""
    if body.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _encoding("UTF-32")
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(body, "utf-16")
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :]
    declaration = _DECLARATION.match(body)
    declared = (declaration["double"] or declaration["single"] or b"utf-8").decode("ascii").lower() if declaration else "utf-8"
    if declared in {"utf-8", "utf8"}:
        return body
    if declared not in _SINGLE_BYTE:
        raise _encoding(declared)
    return _decoded(body, _SINGLE_BYTE[declared])


def _decoded(body: bytes, codec: str) -> bytes:
    try:
        return body.decode(codec).encode("utf-8")
    except UnicodeError:
        raise RefusedDocument("encoding", f"the body is not the {codec} that it says it is") from None


def _encoding(name: str) -> RefusedDocument:
    return RefusedDocument("encoding", f"the encoding {name} is not read here; send UTF-8")


def _parser() -> etree.XMLParser:
    """A parser that loads nothing, expands nothing and keeps only elements and text. Its encoding overrides the declaration's."""
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _deeper_than(depth: int) -> str:
    return f"boolean({'/*' * (depth + 1)})"
