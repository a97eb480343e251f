"""A section of the desk and its lines, and where each row's page is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise

from goliard.apps.institutions.usage import told
from goliard.rules.access.actor import Actor, Role

SHOWN = 6
ROUTES = {
    "agreements.agreement": "agreements",
    "content.image": "images",
    "content.newsitem": "news",
    "content.page": "pages",
    "content.publishedfact": "facts",
    "funding.action": "actions",
    "funding.fundingcall": "calls",
    "funding.policydocument": "policy-documents",
    "funding.priority": "priorities",
    "funding.programme": "programmes",
    "funding.strategicgoal": "goals",
    "institutions.network": "networks",
    "institutions.organisation": "organisations",
    "institutions.organizationalunit": "units",
    "messaging.delivery": "deliveries",
    "projects.project": "projects",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that asks for attention: what it is called, where it stands, and why it is here."""

    title: str
    address: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question. `count` may be more than there are lines; `everything` leads to the list of all."""

    title: Promise | str
    count: int
    lines: tuple[Line, ...]
    everything: str = ""


def answers_for_all(actor: Actor) -> bool:
    """Whether the whole house asks this actor: the office and those who look over its shoulder."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)


def lines_of(rows: Iterable[Any], why: Callable[[Any], str] = lambda _row: "") -> tuple[Line, ...]:
    """Return a line for each of the first rows."""
    return tuple(Line(told(row), address_of(row), why(row)) for row in list(rows)[:SHOWN])


def address_of(row: Model) -> str:
    """Return the address of a row's page in the office."""
    return reverse(f"office:{ROUTES[row._meta.label_lower]}-row", args=[row.pk])
