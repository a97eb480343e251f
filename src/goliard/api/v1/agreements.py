"""Agreements: what is agreed with whom, in which version, with the hash of the sealed text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.problems import not_found
from goliard.api.v1.paging import Paging, Shape, Slug, page_by_key
from goliard.api.v1.shapes import Condition, Day, Named, condition_shape, named
from goliard.apps.agreements.choices import AgreementState, VersionState
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, CooperationCondition
from goliard.apps.agreements.policies import may_read_agreements
from goliard.apps.agreements.queries.seen import agreements_seen_by

router = Router(tags=["agreements"])
State = Literal["draft", "proposed", "agreed", "in-effect", "renewed", "ended"]
AgreementKind = Literal["mou", "exchange", "iia-programme", "iia-partner", "traineeship", "joint", "consortium"]
SIDES = ("sending__identifiers", "receiving__identifiers", "subjects", "languages", "splits__unit")


class AgreementFilter(Paging):
    """Narrow the list."""

    state: State | None = None
    kind: AgreementKind | None = None
    partner: Slug | None = Field(None, description="key of the partner")
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(None, description="of a partner: ISO 3166-1, two letters")
    unit: Slug | None = Field(None, description="key of the home unit that runs it")
    in_effect_on: Day | None = Field(None, description="in effect on this day")


class Version(Shape):
    """A version of the text. `sha256` is the hash of the sealed text: empty until both agreed."""

    number: int
    state: Literal["draft", "proposed", "agreed", "superseded", "withdrawn"]
    proposed_at: datetime | None
    agreed_at: datetime | None
    sha256: str


class AgreementLine(Shape):
    """An agreement as a list tells it."""

    key: str
    kind: AgreementKind
    state: State
    title: str
    unit: str | None = Field(description="key of the home unit that runs it; null: the university as a whole")
    starts_on: date | None
    ends_on: date | None
    partners: list[Named]
    version_in_force: Version | None
    is_illustrative: bool = Field(description="invented for a demonstration")


class AgreementPage(Shape):
    """A page of agreements."""

    items: list[AgreementLine]
    total: int
    next: str | None = Field(description="address of the next page")


class Signatory(Shape):
    """Who signed, for tokens that see personal data."""

    name: str
    function: str


class Party(Shape):
    """An institution that is party, with its own number of the agreement."""

    organisation: Named
    unit: str | None
    iia_id: str
    iia_code: str
    signed_on: date | None
    signatory: Signatory | None = Field(description="null where nobody is named, or this token sees no personal data")


class Text(Shape):
    """The text of a version."""

    version: Version
    terms_nl: str
    terms_en: str
    conditions: list[Condition]


class AgreementDetail(AgreementLine):
    """An agreement with its parties and the texts that count."""

    notice_months: int | None
    tolerance: int | None = Field(description="how many more may go one way than the other over three years")
    renews: str | None = Field(description="key of the agreement that it renews")
    parties: list[Party]
    versions: list[Version]
    in_force: Text | None = Field(description="the newest text that both agreed")
    being_made: Text | None = Field(description="a newer text that is drafted or proposed")


@router.get("/agreements", response=AgreementPage, auth=Token(may_read_agreements), operation_id="list_agreements")
def list_agreements(request: ApiRequest, asked: Query[AgreementFilter]) -> AgreementPage:
    """List agreements in the order of their keys."""
    part = page_by_key(request, _narrowed(_lines(request), asked), asked)
    return AgreementPage(items=[AgreementLine(**_line(row)) for row in part.rows], total=part.total, next=part.next)


@router.get("/agreements/{slug:key}", response=AgreementDetail, auth=Token(may_read_agreements), operation_id="read_agreement")
def read_agreement(request: ApiRequest, key: Slug) -> AgreementDetail:
    """Read one agreement with its parties, the conditions in force, and those that are being made."""
    return detail_of(request, key)


@router.get(
    "/agreements/{slug:key}/versions/{int:number}/sealed",
    response=dict[str, Any],
    auth=Token(may_read_agreements),
    operation_id="read_sealed_text",
)
def read_sealed_text(request: ApiRequest, key: Slug, number: Annotated[int, Field(ge=1, le=9999)]) -> HttpResponse:
    """Read what was sealed, byte for byte: the SHA-256 of this answer is the `sha256` of the version."""
    agreements = agreements_seen_by(request.caller.actor).filter(key=key)
    version = AgreementVersion.objects.filter(agreement__in=agreements, number=number).exclude(content="").first()
    if version is None:
        raise not_found()
    return HttpResponse(version.content.encode(), content_type="application/json")


def detail_of(request: ApiRequest, key: str) -> AgreementDetail:
    """Return the agreement as its own address tells it. Raises Problem 404 where the token sees none."""
    row = _lines(request).select_related("renews").filter(key=key).first()
    if row is None:
        raise not_found()
    versions = list(row.versions.all())
    agreed = _agreed(row)
    newest = versions[0] if versions else None
    open_states = {VersionState.DRAFT, VersionState.PROPOSED}
    texts = {
        version.pk: _text(version) for version in versions if version == agreed or (version == newest and version.state in open_states)
    }
    return AgreementDetail(
        **_line(row),
        notice_months=row.notice_months,
        tolerance=row.tolerance,
        renews=row.renews.key if row.renews else None,
        parties=[_party(party, sees_people=request.caller.token.sees_people) for party in row.parties.all()],
        versions=[_version(version) for version in versions],
        in_force=texts.get(agreed.pk) if agreed else None,
        being_made=texts.get(newest.pk) if newest and newest != agreed else None,
    )


def _lines(request: ApiRequest) -> QuerySet[Agreement]:
    """The agreements that the token sees, in six queries however many they are."""
    parties = AgreementParty.objects.select_related("organisation__country", "unit").prefetch_related("organisation__identifiers")
    versions = AgreementVersion.objects.defer("content").order_by("-number")
    return (
        agreements_seen_by(request.caller.actor)
        .select_related("owner")
        .prefetch_related(Prefetch("parties", parties), Prefetch("versions", versions))
    )


def _narrowed(rows: QuerySet[Agreement], asked: AgreementFilter) -> QuerySet[Agreement]:
    plain = {"state": asked.state, "kind": asked.kind, "owner__key": asked.unit}
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if asked.partner or asked.country:
        of_partner = Q(organisation__is_home=False)
        of_partner &= Q(organisation__key=asked.partner) if asked.partner else Q()
        of_partner &= Q(organisation__country__iso2=asked.country) if asked.country else Q()
        rows = rows.filter(pk__in=AgreementParty.objects.filter(of_partner).values("agreement"))
    if asked.in_effect_on:
        rows = rows.filter(state=AgreementState.IN_EFFECT, starts_on__lte=asked.in_effect_on, ends_on__gte=asked.in_effect_on)
    return rows


def _agreed(row: Agreement) -> AgreementVersion | None:
    return next((version for version in row.versions.all() if version.state == VersionState.AGREED), None)


def _line(row: Agreement) -> dict[str, Any]:
    agreed = _agreed(row)
    return {
        "key": row.key,
        "kind": row.kind,
        "state": row.state,
        "title": row.title,
        "unit": row.owner.key if row.owner else None,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "partners": [named(party.organisation) for party in row.parties.all() if not party.organisation.is_home],
        "version_in_force": _version(agreed) if agreed else None,
        "is_illustrative": row.is_illustrative,
    }


def _version(row: AgreementVersion) -> Version:
    return Version(
        number=row.number,
        state=row.state,  # type: ignore[arg-type]  # the field's choices are these five
        proposed_at=row.proposed_at,
        agreed_at=row.agreed_at,
        sha256=row.content_hash,
    )


def _text(version: AgreementVersion) -> Text:
    related = ("sending", "receiving", "sending_unit", "receiving_unit")
    rows = CooperationCondition.objects.filter(version=version).select_related(*related).prefetch_related(*SIDES)
    return Text(
        version=_version(version),
        terms_nl=version.terms_nl,
        terms_en=version.terms_en,
        conditions=[condition_shape(row) for row in rows],
    )


def _party(row: AgreementParty, *, sees_people: bool) -> Party:
    signatory = Signatory(name=row.signatory_name, function=row.signatory_function) if sees_people and row.signatory_name else None
    return Party(
        organisation=named(row.organisation),
        unit=row.unit.key if row.unit else None,
        iia_id=row.iia_id,
        iia_code=row.iia_code,
        signed_on=row.signed_on,
        signatory=signatory,
    )
