"""Lists of the office: columns that sort, pages, exports; one shape for every register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

M = TypeVar("M", bound=Model)
PER_PAGE = 50
AT_ONCE = 500  # rows that an export holds


@dataclass(frozen=True)
class Column(Generic[M]):
    """A column: its key in addresses, its heading, how it sorts (`""` for not at all) and what an export prints in it.

    `read` reads what the column prints for many rows at once, and keeps it on them.
    """

    key: str
    label: Any
    order: str = ""
    export: Callable[[M], object] | None = None
    numeric: bool = False
    read: Callable[[Sequence[M]], None] | None = None


@dataclass(frozen=True)
class Heading:
    """A column's heading as the page shows it."""

    label: Any
    sortable: bool
    numeric: bool
    direction: str  # "ascending", "descending" or ""
    next_sort: str


@dataclass(frozen=True)
class Listing(Generic[M]):
    """One page of a sorted list with its headings."""

    page: Page[M]
    columns: list[Heading]
    total: int
    rows: Sequence[M] = field(default=())


def listing(request: HttpRequest, rows: QuerySet[M], columns: Sequence[Column[M]], *, default: str, per_page: int = PER_PAGE) -> Listing[M]:
    """Return the page of `rows` that `?sort=` and `?page=` ask for.

    An unknown column sorts by `default`; a page out of range is the nearest one.
    """
    sort = _asked(request, columns, default)
    page = Paginator(ordered(rows, columns, sort), per_page).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    _read(shown, columns)
    return Listing(page, [_heading(column, sort) for column in columns], page.paginator.count, shown)


def ordered(rows: QuerySet[M], columns: Sequence[Column[M]], sort: str) -> QuerySet[M]:
    """Return `rows` in the order of `sort` (`-` in front turns it round), ties by primary key so that pages never overlap.

    What is called `…_en` is sorted as the page shows it: by `…_nl` in Dutch.
    """
    order = next(column.order for column in columns if column.key == sort.lstrip("-"))
    if order.endswith("_en") and (get_language() or "").startswith("nl"):
        order = f"{order[:-3]}_nl"
    return rows.order_by(f"-{order}" if sort.startswith("-") else order, "pk")


def export_rows(request: HttpRequest, rows: QuerySet[M], columns: Sequence[Column[M]], *, default: str) -> Iterator[list[object]]:
    """Yield the heading and every row (not only this page's) in the order that the page shows."""
    printed = [column for column in columns if column.export]
    yield [str(column.label) for column in printed]
    found = ordered(rows, columns, _asked(request, columns, default)).iterator(chunk_size=AT_ONCE)
    while several := list(islice(found, AT_ONCE)):
        _read(several, printed)
        for row in several:
            yield [column.export(row) for column in printed if column.export]


def _read(rows: Sequence[M], columns: Sequence[Column[M]]) -> None:
    for column in columns:
        if column.read is not None:
            column.read(rows)


def _asked(request: HttpRequest, columns: Sequence[Column[M]], default: str) -> str:
    sort = request.GET.get("sort", default)
    return sort if sort.lstrip("-") in {column.key for column in columns if column.order} else default


def _heading(column: Column[M], sort: str) -> Heading:
    here = sort.lstrip("-") == column.key
    direction = ("descending" if sort.startswith("-") else "ascending") if here else ""
    following = f"-{column.key}" if direction == "ascending" else column.key
    return Heading(column.label, bool(column.order), column.numeric, direction, following)
