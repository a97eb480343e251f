"""The hash of an agreement: the official vectors, the text rule by rule, and the official stylesheet as an oracle."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.iias.conditions_hash import hash_iias


def text_of(iia: str) -> str:
    (hashed,) = hash_iias(iia.encode())
    assert hashed.hash == hashlib.sha256(hashed.text.encode()).hexdigest()
    return hashed.text


def in_conditions(specification: str) -> str:
    return text_of(f"<iia><cooperation-conditions>{specification}</cooperation-conditions></iia>")


@pytest.mark.parametrize(
    ("file", "hash_"),
    [
        ("endpoints/get-response-example.xml", "e950faa83a799cf45839e7915db88ed51575babe7845c1219dfde54ce30a61e4"),
        ("example-scenario/01-A-get-response.part.xml", "dc05c99f62e2ceec395d0c3bc49c0760b03b0f71bba7326e1807aced0a10640f"),
    ],
)
def test_the_official_vectors(examples: Path, file: str, hash_: str) -> None:
    (hashed,) = hash_iias((examples / "iias" / file).read_bytes())
    assert (hashed.hash, hashed.iia_id, hashed.valid_for_approval) == (hash_, "0f7a5682-faf7-49a7-9cc7-ec486c49a281", True)


def test_the_example_declares_its_hash_and_the_scenario_a_stale_one(examples: Path) -> None:
    (example,) = hash_iias((examples / "iias/endpoints/get-response-example.xml").read_bytes())
    (scenario,) = hash_iias((examples / "iias/example-scenario/01-A-get-response.part.xml").read_bytes())
    assert example.declared == example.hash
    assert scenario.declared == "160b06656cb621eba6b86d0a5c3d9e37a38f782296be28242d82335726dcbde6"


def test_the_text_of_a_small_agreement_can_be_read() -> None:
    iia = """<iia>
      <partner><hei-id>a.example.org</hei-id><iia-id>a1</iia-id><iia-code>not hashed</iia-code></partner>
      <partner><hei-id>b.example.org</hei-id></partner>
      <in-effect>true</in-effect>
      <cooperation-conditions>
        <staff-training-mobility-spec>
          <sending-hei-id>a.example.org</sending-hei-id>
          <sending-contact><contact-name>not hashed</contact-name></sending-contact>
          <receiving-hei-id>b.example.org</receiving-hei-id>
          <receiving-first-academic-year-id>2026/2027</receiving-first-academic-year-id>
          <receiving-last-academic-year-id>2027/2028</receiving-last-academic-year-id>
          <mobilities-per-year>2</mobilities-per-year>
          <subject-area><isced-f-code>0421</isced-f-code></subject-area>
          <total-days-per-year>10.50</total-days-per-year>
        </staff-training-mobility-spec>
      </cooperation-conditions>
      <pdf-file>not-hashed</pdf-file>
    </iia>"""
    assert text_of(iia) == (
        "_iia-id_1=a1_"
        "_iia-id_2=_"
        "_cooperation-conditions.staff-training-mobility-spec.sending-hei-id=a.example.org_"
        "_cooperation-conditions.staff-training-mobility-spec.receiving-hei-id=b.example.org_"
        "_cooperation-conditions.staff-training-mobility-spec.mobilities-per-year=2_"
        "_staff-training-mobility-spec.subject-area.isced-f-code=0421_"
        "_cooperation-conditions.staff-training-mobility-spec.total-days-per-year=10.50_"
        "_receiving-first-academic-year-id=2026/2027_"
        "_receiving-last-academic-year-id=2027/2028_"
    )


YEARS = "_receiving-first-academic-year-id=__receiving-last-academic-year-id=_"


@pytest.mark.parametrize(
    ("specification", "text"),
    [
        ("<s/>", YEARS),
        ("<s>no element</s>", YEARS),
        ("<s a='not of an inner element'/>", YEARS),
        ("<s><x> a\nb </x></s>", "_cooperation-conditions.s.x= a\nb _" + YEARS),
        ("<s><x/></s>", "_cooperation-conditions.s.x=_" + YEARS),
        (
            "<s><x y='1' z='2'>3</x></s>",
            "_@cooperation-conditions.s.x.y=1@__@cooperation-conditions.s.x.z=2@__cooperation-conditions.s.x=3_" + YEARS,
        ),
        ("<s><x xml:lang='nl'>3</x></s>", "_@cooperation-conditions.s.x.lang=nl@__cooperation-conditions.s.x=3_" + YEARS),
        ("<s><x y='1'><z>3</z></x></s>", "_@cooperation-conditions.s.x.y=1@__s.x.z=3_" + YEARS),
        ("<s><x not-yet-defined='true'><z>3</z></x></s>", YEARS),
        ("<s><x not-yet-defined='1'>3</x></s>", YEARS),
        ("<s><x not-yet-defined='false'>3</x></s>", "_cooperation-conditions.s.x=3_" + YEARS),
        ("<s not-yet-defined='true'><x>3</x></s>", YEARS),
        ("<s><x not-yet-defined=' true '>3</x></s>", "_cooperation-conditions.s.x=3_" + YEARS),
        ("<s><isced-f-code v6-value='042'>0421</isced-f-code></s>", "_cooperation-conditions.s.isced-f-code=042_" + YEARS),
        ("<s><isced-f-code v6-value=''>0421</isced-f-code></s>", "_cooperation-conditions.s.isced-f-code=0421_" + YEARS),
        ("<s><other v6-value='042'>0421</other></s>", "_cooperation-conditions.s.other=0421_" + YEARS),
        ("<s><sending-contact><x>3</x></sending-contact></s>", YEARS),
        ("<s><sending-contact><x><y>3</y></x></sending-contact></s>", YEARS),
        (
            "<s><receiving-contact a='1'/></s>",
            "_@cooperation-conditions.s.receiving-contact.a=1@__cooperation-conditions.s.receiving-contact=_" + YEARS,
        ),
        ("<s><x>a<!-- b -->c<?d?></x></s>", "_cooperation-conditions.s.x=ac_" + YEARS),
        (
            "<s><receiving-last-academic-year-id a='1'>L</receiving-last-academic-year-id><x>3</x></s>",
            "_cooperation-conditions.s.x=3__receiving-first-academic-year-id=__receiving-last-academic-year-id=L_",
        ),
        (
            "<s xmlns='urn:any'><p:x xmlns:p='urn:p' p:y='1'>3</p:x></s>",
            "_@cooperation-conditions.s.x.y=1@__cooperation-conditions.s.x=3_" + YEARS,
        ),
    ],
)
def test_one_rule_of_the_text_at_a_time(specification: str, text: str) -> None:
    assert in_conditions(specification) == text


def test_termination_changes_the_hash_of_its_own_agreement_only() -> None:
    running = "<iia><partner><iia-id>1</iia-id></partner><cooperation-conditions/></iia>"
    ended = running.replace("<cooperation-conditions/>", '<cooperation-conditions terminated-as-a-whole="true"/>')
    together = hash_iias(f"<iias-get-response>{running}{ended}</iias-get-response>".encode())
    assert [hashed.text for hashed in together] == ["_iia-id_1=1_", "_@terminated-as-a-whole@__iia-id_1=1_"]
    assert [hashed.text for hashed in together] == [text_of(running), text_of(ended)]
    assert text_of(ended.replace("true", "false")) == text_of(running)
    assert text_of(ended.replace("true", "1")) == text_of(ended)


@pytest.mark.parametrize(
    ("left_over", "valid"),
    [("", True), ("not-yet-defined='true'", False), ("not-yet-defined='0'", True), ("v6-value='031'", False), ("v6-value=''", True)],
)
def test_values_left_over_from_version_6_bar_approval(left_over: str, *, valid: bool) -> None:
    (hashed,) = hash_iias(f"<iia><cooperation-conditions><s><x {left_over}>1</x></s></cooperation-conditions></iia>".encode())
    assert hashed.valid_for_approval is valid


def test_a_document_type_declaration_is_not_hashed() -> None:
    with pytest.raises(RefusedDocument):
        hash_iias(b"<!DOCTYPE iia><iia/>")


def test_the_order_of_conditions_counts() -> None:
    one, two = "<s><x>1</x></s>", "<s><x>2</x></s>"
    assert in_conditions(one + two) != in_conditions(two + one)


# The official stylesheet needs XSLT 2.0. Name it in GOLIARD_IIA_STYLESHEET to compare thousands of random agreements with it.

NAMES = ["isced-f-code", "sending-contact", "receiving-contact", "x", "eqf-level", "partner", "iia-id"]
ATTRIBUTES = ["not-yet-defined", "v6-value", "a", "{http://www.w3.org/XML/1998/namespace}lang", "{urn:q}b"]
VALUES = st.sampled_from(["", " ", "1", "true", "false", "0421", " a b ", "x\ny", "é€𝄞", "&<>\"'", "_=_", "\t", "a\rb"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> etree._Element:
    namespace = draw(st.sampled_from(["", "{urn:n}"]))
    element = etree.Element(namespace + draw(st.sampled_from(NAMES)))
    for name in draw(st.lists(st.sampled_from(ATTRIBUTES), unique=True, max_size=2)):
        element.set(name, draw(VALUES))
    for child in draw(st.lists(elements(depth - 1), max_size=3)) if depth else []:  # type: ignore[misc]
        element.append(child)
    if len(element) == 0 or draw(st.booleans()):
        element.text = draw(VALUES)
    return element


@st.composite
def agreements(draw: st.DrawFn) -> bytes:
    iia = etree.Element(draw(st.sampled_from(["iia", "{urn:n}iia"])))
    for number in range(draw(st.integers(0, 3))):
        partner = etree.SubElement(iia, "partner")
        if draw(st.booleans()):
            etree.SubElement(partner, "iia-id").text = draw(VALUES) + str(number)
    for _ in range(draw(st.integers(0, 2))):
        conditions = etree.SubElement(iia, "cooperation-conditions")
        if draw(st.booleans()):
            conditions.set("terminated-as-a-whole", draw(st.sampled_from(["true", "false", "1", "0", " true"])))
        for kind in draw(st.lists(st.sampled_from(["student-studies-mobility-spec", "staff-teacher-mobility-spec"]), max_size=2)):
            specification = etree.SubElement(conditions, kind)
            if draw(st.booleans()):
                specification.set("not-yet-defined", draw(st.sampled_from(["true", "1", "false"])))
            for year in ("receiving-first-academic-year-id", "receiving-last-academic-year-id"):
                if draw(st.booleans()):
                    etree.SubElement(specification, year).text = draw(VALUES)
            for child in draw(st.lists(elements(), max_size=3)):
                specification.insert(draw(st.integers(0, len(specification))), child)
    return etree.tostring(iia)


@pytest.fixture(scope="module")
def stylesheet() -> Any:
    file = os.environ.get("GOLIARD_IIA_STYLESHEET")
    if not file:
        pytest.skip("GOLIARD_IIA_STYLESHEET names no copy of the official transform_version_7.xsl")
    saxonche = pytest.importorskip("saxonche")
    processor = saxonche.PySaxonProcessor(license=False)
    executable = processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=file)

    def text_to_hash(iia: bytes) -> tuple[str, bool]:
        result = etree.fromstring(executable.transform_to_string(xdm_node=processor.parse_xml(xml_text=iia.decode())).encode())
        (found,) = result.iter("text-to-hash")
        return found.text or "", next(result.iter("valid-for-approval"), None) is None

    return text_to_hash


@given(iia=agreements())
@settings(max_examples=int(os.environ.get("GOLIARD_EXAMPLES", "300")), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_official_stylesheet_says_the_same(stylesheet: Any, iia: bytes) -> None:
    (hashed,) = hash_iias(iia)
    assert (hashed.text, hashed.valid_for_approval) == stylesheet(iia)
