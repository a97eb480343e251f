"""Close a project: results told, everything reported, and the final balance kept with its hash."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.projects.choices import ChangeState
from goliard.apps.projects.models import Project, ProjectClosure
from goliard.apps.projects.queries.balances import balance_of
from goliard.apps.projects.services.reporting import CLOSED
from goliard.rules.access.actor import Actor
from goliard.rules.funding.running import ClosureFacts, closure_faults
from goliard.rules.values.texts import Reason


@transaction.atomic
def close_project(*, project: Project, evidence: str, actor: Actor, now: datetime) -> ProjectClosure:
    """Close the project. Raises Refused with everything that is still open."""
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if ProjectClosure.objects.filter(project=locked).exists():
        raise Refused([CLOSED])
    if reasons := open_ends(project=locked, evidence=evidence, now=now):
        raise Refused(reasons)
    told = told_balance(locked)
    content = canonical_json({**told, "evidence": evidence.split("\n"), "closed_at": now})
    closure = ProjectClosure.objects.create(
        project=locked, closed_at=now, evidence=evidence.strip(), content=content,
        content_hash=hashlib.sha256(content.encode()).hexdigest(),
        granted_cents=told["granted_cents"], realised_cents=told["realised_cents"] or 0, returned_cents=told["returned_cents"] or 0,
    )  # fmt: skip
    details = {"returned_cents": closure.returned_cents, "hash": closure.content_hash}
    record(actor=actor, verb="close-project", subject=locked, now=now, details=details)
    return closure


def open_ends(*, project: Project, evidence: str, now: datetime) -> tuple[Reason, ...]:
    """Return what stands in the way of closing the project now."""
    flows, headings = list(project.flows.all()), balance_of(project).headings
    return closure_faults(
        ClosureFacts(
            ends_on=project.ends_on, today=timezone.localdate(now), unreported_flows=sum(flow.realised is None for flow in flows),
            unreported_headings=sum(each.realised is None for each in headings),
            has_results=bool(project.results_nl.strip() and project.results_en.strip()),
            evidence=sum(bool(line.strip()) for line in evidence.split("\n")),
            open_changes=project.partner_changes.filter(state=ChangeState.REQUESTED).count(),
        )
    )  # fmt: skip


def told_balance(project: Project) -> dict[str, Any]:
    """Return flows, headings and sums as plain data."""
    found = balance_of(project)
    return {
        "project": project.key,
        "number": project.number,
        "illustrative": project.is_illustrative or any(flow.is_illustrative for flow in project.flows.all()),
        "flows": [
            {"direction": flow.direction, "kind": flow.kind, "planned": flow.planned, "granted": flow.granted, "realised": flow.realised,
             "cancelled": flow.cancelled}
            for flow in project.flows.all()
        ],
        "headings": [
            {"category": each.category, "granted_cents": each.granted, "moved_cents": each.moved, "realised_cents": each.realised,
             "covered_cents": each.covered, "unspent_cents": each.unspent}
            for each in found.headings
        ],
        "granted_cents": found.granted,
        "realised_cents": found.realised,
        "returned_cents": found.returns,
    }  # fmt: skip
