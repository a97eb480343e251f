"""Academic years and terms, EQF and CEFR levels, ISCED-F fields."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.values.academic_year import (
    AcademicTerm,
    AcademicYear,
    InvalidAcademicTerm,
    InvalidAcademicYear,
    academic_years,
    parse_academic_term,
    parse_academic_year,
)
from goliard.rules.values.cefr import CefrLevel, InvalidCefrLevel, parse_cefr_level
from goliard.rules.values.eqf import HIGHER_EDUCATION, EqfLevel, InvalidEqfLevel, parse_eqf_level
from goliard.rules.values.isced import (
    InvalidDetailedIscedField,
    InvalidIscedField,
    IscedField,
    parse_detailed_isced_field,
    parse_isced_field,
)
from goliard.rules.values.isced_fields import FIELDS
from goliard.rules.values.texts import Text


def test_an_academic_year_of_the_north_and_of_the_south() -> None:
    north, south = parse_academic_year(" 2026/2027 "), parse_academic_year("2026/2026")
    assert (north.southern, south.southern) == (False, True)
    assert str(north.shifted(1)) == "2027/2028"
    assert str(south.shifted(-1)) == "2025/2025"
    assert [str(year) for year in academic_years(north, AcademicYear(2028, 2029))] == ["2026/2027", "2027/2028", "2028/2029"]
    assert academic_years(north, AcademicYear(2025, 2026)) == ()


@pytest.mark.parametrize("typed", ["", "2026", "2026/27", "2026/2028", "2027/2026", "2026-2027", "0000/0000", "test/test", "٢٠٢٦/٢٠٢٧"])
def test_what_is_no_academic_year(typed: str) -> None:
    with pytest.raises(InvalidAcademicYear):
        parse_academic_year(typed)


@given(st.integers(1, 9998), st.booleans(), st.integers(1, 9), st.integers(1, 9))
def test_terms_read_back_where_the_number_is_not_above_the_total(first: int, southern: bool, number: int, total: int) -> None:
    year = AcademicYear(first, first if southern else first + 1)
    assert parse_academic_year(str(year)) == year
    if number > total:
        with pytest.raises(InvalidAcademicTerm):
            AcademicTerm(year, number, total)
        with pytest.raises(InvalidAcademicTerm):
            parse_academic_term(f"{year}-{number}/{total}")
    else:
        term = AcademicTerm(year, number, total)
        assert parse_academic_term(f"{year}-{number}/{total}") == term
        assert str(term) == f"{year}-{number}/{total}"


@pytest.mark.parametrize("typed", ["", "2026/2027", "2026/2027-0/2", "2026/2027-1/10", "2026/2027-2"])
def test_what_is_no_academic_term(typed: str) -> None:
    with pytest.raises(InvalidAcademicTerm):
        parse_academic_term(typed)


def test_eqf_levels() -> None:
    assert [parse_eqf_level(text) for text in ("5", "6", "7", "8")] == list(HIGHER_EDUCATION)
    assert parse_eqf_level("8").label == Text("Promotie (EQF 8)", "Doctorate (EQF 8)")
    assert parse_eqf_level("4").label.nl == "EQF-niveau 4"
    assert not EqfLevel.LEVEL_4.is_higher_education
    for refused in ("", "0", "9", "12", "56", "six", "²"):
        with pytest.raises(InvalidEqfLevel):
            parse_eqf_level(refused)


def test_cefr_levels_are_ordered_and_a_native_speaker_stands_above_c2() -> None:
    scale = [parse_cefr_level(text) for text in ("a1", "A2", "b1", "B2", " C1", "C2", "ns")]
    assert scale == list(CefrLevel)
    for step, level in enumerate(scale):
        assert [level.reaches(other) for other in scale] == [True] * (step + 1) + [False] * (len(scale) - step - 1)
    for refused in ("", "B3", "D1", "B2+"):
        with pytest.raises(InvalidCefrLevel):
            parse_cefr_level(refused)


def test_isced_names_agree_with_the_published_list(shared: Path) -> None:
    with (shared / "data/rules/isced_f_2013.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    published = {row[kind]: row[f"{kind}_name"] for row in rows for kind in ("broad", "narrow", "detailed")}
    assert {code: name.en for code, name in FIELDS.items()} == published
    assert len([code for code in FIELDS if len(code) == 4]) == 80


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("0421", "Law"),
        ("042", "Law"),
        ("04", "Business, administration and law"),
        ("0420", "Law, not further defined"),
        ("0400", "Business, administration and law, not further defined"),
        ("0488", "Business, administration and law, inter-disciplinary programmes"),
        ("0499", "Business, administration and law, not elsewhere classified"),
        ("0419", "Business and administration, not elsewhere classified"),
    ],
)
def test_isced_fields_and_the_residual_codes(code: str, name: str) -> None:
    assert parse_isced_field(code).name.en == name


@pytest.mark.parametrize("code", ["", "4", "11", "043", "0423", "0428", "04211", "042a", "٠٤٢١"])
def test_what_the_classification_does_not_hold(code: str) -> None:
    with pytest.raises(InvalidIscedField):
        parse_isced_field(code)


def test_the_network_needs_four_digits() -> None:
    assert parse_detailed_isced_field("0421") == IscedField("0421")
    with pytest.raises(InvalidDetailedIscedField) as refusal:
        parse_detailed_isced_field("042")
    assert "vier cijfers" in refusal.value.text.nl
    with pytest.raises(InvalidDetailedIscedField):
        parse_detailed_isced_field("0423")
    assert str(IscedField("0421")) == "0421"


@pytest.mark.parametrize(
    ("wider", "narrower", "covers"),
    [
        ("04", "0421", True),
        ("0400", "0421", True),
        ("040", "0413", True),
        ("0420", "0421", True),
        ("0421", "0420", False),
        ("0488", "0421", False),
        ("042", "0411", False),
        ("10", "1014", True),
        ("1000", "0421", False),
    ],
)
def test_a_field_covers_what_lies_within_it(wider: str, narrower: str, covers: bool) -> None:
    assert parse_isced_field(wider).covers(parse_isced_field(narrower)) is covers
