"""The official examples: valid, read without a word, and written back with the same meaning."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from lxml import etree
from tests.ewp_codec.documents_of_the_network import KINDS, Kind

from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.iias.get_response import parse_iias_get, receive_iias_get
from goliard.ewp_codec.iias.publishing import render_iias_get
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_codec.writing import Unwritable

WITH_EXAMPLE = [pytest.param(kind, id=kind.name) for kind in KINDS if kind.example]


@pytest.mark.parametrize("kind", WITH_EXAMPLE)
def test_an_example_reads_without_fault_and_writes_back_equal(kind: Kind, examples: Path, schemas: SchemaFolder) -> None:
    body = (examples / kind.example).read_bytes()
    assert schemas.faults(body) == ()
    parsed = kind.parse(body)
    assert parsed.tolerated == ()
    rendered = kind.render(parsed.value)
    assert schemas.faults(rendered) == ()
    assert kind.parse(rendered) == parsed


@pytest.mark.parametrize("kind", WITH_EXAMPLE)
def test_elements_and_texts_of_an_example_all_come_back(kind: Kind, examples: Path) -> None:
    """Not only what our values hold: every element, attribute and text of the example stands in what we write."""
    body = (examples / kind.example).read_bytes()
    assert content(kind.render(kind.parse(body).value)) == content(body)


def content(body: bytes) -> list[tuple[str, dict[str, str], str]]:
    """The elements of a document in order with their attributes and own text; white space inside base64 and around texts does not count."""
    root = etree.fromstring(body, etree.XMLParser(remove_comments=True))
    found = []
    for element in root.iter("*"):
        text = (element.text or "").strip()
        attributes = {str(name): str(value) for name, value in element.attrib.items() if "XMLSchema-instance" not in str(name)}
        if "rsa-public-key" in str(element.tag):
            text = "".join(text.split())
        found.append((str(element.tag), attributes, text))
    return found


@pytest.mark.parametrize("kind", WITH_EXAMPLE)
def test_the_root_has_the_default_namespace_and_no_prefix(kind: Kind, examples: Path) -> None:
    rendered = kind.render(kind.parse((examples / kind.example).read_bytes()).value)
    root = etree.fromstring(rendered)
    assert root.prefix is None
    assert root.nsmap[None] == etree.QName(root).namespace
    assert b"ns0" not in rendered
    assert all(child.prefix is None for child in root if etree.QName(child).namespace == etree.QName(root).namespace)


# The reader must see what the schema sees: each round breaks the example at one place, and both must say whether it is broken.


def broken(body: bytes, chance: random.Random) -> bytes:
    root = etree.fromstring(body, etree.XMLParser(remove_comments=True))
    elements = list(root.iter("*"))
    element = chance.choice(elements)
    parent = element.getparent()
    change = chance.randrange(10)
    if change == 0 and parent is not None:
        parent.remove(element)
    elif change == 1 and parent is not None:
        element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))
    elif change == 2:
        element.tag = etree.QName("urn:other", etree.QName(element).localname)
    elif change == 3:
        element.set("surprise", "1")
    elif change == 4:
        etree.SubElement(element, etree.QName(etree.QName(element).namespace, "surprise"))
    elif change == 5 and parent is not None:
        parent.append(element)
    elif change == 6:
        element.tag = etree.QName(etree.QName(element).namespace, "surprise")
    elif change == 7 and len(element):
        element.text = "surprise"
    elif element.attrib and change == 8:
        element.set(chance.choice(list(element.attrib)), chance.choice(["", "surprise", " "]))
    elif len(element) == 0:
        element.text = chance.choice(
            [
                "",
                " ",
                "surprise",
                "0",
                "-1",
                "1.5",
                "0421",
                "042",
                " 7 ",
                "true",
                "--02-29",
                "--02-30",
                "+31",
                "2026/27",
                "C3",
                "nl_NL",
                "a@b.c",
                "https://x",
                "ftp://x",
            ]
        )
    return etree.tostring(root)


#: Where we are stricter: the schema validator takes base64 with foreign characters, and no schema ties a key to its id.
STRICTER = ("is no base64", "is not the key that its id names")


@pytest.mark.parametrize("kind", WITH_EXAMPLE)
def test_the_reader_reports_a_fault_exactly_where_the_schema_does(kind: Kind, examples: Path, schemas: SchemaFolder) -> None:
    body = (examples / kind.example).read_bytes()
    chance = random.Random(kind.name)
    for _ in range(400):
        document = broken(body, chance)
        by_schema = schemas.faults(document)
        try:
            by_reader = tuple(str(fault) for fault in kind.parse(document).tolerated)
        except RefusedDocument as refused:
            by_reader = (str(refused),)
        only_stricter = bool(by_reader) and not by_schema and all(fault.endswith(STRICTER) for fault in by_reader)
        assert only_stricter or bool(by_reader) == bool(by_schema), f"{by_reader=} {by_schema=}"


# What is read with tolerance must not be written on: the strict writer refuses, or what it writes is valid.


@pytest.mark.parametrize("kind", WITH_EXAMPLE)
def test_whatever_was_tolerated_is_written_validly_or_not_at_all(kind: Kind, examples: Path, schemas: SchemaFolder) -> None:
    body = (examples / kind.example).read_bytes()
    chance = random.Random(kind.name)
    written = 0
    for _ in range(300):
        try:
            parsed = kind.parse(broken(body, chance))
            rendered = kind.render(parsed.value)
        except (RefusedDocument, Unwritable):
            continue
        written += 1
        assert schemas.faults(rendered) == ()
        assert kind.parse(rendered).tolerated == ()
    assert written > 30


def test_the_scenario_of_the_specification_is_tolerated_and_says_what_is_missing(examples: Path) -> None:
    parsed = parse_iias_get((examples / "iias/example-scenario/01-A-get-response.part.xml").read_bytes())
    assert [(fault.line, fault.path, fault.fault) for fault in parsed.tolerated][1:] == [
        (2, "/iias-get-response/iia", "<in-effect> is missing"),
        (12, "/iias-get-response/iia/cooperation-conditions/student-studies-mobility-spec[1]", "<recommended-language-skill> is missing"),
        (12, "/iias-get-response/iia/cooperation-conditions/student-studies-mobility-spec[1]", "<blended> is missing"),
        (21, "/iias-get-response/iia/cooperation-conditions/student-studies-mobility-spec[2]", "<recommended-language-skill> is missing"),
        (21, "/iias-get-response/iia/cooperation-conditions/student-studies-mobility-spec[2]", "<blended> is missing"),
    ]
    with pytest.raises(Unwritable, match="/iia/in-effect: is required"):
        render_iias_get(parsed.value)


def test_what_is_received_is_kept_as_it_was_approved(examples: Path) -> None:
    body = (examples / "iias/endpoints/get-response-example.xml").read_bytes()
    parsed = receive_iias_get(body)
    (received,) = parsed.value
    assert (received.iia,) == parse_iias_get(body).value
    assert received.is_as_declared
    assert hash_iias(received.xml) == (received.hashed,)  # the piece that is kept hashes to what the whole answer hashed to
    stale = receive_iias_get((examples / "iias/example-scenario/01-A-get-response.part.xml").read_bytes())
    assert [one.is_as_declared for one in stale.value] == [False]
    assert stale.tolerated == parse_iias_get((examples / "iias/example-scenario/01-A-get-response.part.xml").read_bytes()).tolerated
