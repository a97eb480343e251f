"""Places: what agreements in effect give in an academic year, what is claimed, what is free."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from ninja import Query, Router
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.v1.paging import Paging, Shape, Slug, page_by_number
from goliard.api.v1.shapes import Kind, Language, Named, Subject, Year, named, subjects_of
from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.agreements.policies import may_read_agreements
from goliard.apps.agreements.queries.capacity import Capacity, about_subject, capacity_of, conditions_of_year, open_to_unit
from goliard.apps.agreements.queries.seen import agreements_seen_by
from goliard.rules.values.academic_year import parse_academic_year

router = Router(tags=["places"])
Direction = Literal["outgoing", "incoming"]
CYCLES = {"short": "5", "first": "6", "second": "7", "third": "8"}  # EQF levels of the cycles of higher education
_RELATED = ("sending__country", "receiving__country", "sending_unit", "receiving_unit", "version__agreement")
_SETS = ("sending__identifiers", "receiving__identifiers", "subjects", "languages", "splits__unit")


class PlaceFilter(Paging):
    """Which year, and narrower."""

    academic_year: Year
    partner: Slug | None = Field(None, description="key of the partner")
    direction: Direction | None = Field(None, description="seen from the institution")
    kind: Kind | None = None
    cycle: Literal["short", "first", "second", "third"] | None = Field(None, description="EQF 5 to 8")
    subject: Annotated[str, Field(pattern=r"^[0-9]{2,4}$")] | None = Field(None, description="ISCED-F code of two to four digits")
    unit: Slug | None = Field(None, description="key of a home unit: only what it may take from; `free_for_unit` says how many")


class FreeShare(Shape):
    """Places that are set apart for a home unit, and how many of them are free."""

    unit: str
    places: int
    free: int


class Places(Shape):
    """Places of one condition in one academic year."""

    agreement: str
    position: int = Field(description="of the condition in the version in force")
    academic_year: str
    partner: Named
    direction: Direction
    kind: Kind
    home_unit: str | None
    partner_unit: str | None
    cycles: list[Literal["short", "first", "second", "third"]]
    eqf_levels: list[int]
    subjects: list[Subject]
    languages: list[Language]
    places: int
    claimed: int
    free: int
    free_for_all: int = Field(description="of the free places, those that belong to no unit's share")
    shares: list[FreeShare]
    free_for_unit: int | None = Field(description="what the unit that was asked for could take: its share and what is free for all")


class PlacesPage(Shape):
    """A page of places."""

    items: list[Places]
    total: int
    next: str | None = Field(description="address of the next page")


@router.get("/places", response=PlacesPage, auth=Token(may_read_agreements), operation_id="list_places")
def list_places(request: ApiRequest, asked: Query[PlaceFilter]) -> PlacesPage:
    """List the places of an academic year, one row a condition of an agreement in effect."""
    year = parse_academic_year(asked.academic_year)
    rows = _narrowed(conditions_of_year(year, agreements_seen_by(request.caller.actor)), asked, localdate(request.asked_at))
    part = page_by_number(request, rows.select_related(*_RELATED).prefetch_related(*_SETS), asked)
    items = [_places(each, asked.unit) for each in capacity_of(part.rows, year)]
    return PlacesPage(items=items, total=part.total, next=part.next)


def _narrowed(rows: QuerySet[CooperationCondition], asked: PlaceFilter, today: date) -> QuerySet[CooperationCondition]:
    if asked.partner:
        rows = rows.filter(
            Q(sending__is_home=False, sending__key=asked.partner) | Q(receiving__is_home=False, receiving__key=asked.partner)
        )
    if asked.direction:
        rows = rows.filter(sending__is_home=asked.direction == "outgoing")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.cycle:
        rows = rows.filter(eqf_levels__contains=CYCLES[asked.cycle])
    if asked.subject:
        rows = about_subject(rows, asked.subject)
    return open_to_unit(rows, asked.unit, today) if asked.unit else rows


def _places(each: Capacity, unit_key: str | None) -> Places:
    row = each.condition
    goes_out = row.sending.is_home
    home_unit, partner_unit = (row.sending_unit, row.receiving_unit) if goes_out else (row.receiving_unit, row.sending_unit)
    splits = list(row.splits.all())
    asking = next((split.unit_id for split in splits if split.unit.key == unit_key), None)
    return Places(
        agreement=row.version.agreement.key,
        position=row.position,
        academic_year=each.academic_year,
        partner=named(row.receiving if goes_out else row.sending),
        direction="outgoing" if goes_out else "incoming",
        kind=row.kind,  # type: ignore[arg-type]  # the field's choices are these four
        home_unit=home_unit.key if home_unit else None,
        partner_unit=partner_unit.key if partner_unit else None,
        cycles=[cycle for cycle, digit in CYCLES.items() if digit in row.eqf_levels],  # type: ignore[misc]  # the keys are these four
        eqf_levels=[int(digit) for digit in row.eqf_levels],
        subjects=subjects_of(row),
        languages=[Language(language=one.language, level=one.level, isced_f=one.isced_f) for one in row.languages.all()],
        places=each.supply.places,
        claimed=each.claimed,
        free=each.left.total,
        free_for_all=each.left.open,
        shares=[FreeShare(unit=split.unit.key, places=split.places, free=each.left.shares[split.unit_id]) for split in splits],
        free_for_unit=each.left.for_unit(asking) if unit_key else None,
    )
