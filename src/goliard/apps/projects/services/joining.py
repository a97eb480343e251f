"""Add a partner to a running project: ask, then approve or refuse; a new country needs the National Agency."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.projects.choices import ChangeState
from goliard.apps.projects.models import PartnerChange, Project, ProjectClosure, ProjectPartner
from goliard.apps.projects.queries.rule_inputs import stored_parts
from goliard.apps.projects.queries.verdicts import refused_as
from goliard.apps.projects.services.reporting import CLOSED
from goliard.rules.access.actor import Actor
from goliard.rules.funding.running import PartnerChangeFacts, approval_faults, joining_faults, needs_amendment
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def request_partner(*, project: Project, organisation: Organisation, reason: str, actor: Actor, now: datetime) -> PartnerChange:
    """Ask to add a partner. Raises Refused without a reason, for who takes part already or was asked for, and for a closed project."""
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    facts = _facts(locked, organisation)
    reasons = list(joining_faults(facts))
    if not reason.strip():
        reasons.append(Reason("partner-why", Text("Zeg waarom.", "Say why."), field="reason"))
    if locked.partner_changes.filter(organisation=organisation, state=ChangeState.REQUESTED).exists():
        reasons.append(Reason("partner-asked", Text("Dit is al gevraagd.", "This was asked already."), field="organisation"))
    if ProjectClosure.objects.filter(project=locked).exists():
        reasons.append(CLOSED)
    if reasons:
        raise Refused(reasons)
    change = PartnerChange.objects.create(
        project=locked, organisation=organisation, reason=reason.strip(), needs_amendment=needs_amendment(facts), requested_at=now
    )
    details = {"organisation": organisation.key, "needs_amendment": change.needs_amendment}
    record(actor=actor, verb="request-partner", subject=locked, now=now, reason=change.reason, details=details)
    return change


@transaction.atomic
def decide_partner(
    *, change: PartnerChange, is_approved: bool, because: str, agency_reference: str, actor: Actor, now: datetime
) -> PartnerChange:
    """Approve (the organisation becomes a partner from today) or refuse.

    Raises Refused for a request that is decided, a refusal without a reason, an amendment without the agency's reference, and where the
    rules of the call refuse the project with this partner.
    """
    locked = PartnerChange.objects.select_for_update().select_related("project__call__action", "organisation__country").get(pk=change.pk)
    if locked.state != ChangeState.REQUESTED:
        raise Refused([Reason("partner-decided", Text("Hierover is al besloten.", "This is decided already."))])
    if is_approved:
        facts = _facts(locked.project, locked.organisation, agency_reference)
        if reasons := approval_faults(facts):
            raise Refused(reasons)
        _join(locked, now)
    elif not because.strip():
        raise Refused([Reason("partner-why", Text("Zeg waarom niet.", "Say why not."), field="because")])
    locked.state = ChangeState.APPROVED if is_approved else ChangeState.REFUSED
    locked.because, locked.agency_reference, locked.decided_at = because.strip(), agency_reference.strip(), now
    locked.save(update_fields=["state", "because", "agency_reference", "decided_at"])
    details = {"organisation": locked.organisation.key, "agency_reference": locked.agency_reference}
    verb = "approve-partner" if is_approved else "refuse-partner"
    record(actor=actor, verb=verb, subject=locked.project, now=now, reason=locked.because, details=details)
    return locked


def _join(change: PartnerChange, now: datetime) -> None:
    project = change.project
    ProjectPartner.objects.create(
        project=project, organisation=change.organisation, position=project.partners.count() + 1, valid_from=timezone.localdate(now)
    )
    if reasons := refused_as(project, stored_parts(Project.objects.select_related("call__action").get(pk=project.pk))):
        raise Refused(reasons)


def _facts(project: Project, organisation: Organisation, agency_reference: str = "") -> PartnerChangeFacts:
    granted = set(project.partners.values_list("organisation__country_id", flat=True)) | {project.country_id}
    return PartnerChangeFacts(
        name=organisation.name_en, is_home=organisation.is_home,
        is_partner_already=project.partners.filter(organisation=organisation).exists(),
        country_is_granted=organisation.country_id in granted, agency_reference=agency_reference,
    )  # fmt: skip
