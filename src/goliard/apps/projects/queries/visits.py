"""Preparatory visits of a project, as the rules look at them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation

from goliard.apps.projects.models import ProjectFlow
from goliard.rules.funding.running import Visit, visit_warnings
from goliard.rules.values.texts import Reason, Text


def warnings_of_visits(flows: Iterable[ProjectFlow]) -> tuple[Reason, ...]:
    """Return what is wrong with the dates of visits that prepare another flow."""
    rows = {flow.pk: flow for flow in flows}
    visits = [
        Visit(named(flow), flow.starts_on, named(rows[flow.prepares_id]), rows[flow.prepares_id].starts_on)
        for flow in rows.values()
        if flow.prepares_id in rows
    ]
    return visit_warnings(visits)


def named(flow: ProjectFlow) -> Text:
    """Return a flow in words: its place, direction and kind."""
    told = []
    for language in ("nl", "en"):
        with translation.override(language):
            told.append(f"{flow.position}. {flow.get_direction_display()}, {flow.get_kind_display()}")
    return Text(*told)
