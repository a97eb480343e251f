"""Exchange counts: how many went and came with a partner in an academic year."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query, Router, Status
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.v1.paging import Paging, Shape, Slug, page_by_number
from goliard.api.v1.places import Direction
from goliard.api.v1.sent import Keys, Sent
from goliard.api.v1.shapes import Kind, Year
from goliard.apps.agreements.choices import CountSource
from goliard.apps.agreements.models import ExchangeCount
from goliard.apps.agreements.policies import may_edit_counts, may_read_agreements
from goliard.apps.agreements.queries.seen import counts_seen_by
from goliard.apps.institutions.services.keeping import keep

router = Router(tags=["exchange counts"])


class CountFilter(Paging):
    """Narrow the list."""

    partner: Slug | None = Field(None, description="key of the partner")
    academic_year: Year | None = None
    direction: Direction | None = None
    kind: Kind | None = None
    unit: Slug | None = Field(None, description="key of the home unit")


class Count(Shape):
    """How many went or came."""

    partner: str
    unit: str | None
    academic_year: str
    direction: Direction
    kind: Kind
    people: int
    months: str | None = Field(description="months (students) or days (staff) in total")
    source: Literal["typed", "imported", "computed"]


class CountPage(Shape):
    """A page of exchange counts."""

    items: list[Count]
    total: int
    next: str | None = Field(description="address of the next page")


@router.get("/exchange-counts", response=CountPage, auth=Token(may_read_agreements), operation_id="list_exchange_counts")
def list_exchange_counts(request: ApiRequest, asked: Query[CountFilter]) -> CountPage:
    """List exchange counts in the order in which they were written."""
    wanted = {
        "organisation__key": asked.partner,
        "academic_year": asked.academic_year,
        "direction": asked.direction,
        "kind": asked.kind,
        "unit__key": asked.unit,
    }
    rows = counts_seen_by(request.caller.actor).filter(**{name: value for name, value in wanted.items() if value is not None})
    part = page_by_number(request, rows.select_related("organisation", "unit"), asked)
    return CountPage(items=[count_shape(row) for row in part.rows], total=part.total, next=part.next)


class CountSent(Sent):
    """How many went or came: what is known under the same partner, unit, year, direction and kind is replaced."""

    partner: Slug
    unit: Slug | None = None
    academic_year: Year
    direction: Direction
    kind: Kind
    people: Annotated[int, Field(ge=0, le=100_000)]
    months: Annotated[str, Field(pattern=r"^[0-9]{1,6}(\.[0-9]{1,2})?$")] | None = None


@router.put(
    "/exchange-counts", response={200: Count, 201: Count}, auth=Token(may_edit_counts, writes=True), operation_id="write_exchange_count"
)
def write_exchange_count(request: ApiRequest, sent: CountSent) -> Status:
    """Write how many went or came: the first time it is made (201), then replaced (200)."""
    keys = Keys()
    keys.read(organisations=[sent.partner], units=[sent.unit])
    partner, unit = keys.organisation(sent.partner, "partner"), keys.home_unit(sent.unit, "unit")
    keys.settle()
    known = {"unit": unit, "academic_year": sent.academic_year, "direction": sent.direction, "kind": sent.kind}
    found = ExchangeCount.objects.filter(organisation=partner, **known).first()
    row = found or ExchangeCount(organisation=partner, **known)
    row.people, row.months, row.source = sent.people, sent.months or "", CountSource.IMPORTED
    keep(row=row, actor=request.caller.actor, now=request.asked_at)
    return Status(200 if found else 201, count_shape(row))


def count_shape(row: ExchangeCount) -> Count:
    """Return one count."""
    return Count(
        partner=row.organisation.key,
        unit=row.unit.key if row.unit else None,
        academic_year=row.academic_year,
        direction=row.direction,  # type: ignore[arg-type]  # the field's choices are these two
        kind=row.kind,  # type: ignore[arg-type]  # the field's choices are these four
        people=row.people,
        months=row.months or None,
        source=row.source,  # type: ignore[arg-type]  # the field's choices are these three
    )
