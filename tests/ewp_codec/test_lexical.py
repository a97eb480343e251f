"""Our simple types against the schema language's own, on texts that nearly are values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from goliard.ewp_codec import lexical
from goliard.ewp_codec.lexical import Lexical

XSD = "http://www.w3.org/2001/XMLSchema"

#: The type of ours -> the same as a restriction: base type and facets.
TYPES: dict[str, tuple[Lexical, str, dict[str, str]]] = {
    "identifier": (lexical.IDENTIFIER, "string", {"pattern": "[!-~]{1,64}"}),
    "hash": (lexical.SHA256_HEX, "string", {"pattern": "[0-9a-f]{64}"}),
    "email": (lexical.EMAIL, "string", {"pattern": r"[^@]+@[^.]+\..+"}),
    "https": (lexical.HTTPS_URL, "anyURI", {"pattern": "https://.+"}),
    "http": (lexical.HTTP_URL, "anyURI", {"pattern": "https?://.+"}),
    "language": (lexical.LANGUAGE, "language", {}),
    "country": (lexical.COUNTRY, "string", {"pattern": "[A-Z][A-Z]"}),
    "e164": (lexical.E164, "string", {"pattern": r"\+[0-9]{1,15}"}),
    "year": (lexical.ACADEMIC_YEAR, "string", {"pattern": "[0-9]{4}/[0-9]{4}"}),
    "isced": (lexical.ISCED_F, "string", {"pattern": "[0-9]{4}"}),
    "isced v6": (lexical.ISCED_V6, "string", {"pattern": "[0-9]{1,3}"}),
    "cefr": (lexical.CEFR, "string", {"pattern": "[ABC][12]"}),
    "eqf": (lexical.EQF, "byte", {"minInclusive": "1", "maxInclusive": "8"}),
    "positive": (lexical.POSITIVE, "positiveInteger", {}),
    "integer": (lexical.INTEGER, "integer", {}),
    "amount": (lexical.AMOUNT, "decimal", {"minExclusive": "0", "fractionDigits": "2"}),
    "boolean": (lexical.BOOLEAN, "boolean", {}),
    "date": (lexical.DATE, "date", {}),
    "month-day": (lexical.MONTH_DAY, "gMonthDay", {}),
    "version": (lexical.VERSION, "string", {"pattern": r"[0-9]+\.[0-9]+\.[0-9]+"}),
}

WORDS = "0 1 2 8 9 12 28 29 30 31 02 04 2000 2026 1900 a f Z A1 NL nl true false https http % %2f :// -- T 0000 14:00 00:00"
PIECES = st.sampled_from([*WORDS.split(" "), *"+-./:?#@[] _~é\t"])


def schema_of(base: str, facets: dict[str, str]) -> etree.XMLSchema:
    schema = etree.Element(f"{{{XSD}}}schema", nsmap={"xs": XSD})
    simple = etree.SubElement(etree.SubElement(schema, f"{{{XSD}}}element", name="v"), f"{{{XSD}}}simpleType")
    restriction = etree.SubElement(simple, f"{{{XSD}}}restriction", base=f"xs:{base}")
    for facet, value in facets.items():
        etree.SubElement(restriction, f"{{{XSD}}}{facet}", value=value)
    return etree.XMLSchema(etree.fromstring(etree.tostring(schema)))


@pytest.mark.parametrize("name", TYPES)
def test_a_text_is_a_value_exactly_where_the_schema_says_so(name: str) -> None:
    kind, base, facets = TYPES[name]
    schema = schema_of(base, facets)

    @given(st.one_of(st.lists(PIECES, max_size=8).map("".join), st.from_regex(kind.pattern, fullmatch=True)))
    @settings(max_examples=150, deadline=None)
    def check(text: str) -> None:
        if not lexical.TEXT.holds(text):
            return
        element = etree.Element("v")
        element.text = text
        read_back = etree.fromstring(etree.tostring(element))
        assert kind.holds(text) == schema.validate(read_back), repr(text)
        assert not (kind.may_be_written(text) and not kind.holds(text))

    check()


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://ewp.example.org:8443/iias/get?x=%20y#z", True),
        ("https://127.0.0.1:9000/", True),
        ("https://example.org/Universität", True),
        ("https://example.org/a b", False),
        ("https://example.org/%zz", False),
        ("https://user@example.org/", False),
        ("https://exa_mple.org/", False),
        ("https://", False),
        ("javascript:alert(1)", False),
    ],
)
def test_we_write_only_addresses_that_every_program_understands(url: str, *, written: bool) -> None:
    assert lexical.HTTP_URL.may_be_written(url) is written
