"""Columns, references and lists: how a cell of a file stands to a field of a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable
from django.db.models.fields import NOT_PROVIDED
from django.db.models.functions import Cast, Concat
from django.utils import translation

from goliard.apps.transfer import kinds
from goliard.apps.transfer.kinds import Kind

_WHOLE_NUMBERS = (models.PositiveSmallIntegerField, models.PositiveIntegerField, models.BigIntegerField, models.IntegerField)
_BOUNDS: dict[str, tuple[int, int]] = {
    "PositiveSmallIntegerField": (0, 32_767),
    "PositiveIntegerField": (0, 2_147_483_647),
    "BigIntegerField": (-(10**15), 10**15),
    "IntegerField": (-2_147_483_648, 2_147_483_647),
}
# the narrower field first
_TEXTS: tuple[tuple[type[models.Field], Callable[[int], Kind]], ...] = (
    (models.URLField, kinds.Address),
    (models.EmailField, kinds.Mail),
    (models.SlugField, kinds.Key),
    (models.CharField, kinds.Words),
    (models.TextField, kinds.Words),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, its field on the model, what it holds.

    `refers_to` names the table whose key the cell holds; the value is then that key as text, "" for none.
    `empty` is what an empty cell means; a required column refuses it.
    """

    name: str
    field: str
    kind: Kind
    required: bool
    empty: Any
    refers_to: str = ""
    # the path from the model to the referred row's key, such as "country__iso2"; an expression where that key is of several columns
    lookup: str | Combinable = ""
    about: str = ""

    @property
    def path(self) -> str | Combinable:
        """The path by which a query reads the value."""
        return self.lookup or self.field

    def write(self, value: object) -> str:
        """Return the cell of a value of the database or of a record."""
        return "" if value is None or value == "" else self.kind.write(value)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A cell that lists short items, joined by semicolons, each a row of `model` below the row of the table.

    The cell is the whole list: what it leaves out is removed. `ordered` keeps the order in `position`; `first` names the flag that the
    first item gets and no other.
    """

    name: str
    model: type[models.Model]
    parent: str  # the foreign key of `model` to the table's model
    item: str  # the field of `model` that an item fills
    kind: Kind
    about: str
    refers_to: str = ""
    lookup: str = ""
    ordered: bool = False
    first: str = ""
    computed: Callable[[str], dict[str, Any]] | None = None  # further fields of the row, from the item

    @property
    def path(self) -> str:
        """The path by which a query reads an item."""
        return self.lookup or self.item


def column(
    model: type[models.Model], name: str, *, field: str = "", kind: Kind | None = None, required: bool | None = None, about: str = ""
) -> Column:
    """Return the column of a plain field; kind, bounds and choices come from the model."""
    found = model._meta.get_field(field or name)
    assert isinstance(found, models.Field)
    return Column(
        name=name,
        field=found.name,
        kind=kind or kind_of(found),
        required=_is_required(found) if required is None else required,
        empty=_empty(found),
        about=about or _about(found),
    )


def reference(
    model: type[models.Model],
    name: str,
    to: str,
    key: str | tuple[str, ...],
    *,
    kind: Kind,
    field: str = "",
    required: bool | None = None,
    about: str = "",
) -> Column:
    """Return the column that holds the key of a row of table `to`; `key` is that row's key field, or the paths to all of them."""
    found = model._meta.get_field(field or name)
    assert isinstance(found, models.ForeignKey)
    return Column(
        name=name,
        field=found.name,
        kind=kind,
        required=not found.null if required is None else required,
        empty="",
        refers_to=to,
        lookup=f"{found.name}__{key}" if isinstance(key, str) else _joined(found.name, key),
        about=about or _about(found),
    )


def _joined(field: str, key: tuple[str, ...]) -> Combinable:
    """The key of several columns as one text, as `Table.handle` writes it."""
    parts: list[Combinable] = []
    for path in key:
        parts += [models.Value("/"), Cast(f"{field}__{path}", models.CharField())]
    return Concat(*parts[1:], output_field=models.CharField())


def kind_of(field: Any) -> Kind:
    """Return the kind of cell that a model's field takes."""
    if field.choices:
        return kinds.Choice(tuple(str(value) for value, _ in field.flatchoices if value != ""))
    if isinstance(field, models.DecimalField):
        return kinds.Degrees(90 if "latitude" in field.name else 180)
    if isinstance(field, _WHOLE_NUMBERS):
        return kinds.Whole(*_BOUNDS[field.get_internal_type()])
    for model_field, kind in _TEXTS:
        if isinstance(field, model_field):
            return kind(field.max_length or kinds.LONGEST_CELL)
    return kinds.Day() if isinstance(field, models.DateField) else kinds.YesNo()


def _is_required(field: models.Field) -> bool:
    return not field.blank and not field.null and field.default is NOT_PROVIDED


def _empty(field: models.Field) -> Any:
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null else ""


def _about(field: models.Field) -> str:
    with translation.override("en"):  # the docs are in English, whoever asks first
        text = str(field.verbose_name)
        return f"{text}. {field.help_text}" if field.help_text else text
