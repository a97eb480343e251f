"""Hand in a partnership, first as a draft and then as the final version; answer it with a comment and a letter."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from goliard.apps.funding.choices import ApplicationState, FlowStage, InterestState, StepKind, VersionStage
from goliard.apps.funding.letters import COMMENTED
from goliard.apps.funding.models import ExpressionOfInterest, PartnershipVersion, ProjectApplication
from goliard.apps.funding.queries.applications import findings, whole_of
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.timeline import step_of
from goliard.apps.funding.queries.told import told_partnership
from goliard.apps.funding.services.applications import SHUT
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.rules.access.actor import Actor
from goliard.rules.funding.deadlines import lateness
from goliard.rules.values.texts import Reason, Text

STEPS = {VersionStage.DRAFT: StepKind.DRAFT, VersionStage.FINAL: StepKind.FINAL}


@transaction.atomic
def hand_in_version(*, interest: ExpressionOfInterest, stage: VersionStage, actor: Actor, now: datetime) -> PartnershipVersion:
    """Keep the partnership as it stands now, with its hash; the same content a second time is the same version.

    A draft may be incomplete. Raises Refused when it is late for who is not the office, when the final version has faults, and once the
    application is final.
    """
    application = ProjectApplication.objects.select_for_update().get(call_id=interest.call_id)  # first: it may be made final now
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    if application.state != ApplicationState.DRAFT or locked.state != InterestState.SELECTED:
        raise Refused([SHUT])
    late = None if actor.is_office else lateness(step_of(locked.call, STEPS[stage]), now)
    faults = _faults(application, locked) if stage is VersionStage.FINAL else []
    if late or faults:
        raise Refused([*([late] if late else []), *faults])
    version = _kept(locked, stage, now)
    if version.handed_in_at == now:
        details = {"stage": stage.value, "number": version.number, "hash": version.content_hash}
        record(actor=actor, verb="hand-in-partnership", subject=locked, now=now, details=details)
    return version


@transaction.atomic
def comment_version(*, version: PartnershipVersion, comment: str, actor: Actor, now: datetime) -> PartnershipVersion:
    """Answer what was handed in, with a letter to its writers. Raises Refused without a comment, or once the application is final."""
    locked = PartnershipVersion.objects.select_for_update().select_related("interest__owner", "interest__call").get(pk=version.pk)
    if not comment.strip():
        raise Refused([Reason("comment-empty", Text("Schrijf het commentaar.", "Write the comment."), field="comment")])
    if not ProjectApplication.objects.filter(call_id=locked.interest.call_id, state=ApplicationState.DRAFT).exists():
        raise Refused([SHUT])
    locked.comment, locked.commented_at = comment.strip(), now
    locked.save(update_fields=["comment", "commented_at"])
    interest, owner = locked.interest, locked.interest.owner
    details = {"stage": locked.stage, "number": locked.number}
    record(actor=actor, verb="comment-partnership", subject=interest, now=now, details=details)
    values = {"title": interest.title, "call": interest.call.title(owner.language), "comment": locked.comment, "name": owner.display_name}
    for address in dict.fromkeys((owner.email, *interest.co_applicants.values_list("email", flat=True))):
        queue_letter(
            letter=COMMENTED.key, address=address, language=owner.language, values=values, about=interest, now=now,
            once=f"{locked.stage}-{locked.number}-{now:%Y%m%d%H%M%S}",
        )  # fmt: skip
    return locked


def _faults(application: ProjectApplication, interest: ExpressionOfInterest) -> list[Reason]:
    return [each.reason for each in findings(whole_of(application)) if each.is_fault and each.key == str(interest.pk)]


def _kept(interest: ExpressionOfInterest, stage: VersionStage, now: datetime) -> PartnershipVersion:
    newest = interest.versions.filter(stage=stage).order_by("-number").first()
    budget = budget_of(interest, FlowStage.APPLICATION)
    content = canonical_json({**told_partnership(interest), "budget": budget.document})
    digest = hashlib.sha256(content.encode()).hexdigest()
    if newest is not None and newest.content_hash == digest:
        return newest
    return PartnershipVersion.objects.create(
        interest=interest, stage=stage, number=newest.number + 1 if newest else 1, handed_in_at=now, content=content,
        content_hash=digest, asked_cents=budget.cents, mobilities=budget.mobilities,
    )  # fmt: skip
