"""What must not run in circles: units below units, projects, actions and programmes after one another, pages below pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from goliard.apps.content.models import Page
from goliard.apps.funding.models import Action, Programme
from goliard.apps.institutions.models import OrganizationalUnit, UnitParent
from goliard.apps.projects.models import Project
from goliard.apps.transfer.checks.finding import Finding
from goliard.rules.values.texts import Text

_CIRCLE = Text("Deze verwijzing loopt in een kring.", "This reference runs in a circle.")
_CHAINS: tuple[tuple[str, Any, str, str], ...] = (
    ("programmes", Programme, "predecessor", "key"),
    ("actions", Action, "predecessor", "key"),
    ("projects", Project, "predecessor", "key"),
    ("units", OrganizationalUnit, "merged_into", "key"),
    ("pages", Page, "parent", "path"),
)


def check_predecessors(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """No row comes, over any number of steps, after itself."""
    for table, model, field, key in _CHAINS:
        if not touched[table]:
            continue
        rows = model._default_manager.exclude(**{field: None}).values_list("pk", f"{field}_id", key)
        names = {pk: name for pk, _, name in rows}
        for pk in sorted(in_circles({pk: (after,) for pk, after, _ in rows})):
            yield Finding(table, pk, field, _CIRCLE, names[pk])


def check_units(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """On no day does a unit stand below itself, and it stands below units of its own organisation."""
    if not touched["unit_parents"]:
        return
    rows = list(UnitParent.objects.select_related("unit", "parent"))
    for row in rows:
        if row.pk in touched["unit_parents"] and row.unit.organisation_id != row.parent.organisation_id:
            because = Text("De bovenliggende eenheid hoort bij een andere organisatie.", "The unit above belongs to another organisation.")
            yield Finding("unit_parents", row.pk, "parent", because, row.unit.key)
    for day in sorted({row.valid_from or date.min for row in rows}):
        holding = [row for row in rows if row.holds_on(day)]
        graph: dict[int, tuple[int, ...]] = {}
        for row in holding:
            graph[row.unit_id] = (*graph.get(row.unit_id, ()), row.parent_id)
        circular = in_circles(graph)
        if circular:
            for row in holding:
                if row.unit_id in circular and row.parent_id in circular:
                    yield Finding("unit_parents", row.pk, "parent", _CIRCLE, row.unit.key)
            return


def in_circles(graph: Mapping[int, tuple[int, ...]]) -> set[int]:
    """Return every node from which a path leads back to itself: what is left when nodes without a way on are taken away, from both ends."""
    left = set(graph)
    changed = True
    while changed:
        onward = {node for node in left if any(after in left for after in graph[node])}
        reached = {after for node in onward for after in graph[node]}
        kept = onward & reached
        changed = kept != left
        left = kept
    return left
