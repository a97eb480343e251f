"""Lists in pages: a cursor, not a page number, so that rows that come or go meanwhile are never skipped or told twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field

M = TypeVar("M", bound=Model)
MOST = 200
SLUG = r"^[-a-zA-Z0-9_]{1,80}$"
Slug = Annotated[str, Field(pattern=SLUG)]


class Shape(BaseModel):
    """What goes out: no field more than the document says."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"additionalProperties": False})


class Paging(BaseModel):
    """How many, and after which."""

    limit: int = Field(50, ge=1, le=MOST, description="how many at most")
    after: Slug | None = Field(None, description="continue after this cursor; the answer's `next` holds it")


@dataclass(frozen=True, slots=True)
class Part(Generic[M]):
    """One page of rows, how many there are in all, and the address of the next page."""

    rows: Sequence[M]
    total: int
    next: str | None


def page_by_key(request: HttpRequest, rows: QuerySet[M], paging: Paging) -> Part[M]:
    """Return a page in the order of the keys."""
    after = rows.filter(key__gt=paging.after) if paging.after else rows
    return _part(request, rows, after.order_by("key"), paging, lambda row: row.key)  # type: ignore[attr-defined]  # rows with a key


def page_by_number(request: HttpRequest, rows: QuerySet[M], paging: Paging) -> Part[M]:
    """Return a page in the order in which the rows were made; a cursor that is no number begins anew at the end: there is nothing."""
    after = rows
    if paging.after:
        is_number = paging.after.isascii() and paging.after.isdigit() and len(paging.after) < 19
        after = rows.filter(pk__gt=int(paging.after)) if is_number else rows.none()
    return _part(request, rows, after.order_by("pk"), paging, lambda row: str(row.pk))


def _part(request: HttpRequest, rows: QuerySet[M], after: QuerySet[M], paging: Paging, cursor: Callable[[M], str]) -> Part[M]:
    found = list(after[: paging.limit + 1])
    shown = found[: paging.limit]
    following = None
    if len(found) > len(shown):
        asked: dict[str, Any] = {**request.GET.dict(), "after": cursor(shown[-1])}
        following = f"{request.path}?{urlencode(asked)}"
    return Part(shown, rows.order_by().count(), following)
