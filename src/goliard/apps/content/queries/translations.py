"""Texts that stand in one language only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from goliard.apps.content.models import Image, NewsItem, Page, PublishedFact
from goliard.apps.funding.models import Action, FundingCall, PolicyDocument, Priority, Programme, StrategicGoal
from goliard.apps.institutions.models import Network, NetworkAim, Organisation, OrganizationalUnit
from goliard.apps.projects.models import Project, ProjectMobility, ProjectPriority

PROJECT_TEXTS = (Project, ProjectMobility, ProjectPriority)
ALL_TEXTS = (
    *(Page, NewsItem, PublishedFact, Image, FundingCall, Action, Programme, Priority, PolicyDocument, StrategicGoal),
    *(Organisation, OrganizationalUnit, Network, NetworkAim, *PROJECT_TEXTS),
)


@dataclass(frozen=True, slots=True)
class HalfTranslated:
    """A row (for a part, the row that it belongs to) and the fields of which one language is empty, by their labels."""

    row: models.Model
    empty: tuple[str, ...]


def pairs(model: type[models.Model]) -> list[tuple[str, str]]:
    """Return the fields of a model that say the same in Dutch and in English, such as `("title_nl", "title_en")`."""
    names = [field.name for field in model._meta.concrete_fields]
    return [(name, f"{name[:-3]}_en") for name in names if name.endswith("_nl") and f"{name[:-3]}_en" in names]


def half_translated(model: type[models.Model], rows: QuerySet[Any, Any] | None = None) -> QuerySet[Any, Any]:
    """Return the rows in which one language of a pair is empty and the other is not."""
    wanted = Q()
    for dutch, english in pairs(model):
        wanted |= (Q(**{dutch: ""}) & ~Q(**{english: ""})) | (~Q(**{dutch: ""}) & Q(**{english: ""}))
    found = model._default_manager.all() if rows is None else rows
    return found.filter(wanted)


def missing_translations(rows: QuerySet[Any, Any], *, most: int) -> Iterator[HalfTranslated]:
    """Yield the first `most` half-translated rows, each with what is empty; a part is told by what it belongs to."""
    model, owner = rows.model, _owner(rows.model)
    for row in rows.select_related(*([owner] if owner else []))[:most]:
        empty = [name for pair in pairs(model) for name in pair if not getattr(row, name) and any(getattr(row, each) for each in pair)]
        labels = tuple(str(model._meta.get_field(name).verbose_name) for name in empty)
        yield HalfTranslated(getattr(row, owner) if owner else row, labels)


def _owner(model: type[models.Model]) -> str:
    """Return the name of the foreign key by which a part belongs to something, "" for a row of its own."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE and not field.null:
            return field.name
    return ""
