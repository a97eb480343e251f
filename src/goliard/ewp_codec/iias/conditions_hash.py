"""The hash of an agreement (iias 7): SHA-256 over a readable text of what the partners agree on.

The specification defines the text by a stylesheet (`transform_version_7.xsl`, XSLT 2.0); this is the same in plain Python. In the text
stand the agreement's ids at both partners and, for every mobility specification in document order, each attribute and each element
without children, verbatim, white space included. Contacts stand outside; the academic years come last. Names are matched without namespace.

The stylesheet looks for `terminated-as-a-whole` in the whole document, so one terminated agreement changes the text of its neighbours in
the same answer. Here each agreement is a document of its own, which is why we answer with one agreement a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from goliard.ewp_codec.documents import ANSWER, Limits, local_name, read_document

_CONTACTS = frozenset({"sending-contact", "receiving-contact"})
_FIRST_YEAR = "receiving-first-academic-year-id"
_LAST_YEAR = "receiving-last-academic-year-id"
_MIGRATION = frozenset({"not-yet-defined", "v6-value"})
_TRUE = frozenset({"true", "1"})


@dataclass(frozen=True, slots=True)
class HashedIia:
    """What one `<iia>` hashes to.

    `iia_id` is that of the first partner, as found. `text` is what is hashed; `hash` is 64 lower-case hexadecimal digits; `declared` is
    the hash that the agreement says it has, empty where it says none: refuse to approve where the two differ.
    `valid_for_approval` is false while the agreement carries values left over from version 6 (`not-yet-defined`, `v6-value`).
    """

    iia_id: str
    text: str
    hash: str
    declared: str
    valid_for_approval: bool


def hash_iias(body: bytes, limits: Limits = ANSWER) -> tuple[HashedIia, ...]:
    """Hash every `<iia>` of a get response, or a bare `<iia>`, in document order. Raises `RefusedDocument`."""
    return tuple(hash_iia(iia) for iia in read_document(body, limits).iter("{*}iia"))


def hash_iia(iia: etree._Element) -> HashedIia:
    """Hash one `<iia>` element as if it were a document of its own."""
    text = "".join(_text_of(iia))
    partner = next(_children(iia, "partner"), None)
    return HashedIia(
        iia_id="" if partner is None else _first_text(partner, "iia-id"),
        text=text,
        hash=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        declared=_first_text(iia, "iia-hash").strip(),
        valid_for_approval=not any(_is_left_open(element) or element.get("v6-value") for element in iia.iter("*")),
    )


def _text_of(iia: etree._Element) -> Iterator[str]:
    if any(_is_terminated(conditions) for conditions in iia.iter("{*}cooperation-conditions")):
        yield "_@terminated-as-a-whole@_"
    for number, partner in enumerate(_children(iia, "partner"), start=1):
        yield f"_iia-id_{number}={_first_text(partner, 'iia-id')}_"
    for conditions in _children(iia, "cooperation-conditions"):
        left_open = _is_left_open(iia) or _is_left_open(conditions)
        for specification in conditions.iterchildren("*"):
            yield from _specification_text(conditions, specification, left_open or _is_left_open(specification))


def _specification_text(conditions: etree._Element, specification: etree._Element, left_open: bool) -> Iterator[str]:  # noqa: FBT001 - private, inherited state
    if not left_open:
        path = (local_name(conditions), local_name(specification))
        for element in specification.iterchildren("*"):
            yield from _element_text(path, element)
    for year in (_FIRST_YEAR, _LAST_YEAR):
        yield f"_{year}={_first_text(specification, year)}_"


def _element_text(above: tuple[str, str], element: etree._Element) -> Iterator[str]:
    """The text of one element and what lies below it; `above` names its grandparent and parent."""
    if _is_left_open(element):
        return
    name = local_name(element)
    path = f"{above[0]}.{above[1]}.{name}"
    if name not in {_FIRST_YEAR, _LAST_YEAR}:
        for attribute, value in element.attrib.items():
            if attribute not in _MIGRATION:
                yield f"_@{path}.{str(attribute).rpartition('}')[2]}={value!s}@_"
        if len(element) == 0:
            value = (element.get("v6-value") if name == "isced-f-code" else "") or element.text or ""
            yield f"_{path}={value}_"
    if name not in _CONTACTS:
        for child in element.iterchildren("*"):
            yield from _element_text((above[1], name), child)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{*}}{name}")


def _first_text(element: etree._Element, name: str) -> str:
    """The text of the first child of that name, that of its descendants included; empty where there is none."""
    child = next(_children(element, name), None)
    return "" if child is None else "".join(str(part) for part in child.itertext())


def _is_left_open(element: etree._Element) -> bool:
    return element.get("not-yet-defined") in _TRUE


def _is_terminated(conditions: etree._Element) -> bool:
    return any(str(name).rpartition("}")[2] == "terminated-as-a-whole" and value in _TRUE for name, value in conditions.attrib.items())
