"""Partners: organisations with their identifiers, and whom to turn to there."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate
from ninja import Query, Router
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.problems import not_found
from goliard.api.v1.paging import Paging, Shape, Slug, page_by_key
from goliard.api.v1.shapes import Identifier, hei_id_of
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.policies import may_read_register
from goliard.apps.people.models import Contact
from goliard.apps.people.policies import may_read_people

router = Router(tags=["partners"])
OrganisationKind = Literal[
    "hei", "research-institute", "hospital", "company", "ngo", "government", "consortium", "national-agency", "eu-body", "other"
]  # fmt: skip


class PartnerFilter(Paging):
    """Narrow the list."""

    kind: OrganisationKind | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(None, description="ISO 3166-1, two letters")
    identifier: Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]{1,80}$")] | None = Field(
        None, description="any identifier, exactly: SCHAC code (hei_id), Erasmus code, PIC, OID, ECHE"
    )


class PartnerLine(Shape):
    """A partner as a list tells it."""

    key: str
    kind: OrganisationKind
    name_nl: str
    name_en: str
    acronym: str
    hei_id: str | None
    country: str = Field(description="ISO 3166-1, two letters")
    city: str
    website: str
    identifiers: list[Identifier]
    is_illustrative: bool = Field(description="invented for a demonstration")


class PartnerPage(Shape):
    """A page of partners."""

    items: list[PartnerLine]
    total: int
    next: str | None = Field(description="address of the next page")


class PartnerContact(Shape):
    """Whom to turn to: a functional mailbox, or a person for tokens that see personal data."""

    role: str
    name: str
    is_person: bool
    unit: str | None
    email: str
    phone: str


class PartnerDetail(PartnerLine):
    """A partner with its contacts of today."""

    contacts: list[PartnerContact]
    persons_withheld: bool = Field(description="there are persons too, whom this token does not see")


@router.get("/partners", response=PartnerPage, auth=Token(may_read_register), operation_id="list_partners")
def list_partners(request: ApiRequest, asked: Query[PartnerFilter]) -> PartnerPage:
    """List partners in the order of their keys; the institution itself is not one of them."""
    rows = _partners()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.country:
        rows = rows.filter(country__iso2=asked.country)
    if asked.identifier:
        rows = rows.filter(pk__in=Organisation.objects.filter(identifiers__value=asked.identifier).values("pk"))
    part = page_by_key(request, rows, asked)
    return PartnerPage(items=[PartnerLine(**_line(row)) for row in part.rows], total=part.total, next=part.next)


@router.get("/partners/{slug:key}", response=PartnerDetail, auth=Token(may_read_register), operation_id="read_partner")
def read_partner(request: ApiRequest, key: Slug) -> PartnerDetail:
    """Read one partner with its contacts of today."""
    row = _partners().prefetch_related(Prefetch("contacts", _contacts(localdate(request.asked_at)))).filter(key=key).first()
    if row is None:
        raise not_found()
    sees_people = request.caller.token.sees_people and may_read_people(request.caller.actor)
    shown = [contact for contact in row.contacts.all() if sees_people or contact.person_id is None]
    return PartnerDetail(
        **_line(row),
        contacts=[_contact(contact) for contact in shown],
        persons_withheld=len(shown) < len(row.contacts.all()),
    )


def _partners() -> QuerySet[Organisation]:
    return Organisation.objects.filter(is_home=False).select_related("country").prefetch_related("identifiers")


def _contacts(today: date) -> QuerySet[Contact]:
    return Contact.objects.filter(holding(today)).select_related("person", "unit").order_by("role", "pk")


def _line(row: Organisation) -> dict[str, Any]:
    identifiers = [
        Identifier(scheme=each.scheme, value=each.value, valid_from=each.valid_from, valid_until=each.valid_until)
        for each in row.identifiers.all()
    ]
    plain = ("key", "kind", "name_nl", "name_en", "acronym", "city", "website", "is_illustrative")
    return {name: getattr(row, name) for name in plain} | {
        "hei_id": hei_id_of(row),
        "country": row.country.iso2,
        "identifiers": identifiers,
    }


def _contact(row: Contact) -> PartnerContact:
    return PartnerContact(
        role=row.role,
        name=row.name,
        is_person=row.person_id is not None,
        unit=row.unit.key if row.unit else None,
        email=row.email,
        phone=row.phone,
    )
