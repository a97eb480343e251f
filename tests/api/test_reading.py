"""What the API tells, exactly; and to whom."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.utils import timezone
from tests.api.conftest import MakeMachine
from tests.factories.agreements import an_agreement
from tests.factories.university import University

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.agreements.models import Agreement, AgreementParty, ExchangeCount, PlaceSplit
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.places import claim_places
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier
from goliard.apps.people.models import Contact, Person
from goliard.rules.access.actor import system

HOME = {"key": "home", "name_nl": "Thuis", "name_en": "Home", "hei_id": "home.example", "country": "NL"}
PARTNER = {"key": "partner", "name_nl": "Partner", "name_en": "Partner", "hei_id": "partner.example", "country": "NL"}


@pytest.fixture
def agreement(university: University) -> Agreement:
    """In effect, with a sealed text and three places of which two belong to science."""
    for organisation in (university.home, university.partner):
        OrganisationIdentifier.objects.create(organisation=organisation, scheme="hei-id", value=f"{organisation.key}.example")
    made = an_agreement(university, places=3)
    AgreementParty.objects.filter(organisation=university.partner).update(signatory_name="Signatory", signatory_function="Rector")
    now = dt.datetime(2026, 8, 1, 12, tzinfo=dt.UTC)
    for action in ("propose", "agree", "start"):
        move_agreement(row=made, action=action, actor=system("test"), now=now)
    outgoing = made.versions.get().conditions.get(sending=university.home)
    PlaceSplit.objects.create(condition=outgoing, unit=university.science, places=2)
    return Agreement.objects.get()


def condition(position: int, sending: dict, receiving: dict, shares: list[dict]) -> dict:
    sides = ({"key": side["key"], "hei_id": side["hei_id"], "unit": None} for side in (sending, receiving))
    return {
        "position": position, "kind": "student-studies", "sending": next(sides), "receiving": next(sides),
        "first_year": "2026/2027", "last_year": "2028/2029", "mobilities_per_year": 3, "amount": "20", "amount_unit": "months",
        "eqf_levels": [6, 7], "subjects": [{"isced_f": "0222", "clarification": "Modern history"}],
        "languages": [{"language": "en", "level": "B2", "isced_f": ""}], "is_blended": False, "other_terms": "", "shares": shares,
    }  # fmt: skip


def test_an_agreement_with_its_text_and_the_hash_of_what_was_sealed(agreement: Agreement, reader) -> None:
    sealed = agreement.versions.get()
    assert len(sealed.content_hash) == 64
    version = {
        "number": 1, "state": "agreed", "proposed_at": "2026-08-01T12:00:00Z", "agreed_at": "2026-08-01T12:00:00Z",
        "sha256": sealed.content_hash,
    }  # fmt: skip
    line = {
        "key": "partner-2026", "kind": "exchange", "state": "in-effect", "title": "Exchange with Partner", "unit": None,
        "starts_on": "2026-09-01", "ends_on": "2029-08-31", "partners": [PARTNER], "version_in_force": version, "is_illustrative": False,
    }  # fmt: skip
    assert reader.get("agreements").json() == {"items": [line], "total": 1, "next": None}
    party = {"unit": None, "iia_id": "", "iia_code": "", "signed_on": None, "signatory": None}
    text = {
        "version": version, "terms_nl": "", "terms_en": "",
        "conditions": [condition(0, HOME, PARTNER, [{"unit": "science", "places": 2}]), condition(1, PARTNER, HOME, [])],
    }  # fmt: skip
    assert reader.get("agreements/partner-2026").json() == line | {
        "notice_months": None, "tolerance": None, "renews": None,
        "parties": [{"organisation": HOME} | party, {"organisation": PARTNER} | party],
        "versions": [version], "in_force": text, "being_made": None,
    }  # fmt: skip


def test_the_sealed_text_has_the_hash_that_its_version_tells(agreement: Agreement, university, reader, machine) -> None:
    told = reader.get("agreements/partner-2026/versions/1/sealed")
    assert (told.status_code, told.headers["Content-Type"]) == (200, "application/json")
    assert hashlib.sha256(told.content).hexdigest() == reader.get("agreements/partner-2026").json()["versions"][0]["sha256"]
    assert told.json()["parties"] == ["home.example", "partner.example"]
    move_agreement(row=agreement, action="amend", actor=system("test"), now=timezone.now())
    of_law = machine(role=TokenRole.FACULTY_OFFICER, unit=university.law)
    for asking, number in ((reader, 2), (reader, 3), (of_law, 1)):
        assert asking.get(f"agreements/partner-2026/versions/{number}/sealed").status_code == 404


def test_an_amendment_is_told_beside_what_is_in_force(agreement: Agreement, reader) -> None:
    move_agreement(row=agreement, action="amend", actor=system("test"), now=timezone.now())
    told = reader.get("agreements/partner-2026").json()
    assert [(version["number"], version["state"]) for version in told["versions"]] == [(2, "draft"), (1, "agreed")]
    assert (told["in_force"]["version"]["number"], told["being_made"]["version"]["number"]) == (1, 2)
    assert told["being_made"]["conditions"] == told["in_force"]["conditions"]
    assert told["being_made"]["version"]["sha256"] == ""


def test_who_signed_is_told_to_tokens_that_see_people(agreement: Agreement, reader, machine: MakeMachine) -> None:
    def signatories(asking) -> list:
        return [party["signatory"] for party in asking.get("agreements/partner-2026").json()["parties"]]

    assert signatories(reader) == [None, None]
    assert signatories(machine(sees_people=True)) == [None, {"name": "Signatory", "function": "Rector"}]
    assert b"Signatory" not in reader.get("agreements/partner-2026").content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["another", "partner-2026"]),
        ({"state": "draft"}, ["another"]),
        ({"kind": "mou"}, []),
        ({"partner": "partner", "country": "NL"}, ["another", "partner-2026"]),
        ({"partner": "home"}, []),
        ({"country": "BE"}, []),
        ({"unit": "law"}, ["another"]),
        ({"in_effect_on": "2026-09-01"}, ["partner-2026"]),
        ({"in_effect_on": "2029-09-01"}, []),
    ],
)
def test_the_list_is_narrowed(agreement, university, reader, asked, found) -> None:
    other = an_agreement(university, key="another")
    Agreement.objects.filter(pk=other.pk).update(owner=university.law)
    told = reader.get("agreements", **asked).json()
    assert ([item["key"] for item in told["items"]], told["total"]) == (found, len(found))


def test_pages_hold_every_row_once_also_when_rows_come_and_go(university, reader) -> None:
    for number in range(5):
        an_agreement(university, key=f"a{number}")
    first = reader.get("agreements", limit=2, state="draft").json()
    assert ([item["key"] for item in first["items"]], first["total"]) == (["a0", "a1"], 5)
    assert first["next"] == "/api/v1/agreements?limit=2&state=draft&after=a1"
    Agreement.objects.get(key="a0").delete()
    an_agreement(university, key="a11")
    seen = []
    following = first["next"]
    while following:
        page = reader.client.get(following, headers=reader.headers).json()
        seen += [item["key"] for item in page["items"]]
        following = page["next"]
    assert seen == ["a11", "a2", "a3", "a4"]


def test_places_of_a_year_and_what_is_left_of_them(agreement, university, reader) -> None:
    outgoing = agreement.versions.get().conditions.get(sending=university.home)
    for claimant, unit in (("round:1", university.science), ("round:2", None)):
        claim_places(
            condition=outgoing, academic_year="2027/2028", places=1, claimant=claimant, unit=unit, actor=system("test"), now=timezone.now()
        )
    told = reader.get("places", academic_year="2027/2028", direction="outgoing").json()
    assert (told["total"], told["next"]) == (1, None)
    assert told["items"] == [{
        "agreement": "partner-2026", "position": 0, "academic_year": "2027/2028", "partner": PARTNER, "direction": "outgoing",
        "kind": "student-studies", "home_unit": None, "partner_unit": None, "cycles": ["first", "second"], "eqf_levels": [6, 7],
        "subjects": [{"isced_f": "0222", "clarification": "Modern history"}],
        "languages": [{"language": "en", "level": "B2", "isced_f": ""}],
        "places": 3, "claimed": 2, "free": 1, "free_for_all": 0, "shares": [{"unit": "science", "places": 2, "free": 1}],
        "free_for_unit": None,
    }]  # fmt: skip
    for_unit = {unit: reader.get("places", academic_year="2027/2028", unit=unit).json()["items"] for unit in ("science", "law")}
    assert [item["free_for_unit"] for item in for_unit["science"]] == [1, 3]
    assert [item["free_for_unit"] for item in for_unit["law"]] == [0, 3]
    assert [item["claimed"] for item in reader.get("places", academic_year="2026/2027").json()["items"]] == [0, 0]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"direction": "incoming"}, 1),
        ({"kind": "staff-teaching"}, 0),
        ({"cycle": "second"}, 2),
        ({"cycle": "third"}, 0),
        ({"subject": "022"}, 2),
        ({"subject": "0421"}, 0),
        ({"partner": "partner"}, 2),
        ({"partner": "home"}, 0),
        ({"unit": "law"}, 2),
        ({"unit": "absent"}, 0),
        ({"academic_year": "2025/2026"}, 0),
        ({"academic_year": "2028/2029"}, 2),
        ({"academic_year": "2028/2028"}, 2),
        ({"academic_year": "2029/2030"}, 0),
    ],
)
def test_places_are_narrowed(agreement, reader, asked, found) -> None:
    assert reader.get("places", **({"academic_year": "2026/2027"} | asked)).json()["total"] == found


def test_only_an_agreement_in_effect_gives_places(university, reader) -> None:
    an_agreement(university, state="proposed")
    assert reader.get("places", academic_year="2026/2027").json() == {"items": [], "total": 0, "next": None}


def test_a_partner_with_its_contacts_and_without_persons_unless_the_token_sees_them(university, reader, machine) -> None:
    OrganisationIdentifier.objects.create(organisation=university.partner, scheme="erasmus", value="NL PARTNER01")
    person = Person.objects.create(given_name="Coordinator", family_name="Partner", search_key="coordinator")
    common = {"organisation": university.partner, "phone": ""}
    Contact.objects.create(mailbox_name="International Office", role="general", email="office@partner.example", **common)
    Contact.objects.create(person=person, role="coordinator", email="coordinator@partner.example", **common)
    Contact.objects.create(
        mailbox_name="Former",
        role="finance",
        email="former@partner.example",
        valid_until=timezone.localdate() - dt.timedelta(days=1),
        **common,
    )
    line = {
        "key": "partner", "kind": "hei", "name_nl": "Partner", "name_en": "Partner", "acronym": "", "hei_id": None, "country": "NL",
        "city": "", "website": "", "is_illustrative": False,
        "identifiers": [{"scheme": "erasmus", "value": "NL PARTNER01", "valid_from": None, "valid_until": None}],
    }  # fmt: skip
    office = {
        "role": "general",
        "name": "International Office",
        "is_person": False,
        "unit": None,
        "email": "office@partner.example",
        "phone": "",
    }
    human = {
        "role": "coordinator",
        "name": "Coordinator Partner",
        "is_person": True,
        "unit": None,
        "email": "coordinator@partner.example",
        "phone": "",
    }
    assert reader.get("partners").json() == {"items": [line], "total": 1, "next": None}
    assert reader.get("partners/partner").json() == line | {"contacts": [office], "persons_withheld": True}
    assert machine(sees_people=True).get("partners/partner").json() == line | {"contacts": [human, office], "persons_withheld": False}


@pytest.mark.parametrize(
    ("asked", "found"),
    [({}, 1), ({"kind": "hei"}, 1), ({"kind": "ngo"}, 0), ({"country": "NL"}, 1), ({"country": "BE"}, 0), ({"identifier": "12345"}, 1),
     ({"identifier": "1234"}, 0)],
)  # fmt: skip
def test_partners_are_narrowed(university, reader, asked, found) -> None:
    for scheme in ("pic", "oid"):
        OrganisationIdentifier.objects.create(organisation=university.partner, scheme=scheme, value="12345")
    assert reader.get("partners", **asked).json()["total"] == found


def test_exchange_counts(university, reader) -> None:
    common = {"organisation": university.partner, "direction": "outgoing", "kind": "student-studies"}
    ExchangeCount.objects.create(academic_year="2024/2025", people=4, months="20", **common)
    ExchangeCount.objects.create(academic_year="2025/2026", people=2, unit=university.law, **common)
    count = {"partner": "partner", "direction": "outgoing", "kind": "student-studies", "source": "typed"}
    law = count | {"unit": "law", "academic_year": "2025/2026", "people": 2, "months": None}
    assert reader.get("exchange-counts").json() == {
        "items": [count | {"unit": None, "academic_year": "2024/2025", "people": 4, "months": "20"}, law], "total": 2, "next": None,
    }  # fmt: skip
    assert reader.get("exchange-counts", unit="law", partner="partner", direction="outgoing", kind="student-studies").json()["items"] == [
        law
    ]
    assert reader.get("exchange-counts", academic_year="2025/2026").json()["items"] == [law]
    first = reader.get("exchange-counts", limit=1).json()
    assert reader.client.get(first["next"], headers=reader.headers).json()["items"] == [law]
    assert reader.get("exchange-counts", after="no-number").json()["items"] == []


EVERYTHING = ("agreements", "agreements/partner-2026", "partners", "partners/partner", "places?academic_year=2026/2027", "exchange-counts")


@pytest.mark.parametrize("role", [TokenRole.OFFICER, TokenRole.AUDITOR])
@pytest.mark.parametrize("path", EVERYTHING)
def test_office_and_auditors_read_everything(agreement, machine, role, path) -> None:
    asking = machine(role=role)
    assert asking.client.get(f"/api/v1/{path}", headers=asking.headers).status_code == 200


def test_a_token_of_a_faculty_sees_its_own_units_and_nothing_of_others(agreement, university, machine) -> None:
    """Science has places of its own in the agreement, law runs another one and counts its own exchanges."""
    other = an_agreement(university, key="of-law", state="in-effect")
    Agreement.objects.filter(pk=other.pk).update(owner=university.law)
    common = {"organisation": university.partner, "direction": "outgoing", "kind": "student-studies", "people": 1}
    for unit in (None, university.law, university.observatory):
        ExchangeCount.objects.create(unit=unit, academic_year="2025/2026", **common)
    seen = {}
    for unit in (university.science, university.law):
        asking = machine(role=TokenRole.FACULTY_OFFICER, unit=unit)
        seen[unit.key] = [
            [item["key"] for item in asking.get("agreements").json()["items"]],
            [item["agreement"] for item in asking.get("places", academic_year="2026/2027").json()["items"]],
            [item["unit"] for item in asking.get("exchange-counts").json()["items"]],
            [asking.get(f"agreements/{key}").status_code for key in ("partner-2026", "of-law")],
        ]
    assert seen == {
        "science": [["partner-2026"], ["partner-2026"] * 2, ["observatory"], [200, 404]],
        "law": [["of-law"], ["of-law"] * 2, ["law"], [404, 200]],
    }


def many(university: University) -> None:
    """Thirty of everything."""
    for number in range(30):
        made = an_agreement(university, key=f"n{number}", state="in-effect")
        outgoing = made.versions.get().conditions.get(sending=university.home)
        PlaceSplit.objects.create(condition=outgoing, unit=university.science, places=1)
        partner = Organisation.objects.create(
            key=f"p{number}", kind="hei", name_en=f"P{number}", name_nl=f"P{number}", country=university.partner.country
        )
        OrganisationIdentifier.objects.create(organisation=partner, scheme="pic", value=str(number))
        ExchangeCount.objects.create(
            organisation=partner, unit=university.law, academic_year="2025/2026", direction="outgoing", kind="student-studies", people=1
        )


# token, its owner's roles; then the count, the rows and what belongs to them
COST = {"agreements": 7, "partners": 5, "places?academic_year=2026/2027": 11, "exchange-counts": 4}


@pytest.mark.parametrize("path", COST)
def test_lists_cost_the_same_at_one_and_at_thirty_rows(agreement, university, reader, django_assert_num_queries, path) -> None:
    ExchangeCount.objects.create(
        organisation=university.partner, academic_year="2025/2026", direction="incoming", kind="student-studies", people=1
    )
    reader.get("partners")  # notes that the token is used
    with django_assert_num_queries(COST[path]):
        assert len(reader.client.get(f"/api/v1/{path}", headers=reader.headers).json()["items"]) in {1, 2}
    many(university)
    with django_assert_num_queries(COST[path]):
        assert len(reader.client.get(f"/api/v1/{path}", headers=reader.headers).json()["items"]) >= 30
