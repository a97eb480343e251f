"""Exchange counts: how many went and came with a partner in an academic year."""

from __future__ import annotations

from typing import Literal

from ninja import Query, Router
from pydantic import Field

from goliard.api.callers import ApiRequest, Token
from goliard.api.v1.paging import Paging, Shape, Slug, page_by_number
from goliard.api.v1.places import Direction
from goliard.api.v1.shapes import Kind, Year
from goliard.apps.agreements.models import ExchangeCount
from goliard.apps.agreements.policies import may_read_agreements
from goliard.apps.agreements.queries.seen import counts_seen_by

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
