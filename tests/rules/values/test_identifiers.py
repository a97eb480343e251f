"""Identifiers of organisations, students and projects: what is read, how it is written back, what is refused and with which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.values.erasmus_code import COUNTRY_OF_PREFIX, ErasmusCode, InvalidErasmusCode, parse_erasmus_code
from goliard.rules.values.hei_id import InvalidHeiId, parse_hei_id
from goliard.rules.values.identifiers import (
    Esi,
    InvalidEscn,
    InvalidEsi,
    InvalidOid,
    InvalidPic,
    InvalidProjectNumber,
    escn_pic,
    parse_escn,
    parse_esi,
    parse_oid,
    parse_pic,
    parse_project_number,
)


@pytest.mark.parametrize(
    ("typed", "canonical", "country"),
    [
        ("NL LEIDEN01", "NL LEIDEN01", "NL"),
        ("  nl   leiden01 ", "NL LEIDEN01", "NL"),
        ("D  BERLIN01", "D  BERLIN01", "DE"),
        ("D BERLIN01", "D  BERLIN01", "DE"),
        ("IRLDUBLIN01", "IRLDUBLIN01", "IE"),
        ("IRL DUBLIN01", "IRLDUBLIN01", "IE"),
        ("LUXLUX-VIL01", "LUXLUX-VIL01", "LU"),
        ("SF HELSINK01", "SF HELSINK01", "FI"),
        ("ZZ NOWHERE99", "ZZ NOWHERE99", ""),
    ],
)
def test_an_erasmus_code_is_read_as_people_type_it_and_written_in_its_canonical_form(typed: str, canonical: str, country: str) -> None:
    code = parse_erasmus_code(typed)
    assert (str(code), code.country) == (canonical, country)


@pytest.mark.parametrize(
    "typed", ["", "NL", "NLLEIDEN01", "NL LEIDEN1", "NL LEIDEN001", "NL LEIDENSTAD01", "NL  01", "NL LEÏDEN01", "NL LEIDEN٠١"]
)
def test_what_is_no_erasmus_code_is_refused_in_both_languages(typed: str) -> None:
    with pytest.raises(InvalidErasmusCode) as refusal:
        parse_erasmus_code(typed)
    assert refusal.value.value == typed
    assert typed in refusal.value.text.nl
    assert "Erasmuscode" in refusal.value.text.nl
    assert "Erasmus code" in refusal.value.text.en


@given(
    st.sampled_from(sorted(COUNTRY_OF_PREFIX)),
    st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ-", min_size=1, max_size=8),
    st.integers(0, 99).map("{:02}".format),
)
def test_the_canonical_form_of_an_erasmus_code_reads_back(prefix: str, city: str, number: str) -> None:
    code = ErasmusCode(prefix, city, number)
    assert parse_erasmus_code(str(code)) == code


@pytest.mark.parametrize(
    ("typed", "hei_id"),
    [("uw.edu.pl", "uw.edu.pl"), (" Universiteit.Example.ORG ", "universiteit.example.org"), ("x.xn--p1ai", "x.xn--p1ai")],
)
def test_a_hei_id_is_a_domain_name_in_lower_case(typed: str, hei_id: str) -> None:
    assert parse_hei_id(typed) == hei_id


@pytest.mark.parametrize(
    "typed",
    ["", "edu", "https://uw.edu.pl", "uw..edu.pl", "-uw.edu.pl", "uw.edu.pl.", "uw.edu.1", "a b.nl", "a" * 64 + ".nl", "a." * 126 + "nl"],
)
def test_what_is_no_domain_name_is_no_hei_id(typed: str) -> None:
    with pytest.raises(InvalidHeiId):
        parse_hei_id(typed)


def test_pic_oid_and_card_number() -> None:
    assert parse_pic("999 859 608") == "999859608"
    assert parse_oid("e10000000") == "E10000000"
    card = parse_escn("FA12B3C4-1234-11EF-8ABC-001999859608")
    assert escn_pic(card) == "999859608"
    for refused in ("99985960", "9998596080", "99985960x", "٩٩٩٨٥٩٦٠٨"):
        with pytest.raises(InvalidPic):
            parse_pic(refused)
    for refused in ("10000000", "E1000000", "E100000000"):
        with pytest.raises(InvalidOid):
            parse_oid(refused)
    with pytest.raises(InvalidEscn):  # version 4
        parse_escn("fa12b3c4-1234-41ef-8abc-001999859608")


@pytest.mark.parametrize(
    ("typed", "esi"),
    [
        ("urn:schac:personalUniqueCode:int:esi:fr:0123456789A", Esi("fr", "0123456789A")),
        ("urn:schac:personalUniqueCode:int:esi:lmu.de:1234567890", Esi("lmu.de", "1234567890")),
        ("URN:SCHAC:personaluniquecode:int:esi:LMU.de:aB", Esi("lmu.de", "aB")),
    ],
)
def test_a_european_student_identifier_has_a_scope_and_a_code(typed: str, esi: Esi) -> None:
    assert parse_esi(typed) == esi
    assert parse_esi(str(esi)) == esi


@pytest.mark.parametrize("rest", ["", "fr", "fr:", ":1", "fra:1", "fr:1:2", "fr:1 2", "lmu:1", "f1:1"])
def test_what_is_no_european_student_identifier(rest: str) -> None:
    with pytest.raises(InvalidEsi):
        parse_esi("urn:schac:personalUniqueCode:int:esi:" + rest)
    with pytest.raises(InvalidEsi):
        parse_esi("urn:schac:personalUniqueCode:nl:local:" + rest)


@pytest.mark.parametrize(
    ("number", "call", "action", "field", "serial"),
    [
        ("2023-1-PL01-KA131-HED-000123133", 2023, "KA131", "HED", "000123133"),
        ("2020-1-TR01-KA103-080896", 2020, "KA103", "", "080896"),
    ],
)
def test_project_numbers_of_both_programme_periods(number: str, call: int, action: str, field: str, serial: str) -> None:
    project = parse_project_number(number)
    assert (project.call, project.action, project.field, project.serial) == (call, action, field, serial)
    assert str(project) == number


def test_what_is_no_project_number() -> None:
    for refused in ("2023-1-PL01-KA131-HED-00012313", "2023-1-PL01-KA131-000123133", "2023-PL01-KA131-HED-000123133"):
        with pytest.raises(InvalidProjectNumber):
            parse_project_number(refused)


def test_a_very_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(InvalidPic) as refusal:
        parse_pic("x" * 100_000)
    assert len(refusal.value.text.nl) < 200
    assert len(str(refusal.value)) < 200
