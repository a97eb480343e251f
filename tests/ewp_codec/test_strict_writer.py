"""Whatever the writer writes is valid and reads back as what was given, for any content that people and programs can think of."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goliard.ewp_codec import lexical
from goliard.ewp_codec.contacts import Address, Contact, PhoneNumber
from goliard.ewp_codec.echo import Echo, parse_echo, render_echo
from goliard.ewp_codec.error_response import ErrorResponse, parse_error_response, render_error_response
from goliard.ewp_codec.factsheets import (
    Accessibility,
    AdditionalInformation,
    AdditionalRequirement,
    CalendarEntry,
    Factsheet,
    Information,
    parse_factsheets,
    render_factsheets,
)
from goliard.ewp_codec.iias.agreement import CooperationCondition, Iia, IiaPartner, LanguageSkill, MobilityKind, SubjectArea
from goliard.ewp_codec.iias.approvals import IiaApproval, parse_iias_approval, render_iias_approval
from goliard.ewp_codec.iias.conditions_hash import hash_iias
from goliard.ewp_codec.iias.get_response import parse_iias_get
from goliard.ewp_codec.iias.index_response import IiaStatistics, parse_iias_index, parse_iias_stats, render_iias_index, render_iias_stats
from goliard.ewp_codec.iias.notifications import (
    IIA_APPROVAL_CNR_RESPONSE,
    IIA_CNR_RESPONSE,
    parse_iia_approval_cnr,
    parse_iia_cnr,
)
from goliard.ewp_codec.iias.publishing import join_iias_get, publish_iia, render_iias_get
from goliard.ewp_codec.institutions import Institution, parse_institutions, render_institutions
from goliard.ewp_codec.lexical import Lexical
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.other_ids import OtherId
from goliard.ewp_codec.ounits import OrganizationalUnit, parse_ounits, render_ounits
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_codec.writing import Unwritable

SETTINGS = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
)


def of(kind: Lexical) -> st.SearchStrategy[str]:
    """Values of a simple type, as wild as its pattern allows; without white space around them, which reading takes off."""
    return st.from_regex(kind.strict or kind.pattern, fullmatch=True).filter(
        lambda text: kind.may_be_written(text) and text == text.strip() and len(text) < 200
    )


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\t\n\r"), max_size=30)
WORDS = TEXTS.filter(lambda text: text == text.strip() and text != "")
LANGUAGES = st.sampled_from(["", "nl", "en", "ru-Latn", "x-klingon"])
NAMES = st.lists(st.builds(LocalizedText, WORDS, LANGUAGES), min_size=1, max_size=2).map(tuple)
MAYBE_NAMES = st.lists(st.builds(LocalizedText, WORDS, LANGUAGES), max_size=2).map(tuple)
URLS = st.lists(st.builds(LocalizedText, of(lexical.HTTP_URL), LANGUAGES), max_size=2).map(tuple)
IDS = of(lexical.IDENTIFIER)
MAYBE_ID = st.one_of(st.just(""), IDS)
PHONES = st.builds(PhoneNumber, st.one_of(st.just(""), of(lexical.E164)), WORDS, WORDS)
LINES = st.builds(Address, lines=st.lists(WORDS, max_size=4).map(tuple), postal_code=WORDS, country=of(lexical.COUNTRY))
PARTS = st.builds(
    Address,
    recipient_names=st.lists(WORDS, max_size=2).map(tuple),
    building_number=WORDS,
    street_name=WORDS,
    floor=WORDS,
    delivery_point_codes=st.lists(WORDS, max_size=2).map(tuple),
    locality=WORDS,
    region=WORDS,
)
ADDRESSES = st.one_of(st.none(), LINES, PARTS)
CONTACTS = st.lists(
    st.builds(
        Contact,
        names=NAMES,
        given_names=MAYBE_NAMES,
        family_names=MAYBE_NAMES,
        gender=st.sampled_from([None, 0, 1, 2, 9]),
        phone_numbers=st.lists(PHONES, max_size=1).map(tuple),
        fax_numbers=st.lists(PHONES, max_size=1).map(tuple),
        emails=st.lists(of(lexical.EMAIL).filter(lexical.TEXT.holds), max_size=1).map(tuple),
        street_address=ADDRESSES,
        mailing_address=ADDRESSES,
        role_descriptions=MAYBE_NAMES,
    ),
    max_size=1,
).map(tuple)
AREAS = st.builds(SubjectArea, of(lexical.ISCED_F), TEXTS, st.one_of(st.just(""), of(lexical.ISCED_V6)))
SKILLS = st.builds(
    LanguageSkill, of(lexical.LANGUAGE), st.one_of(st.just(""), of(lexical.CEFR)), st.one_of(st.none(), AREAS), st.booleans()
)


@st.composite
def conditions(draw: st.DrawFn) -> CooperationCondition:
    kind = draw(st.sampled_from(MobilityKind))
    return CooperationCondition(
        kind=kind,
        sending_hei_id=draw(WORDS),
        receiving_hei_id=draw(WORDS),
        first_academic_year=draw(of(lexical.ACADEMIC_YEAR)),
        last_academic_year=draw(of(lexical.ACADEMIC_YEAR)),
        mobilities_per_year=draw(st.integers(1, 10**6)),
        sending_ounit_id=draw(MAYBE_ID),
        receiving_ounit_id=draw(MAYBE_ID),
        sending_contacts=draw(CONTACTS),
        mobilities_not_yet_defined=draw(st.booleans()),
        language_skills=tuple(draw(st.lists(SKILLS, min_size=int(kind.needs_language), max_size=2))),
        subject_areas=tuple(draw(st.lists(AREAS, max_size=2))),
        other_info_terms=draw(TEXTS),
        total_per_year=draw(st.one_of(st.just(""), of(lexical.AMOUNT))),
        blended=draw(st.booleans()) if kind.is_for_students else None,
        eqf_levels=tuple(draw(st.lists(st.integers(1, 8), max_size=3))) if kind.is_for_students else (),
    )


PARTNERS = st.builds(
    IiaPartner,
    hei_id=WORDS,
    ounit_id=MAYBE_ID,
    iia_id=MAYBE_ID,
    iia_code=TEXTS,
    signing_contact=CONTACTS.map(lambda contacts: contacts[0] if contacts else None),
    signing_date=st.one_of(st.just(""), st.dates().map(str)),
    contacts=CONTACTS,
)
IIAS = st.builds(
    Iia,
    partners=st.tuples(PARTNERS, PARTNERS),
    in_effect=st.booleans(),
    conditions=st.lists(conditions(), max_size=2).map(
        lambda found: tuple(sorted(found, key=lambda one: list(MobilityKind).index(one.kind)))
    ),
    terminated_as_a_whole=st.booleans(),
    pdf_file=TEXTS,
)


@given(st.lists(IIAS, max_size=2))
@SETTINGS
def test_agreements(schemas: SchemaFolder, iias: list[Iia]) -> None:
    rendered = render_iias_get(iias)
    assert schemas.faults(rendered) == ()
    parsed = parse_iias_get(rendered)
    assert parsed.tolerated == ()
    published = [publish_iia(iia) for iia in iias]
    assert [iia.iia_hash for iia in parsed.value] == [one.hashed.hash for one in published]
    assert [without_hash(iia) for iia in parsed.value] == iias
    # one agreement hashes the same alone, in the bytes we keep and in the answer around several
    assert [hashed.hash for hashed in hash_iias(rendered)] == [one.hashed.hash for one in published]
    assert [hash_iias(one.xml)[0] for one in published] == list(hash_iias(rendered))
    assert render_iias_get(parsed.value) == rendered == join_iias_get(one.xml for one in published)


def without_hash(iia: Iia) -> Iia:
    return Iia(iia.partners, iia.in_effect, iia.conditions, iia.terminated_as_a_whole, "", iia.pdf_file)


INSTITUTIONS = st.builds(
    Institution,
    hei_id=WORDS,
    names=NAMES,
    other_ids=st.lists(st.builds(OtherId, WORDS.filter(lambda text: text.isascii() and text.isprintable()), WORDS), max_size=2).map(tuple),
    abbreviation=TEXTS,
    street_address=ADDRESSES,
    mailing_address=ADDRESSES,
    website_urls=URLS,
    logo_url=st.one_of(st.just(""), of(lexical.HTTPS_URL)),
    mobility_factsheet_urls=URLS,
    course_catalogue_urls=URLS,
    contacts=CONTACTS,
    ounit_ids=st.lists(IDS, max_size=2).map(tuple),
)
UNITS = st.builds(
    OrganizationalUnit,
    ounit_id=IDS,
    ounit_code=TEXTS,
    names=NAMES,
    abbreviation=TEXTS,
    parent_ounit_id=MAYBE_ID,
    street_address=ADDRESSES,
    website_urls=URLS,
    logo_url=st.one_of(st.just(""), of(lexical.HTTPS_URL)),
    contacts=CONTACTS,
)
DAYS = st.dates().map(lambda day: f"--{day:%m-%d}")
ENTRIES = st.builds(CalendarEntry, DAYS, DAYS)
INFORMATION = st.builds(
    Information,
    st.just("iro@example.org"),
    PHONES,
    st.lists(st.builds(LocalizedText, of(lexical.HTTP_URL), LANGUAGES), min_size=1, max_size=2).map(tuple),
)
FACTSHEETS = st.builds(
    Factsheet,
    hei_id=WORDS,
    nominations=ENTRIES,
    applications=ENTRIES,
    application_information=INFORMATION,
    decision_weeks=st.integers(0, 52),
    transcript_weeks=st.integers(0, 52),
    housing=INFORMATION,
    visa=INFORMATION,
    insurance=INFORMATION,
    additional_requirements=st.lists(st.builds(AdditionalRequirement, TEXTS, TEXTS, URLS), max_size=2).map(tuple),
    accessibility=st.lists(
        st.builds(Accessibility, st.sampled_from(["infrastructure", "service"]), TEXTS, INFORMATION, TEXTS), max_size=1
    ).map(tuple),
    additional_information=st.lists(st.builds(AdditionalInformation, TEXTS, INFORMATION), max_size=1).map(tuple),
)
APPROVALS = st.builds(IiaApproval, IDS, of(lexical.SHA256_HEX), TEXTS)
NUMBERS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("values", "parse", "render"),
    [
        pytest.param(st.lists(INSTITUTIONS, max_size=2).map(tuple), parse_institutions, render_institutions, id="institutions"),
        pytest.param(st.lists(UNITS, max_size=2).map(tuple), parse_ounits, render_ounits, id="ounits"),
        pytest.param(st.lists(FACTSHEETS, max_size=2).map(tuple), parse_factsheets, render_factsheets, id="factsheets"),
        pytest.param(st.lists(APPROVALS, max_size=3).map(tuple), parse_iias_approval, render_iias_approval, id="approvals"),
        pytest.param(st.lists(IDS, max_size=5).map(tuple), parse_iias_index, render_iias_index, id="index"),
        pytest.param(st.builds(IiaStatistics, NUMBERS, NUMBERS, NUMBERS, NUMBERS), parse_iias_stats, render_iias_stats, id="stats"),
        pytest.param(st.builds(Echo, st.lists(WORDS).map(tuple), st.lists(TEXTS).map(tuple)), parse_echo, render_echo, id="echo"),
        pytest.param(st.builds(ErrorResponse, TEXTS, MAYBE_NAMES), parse_error_response, render_error_response, id="error"),
    ],
)
def test_everything_else(schemas: SchemaFolder, values: st.SearchStrategy[Any], parse: Any, render: Any) -> None:
    @given(values)
    @SETTINGS
    def check(value: Any) -> None:
        rendered = render(value)
        assert schemas.faults(rendered) == ()
        parsed = parse(rendered)
        assert (parsed.value, parsed.tolerated) == (value, ())

    check()


def test_receipts_of_notifications(schemas: SchemaFolder) -> None:
    for receipt, parse in ((IIA_CNR_RESPONSE, parse_iia_cnr), (IIA_APPROVAL_CNR_RESPONSE, parse_iia_approval_cnr)):
        assert schemas.faults(receipt) == ()
        assert parse(receipt).tolerated == ()
        assert len(parse(receipt.replace(b"/>", b">x</" + receipt.rpartition(b"<")[2].split(b" ")[0] + b">")).tolerated) == 1


STUDIES = CooperationCondition(
    MobilityKind.STUDENT_STUDIES, "a", "b", "2026/2027", "2027/2028", 1, language_skills=(LanguageSkill("en"),), blended=False
)
GOOD = Iia((IiaPartner("a", iia_id="1"), IiaPartner("b")), in_effect=True, conditions=(STUDIES,))


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("in_effect", None, "/iia/in-effect"),
        ("partners", (IiaPartner("a"),), "/iia"),
        ("partners", (IiaPartner("a", iia_id="x y"), IiaPartner("b")), "/iia/partner/iia-id"),
        ("partners", (IiaPartner("a", signing_date="2026-02-30"), IiaPartner("b")), "/iia/partner/signing-date"),
        ("partners", (IiaPartner("\x00"), IiaPartner("b")), "/iia/partner/hei-id"),
        ("iia_hash", "0" * 64, "/iia/iia-hash"),
        ("pdf_file", "\ud800", "/iia/pdf-file"),
    ],
)
def test_what_cannot_stand_in_an_agreement(field: str, value: object, where: str) -> None:
    changed = {name: getattr(GOOD, name) for name in GOOD.__dataclass_fields__} | {field: value}
    with pytest.raises(Unwritable) as refused:
        publish_iia(Iia(**changed))
    assert refused.value.path == where


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("mobilities_per_year", None, "mobilities-per-year"),
        ("mobilities_per_year", 0, "mobilities-per-year"),
        ("language_skills", (), ""),
        ("language_skills", (LanguageSkill("en", "NS"),), "recommended-language-skill/cefr-level"),
        ("subject_areas", (SubjectArea("042"),), "subject-area/isced-f-code"),
        ("first_academic_year", "2026/27", "receiving-first-academic-year-id"),
        ("total_per_year", "1.234", "total-months-per-year"),
        ("total_per_year", "0.00", "total-months-per-year"),
        ("blended", None, "blended"),
        ("eqf_levels", (9,), "eqf-level"),
        ("kind", MobilityKind.STAFF_TEACHING, ""),
    ],
)
def test_what_cannot_stand_in_a_condition(field: str, value: object, where: str) -> None:
    changed = {name: getattr(STUDIES, name) for name in STUDIES.__dataclass_fields__} | {field: value}
    condition = CooperationCondition(**changed)
    with pytest.raises(Unwritable) as refused:
        publish_iia(Iia(GOOD.partners, in_effect=True, conditions=(condition,)))
    assert refused.value.path == f"/iia/cooperation-conditions/{condition.kind.value}/{where}".rstrip("/")


def test_an_address_has_lines_or_parts_and_a_root_unit_is_a_unit() -> None:
    for address in (Address(lines=("1",) * 5), Address(lines=("1",), floor="2")):
        with pytest.raises(Unwritable):
            render_institutions([Institution("a", (LocalizedText("A"),), street_address=address)])
    with pytest.raises(Unwritable):
        render_institutions([Institution("a", (LocalizedText("A"),), root_ounit_id="1", ounit_ids=("2",))])


def test_five_address_lines_are_read_with_a_word_about_it() -> None:
    rendered = render_institutions([Institution("a", (LocalizedText("A"),), street_address=Address(lines=("1",)))])
    parsed = parse_institutions(rendered.replace(b"<a:addressLine>1</a:addressLine>", b"<a:addressLine>1</a:addressLine>" * 5))
    assert [fault.fault for fault in parsed.tolerated] == ["has more than four address lines"]


def test_an_agreement_names_itself_and_totals_are_numbers_where_they_can_be() -> None:
    assert (GOOD.iia_id, Iia((), in_effect=True).iia_id) == ("1", "")
    totals = [
        CooperationCondition(MobilityKind.STAFF_TRAINING, "a", "b", "", "", 1, total_per_year=text).total for text in ("10.50", "", "x")
    ]
    assert totals == [Decimal("10.5"), None, None]
