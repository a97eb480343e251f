"""The first inputs of a corpus: one small document of each kind, written by the codec itself, and a few headers and forms."""

from __future__ import annotations

from pathlib import Path

from fuzz.engine import file_name
from goliard.ewp_codec.api_entries import ApiEntry, current_api
from goliard.ewp_codec.catalogue import catalogue_of
from goliard.ewp_codec.catalogue_documents import render_catalogue
from goliard.ewp_codec.contacts import Address, Contact, PhoneNumber
from goliard.ewp_codec.echo import Echo, render_echo
from goliard.ewp_codec.error_response import ErrorResponse, render_error_response
from goliard.ewp_codec.factsheets import (
    Accessibility,
    AdditionalInformation,
    AdditionalRequirement,
    CalendarEntry,
    Factsheet,
    Information,
    render_factsheets,
)
from goliard.ewp_codec.http_security import SIGNED
from goliard.ewp_codec.iias.agreement import CooperationCondition, Iia, IiaPartner, LanguageSkill, MobilityKind, SubjectArea
from goliard.ewp_codec.iias.approvals import IiaApproval, render_iias_approval
from goliard.ewp_codec.iias.index_response import IiaStatistics, render_iias_index, render_iias_stats
from goliard.ewp_codec.iias.notifications import IIA_APPROVAL_CNR_RESPONSE, IIA_CNR_RESPONSE
from goliard.ewp_codec.iias.publishing import render_iias_get
from goliard.ewp_codec.institutions import Institution, render_institutions
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.manifest import Manifest, render_manifest
from goliard.ewp_codec.other_ids import OtherId
from goliard.ewp_codec.ounits import OrganizationalUnit, render_ounits
from goliard.ewp_codec.registered_heis import RegisteredHei

NAMES = (LocalizedText("University A", "en"), LocalizedText("Universiteit A", "nl"))
URLS = (LocalizedText("https://a.example.org/x?y=1#z", "en"),)
PHONE = PhoneNumber("+31715272727", "12", "tel")
ADDRESS = Address(("Office",), ("Street 1",), postal_code="1", locality="City", region="R", country="NL")
PARTS = Address(
    building_number="1", building_name="B", street_name="S", unit="U", floor="2", post_office_box="3", delivery_point_codes=("4",)
)
CONTACT = Contact(NAMES, NAMES, NAMES, 9, (PHONE,), (PHONE,), ("office@a.example.org",), ADDRESS, PARTS, NAMES)
AREA = SubjectArea("0421", "Law", "042")


def condition(kind: MobilityKind) -> CooperationCondition:
    """A condition of a kind with everything that it may have."""
    return CooperationCondition(
        kind,
        "a.example.org",
        "b.example.org",
        "2026/2027",
        "2027/2028",
        2,
        sending_ounit_id="u1",
        receiving_ounit_id="u2",
        sending_contacts=(CONTACT,),
        receiving_contacts=(CONTACT,),
        mobilities_not_yet_defined=True,
        language_skills=(LanguageSkill("en", "B2", AREA, not_yet_defined=True),),
        subject_areas=(AREA,),
        other_info_terms="terms",
        total_per_year="10.50",
        blended=False if kind.is_for_students else None,
        eqf_levels=(6, 7) if kind.is_for_students else (),
    )


def documents() -> list[bytes]:
    """One document of each kind."""
    partners = (IiaPartner("a.example.org", "u1", "a1", "code", CONTACT, "2026-09-01", (CONTACT,)), IiaPartner("b.example.org"))
    iia = Iia(partners, in_effect=True, conditions=tuple(map(condition, MobilityKind)), terminated_as_a_whole=True, pdf_file="f1")
    institution = Institution(
        "a.example.org",
        NAMES,
        (OtherId("pic", "999999999"),),
        "UA",
        ADDRESS,
        PARTS,
        URLS,
        URLS[0].text,
        URLS,
        URLS,
        (CONTACT,),
        "u1",
        ("u1",),
    )
    unit = OrganizationalUnit("u1", "LAW", NAMES, "L", "u0", ADDRESS, PARTS, URLS, URLS[0].text, URLS, (CONTACT,))
    days, information = CalendarEntry("--04-10", "--02-29"), Information("a@b.c", PHONE, URLS)
    factsheet = Factsheet(
        "a.example.org",
        days,
        days,
        information,
        5,
        5,
        information,
        information,
        information,
        (AdditionalRequirement("n", "d", URLS),),
        (Accessibility("service", "n", information, "d"),),
        (AdditionalInformation("t", information),),
    )
    url = URLS[0].text
    apis = (
        current_api("discovery", [("url", url)]),
        current_api("iias", [("get-url", url), ("max-iia-ids", "1"), ("index-url", url), ("stats-url", url)], SIGNED),
        ApiEntry("x", "urn:x", "1.0.0", (("url", url),), SIGNED, ("a@b.c",), "notes"),
    )
    hei = RegisteredHei("a.example.org", NAMES, institution.other_ids)
    manifest = Manifest(("a@b.c",), "Goliard", "notes", apis, hei, (b"certificate",), (b"client key",), (b"server key",))
    return [
        render_iias_get([iia]),
        render_iias_index(["a1", "a2"]),
        render_iias_stats(IiaStatistics(1, 2, 3, 4)),
        render_iias_approval([IiaApproval("a1", "0" * 64, "f1")]),
        IIA_CNR_RESPONSE,
        IIA_APPROVAL_CNR_RESPONSE,
        render_institutions([institution]),
        render_ounits([unit]),
        render_factsheets([factsheet]),
        render_echo(Echo(("a.example.org",), ("x", "y"))),
        render_error_response(ErrorResponse("wrong", NAMES)),
        render_manifest(manifest),
        render_catalogue(catalogue_of([manifest])),
    ]


def signatures() -> list[bytes]:
    """Headers of a request, a date, signature parameters and a form."""
    parameters = (
        f'keyId="{"0" * 64}",algorithm="rsa-sha256",headers="(request-target) host original-date digest x-request-id",signature="AAAA"'
    )
    headers = [
        "Host: h",
        "Original-Date: Tue, 03 Nov 2026 10:00:00 GMT",
        "Digest: SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "X-Request-Id: dc05b425-4e86-4106-8dde-1257fccf53e5",
        "Accept-Signature: rsa-sha256",
        f"Authorization: Signature {parameters}",
    ]
    forms = ["iia_id=1&iia_id=2", "modified_since=2026-02-12T15:19:21%2B01:00", "Tue, 03 Nov 2026 10:00:00 GMT"]
    return [text.encode() for text in ("\n".join(headers), parameters, *forms)]


def write_seeds(folder: Path) -> None:
    """Put the first inputs into a corpus folder, each kind of target in its own."""
    for name, inputs in (("codec", documents()), ("signatures", signatures())):
        for data in inputs:
            (folder / name).mkdir(parents=True, exist_ok=True)
            (folder / name / file_name(data)).write_bytes(data)
