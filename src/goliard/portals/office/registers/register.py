"""The description of a register."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from goliard.apps.institutions.usage import Usage, users_of
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.transition import Lifecycle


class Keep(Protocol):
    """The service that saves a row with its parts; `keeping.keep` or a register's own."""

    def __call__(
        self, *, row: Any, actor: Actor, now: datetime, parts: Sequence[Model], removed: Sequence[Model], seen: str | None
    ) -> Model:
        """Save or raise ValidationError, Refused or ChangedMeanwhile."""


class Remove(Protocol):
    """The service that deletes a row; `keeping.remove` or a register's own."""

    def __call__(self, *, row: Any, actor: Actor, now: datetime) -> None:
        """Delete or raise StillInUse."""


class Move(Protocol):
    """The service that takes an action of the lifecycle."""

    def __call__(self, *, row: Any, action: str, actor: Actor, now: datetime) -> Model:
        """Move or raise Refused or TransitionRefused."""


@dataclass(frozen=True)
class Panel:
    """A piece of a row's page with a template of its own, such as what is missing before publication."""

    template: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Parts:
    """A table of parts that is edited with the row: names, identifiers, partners …"""

    name: str
    title: Promise
    formset: type[forms.BaseInlineFormSet]
    columns: Sequence[Column]
    rows: Callable[[Any], QuerySet]
    belongs: Callable[[Any], bool] = field(default=lambda _row: True)  # whether this row can have such parts at all


@dataclass(frozen=True)
class Bulk:
    """Actions on the rows that are ticked in the list: the route that takes them, what they are called, and who is offered them."""

    route: str
    actions: Mapping[str, Promise]
    may: Callable[[Actor], bool]


@dataclass(frozen=True)
class Register:
    """One register of the office. `name` stands in addresses and route names: `office:<name>`, `office:<name>-row` …"""

    name: str
    model: type[Model]
    title: Promise
    one: Promise
    rows: Callable[[Actor], QuerySet]
    columns: Sequence[Column]
    default_sort: str
    form: type[forms.ModelForm] | None  # None: rows are written by use cases only, never by a form
    may_read: Callable[[Actor], bool]
    may_add: Callable[[Actor], bool]
    may_edit: Callable[[Actor, Any], bool]
    keep: Keep | None = None  # None, as without a form: use cases write the rows
    remove: Remove | None = None
    filters: type[forms.Form] | None = None
    parts: Sequence[Parts] = ()
    hint: Promise | str = ""
    panels: Callable[[Any, Actor], Sequence[Panel]] = field(default=lambda _row, _actor: ())
    preview: Callable[[Any], dict[str, str] | None] = field(default=lambda _row: None)
    lifecycle: Lifecycle | None = None
    move: Move | None = None
    # whether an action of the lifecycle makes sense for this row now; the service decides again
    offers: Callable[[Any, str], bool] = field(default=lambda _row, _action: True)
    may_remove: Callable[[Actor, Any], bool] | None = None
    warnings: Callable[[HttpRequest, Any], Sequence[str]] = field(default=lambda _request, _row: ())
    users: Callable[[Any], Sequence[Usage]] = users_of
    bulk: Bulk | None = None
    try_out: str = ""  # the route that shows a form's words before they are saved

    def parts_of(self, row: Model) -> Sequence[Parts]:
        """The kinds of parts that the row can have."""
        return [part for part in self.parts if part.belongs(row)]

    def removable_by(self, actor: Actor, row: Model) -> bool:
        """Whether the actor may delete the row: who may edit it, unless the register says otherwise."""
        return (self.may_remove or self.may_edit)(actor, row)
