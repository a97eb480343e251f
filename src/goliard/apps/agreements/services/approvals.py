"""Approve a partner's copy of an agreement, and take that back while the partner has not approved ours."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.copies import copy_of, read_canonical
from goliard.apps.agreements.models import Agreement, IiaApproval, OwnIia, PartnerIia
from goliard.apps.agreements.queries.mapping import current_partner_approval, network_copy, network_id, network_version
from goliard.apps.agreements.queries.network import agreement_named_by
from goliard.apps.agreements.services.concluding import conclude_iia
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.network.queries import takes_part
from goliard.apps.network.services.deliveries import queue_notification
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.comparison import compare
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def approve_iia(*, copy: PartnerIia, seen_hash: str, actor: Actor, now: datetime, despite_differences: bool = False) -> IiaApproval:
    """Approve a partner's copy with the hash that was seen, keep its XML beside ours, tell the partner, and conclude where both approved.

    Raises Refused where the copy changed meanwhile, is gone or cannot be approved, where the partner declares another hash than that of
    its text, where the two copies do not name each other, and (unless `despite_differences`) where they say different things.
    """
    locked = PartnerIia.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=copy.pk)
    agreement = agreement_named_by(locked.organisation, locked.iia_id, locked.our_iia_id)
    reasons = _why_not(locked, seen_hash, agreement)
    if not reasons and agreement is not None and not despite_differences:
        reasons = _differences(agreement, locked)
    if reasons:
        raise Refused(reasons)
    own = OwnIia.objects.filter(agreement=agreement).first()
    approval, is_new = IiaApproval.objects.get_or_create(
        copy=locked,
        iia_hash=locked.iia_hash,
        defaults={
            "xml": locked.xml,
            "hashed_text": locked.hashed_text,
            "content": locked.content,
            "publication": None if own is None else own.publication,
            "approved_at": now,
        },
    )
    if not is_new and approval.withdrawn_at is not None:
        approval.withdrawn_at, approval.approved_at, is_new = None, now, True
        approval.save(update_fields=["withdrawn_at", "approved_at"])
    if is_new:
        record(actor=actor, verb="approve-iia", subject=locked, now=now, details={"iia_id": locked.iia_id, "hash": locked.iia_hash})
        _tell(locked, now)
    if agreement is not None:
        conclude_iia(agreement=agreement, actor=actor, now=now)
    return approval


@transaction.atomic
def withdraw_approval(*, copy: PartnerIia, actor: Actor, now: datetime) -> IiaApproval:
    """Take back our approval of a partner's copy. Raises Refused where there is none, or where the partner approved ours too."""
    locked = PartnerIia.objects.select_for_update().get(pk=copy.pk)
    approval = IiaApproval.objects.filter(copy=locked, iia_hash=locked.iia_hash, withdrawn_at=None).first()
    agreement = agreement_named_by(locked.organisation, locked.iia_id, locked.our_iia_id)
    if approval is None:
        raise Refused([Reason("not-approved", Text("Deze kopie is niet goedgekeurd.", "This copy is not approved."))])
    if agreement is not None and current_partner_approval(agreement) is not None:
        text = Text(
            "Beide hebben goedgekeurd: terug kan alleen met een wijziging of een beëindiging.",
            "Both have approved: the way back is a change or a termination.",
        )
        raise Refused([Reason("mutual", text)])
    approval.withdrawn_at = now
    approval.save(update_fields=["withdrawn_at"])
    record(actor=actor, verb="withdraw-approval", subject=locked, now=now, details={"iia_id": locked.iia_id, "hash": locked.iia_hash})
    _tell(locked, now)
    return approval


def _tell(copy: PartnerIia, now: datetime) -> None:
    """Notify the partner, in the same transaction, about our approval of its copy."""
    if takes_part() and (hei_id := network_id(copy.organisation)):
        queue_notification(api="iia-approval-cnr", hei_id=hei_id, subject=copy.iia_id, now=now)


def _differences(agreement: Agreement, copy: PartnerIia) -> list[Reason]:
    version = network_version(agreement)
    if version is None or not copy.content:
        return []
    number = len(compare(network_copy(copy_of(version)), read_canonical(copy.content)))
    if not number:
        return []
    text = Text(f"De kopieën verschillen op {number} punten.", f"The copies differ in {number} places.")
    return [Reason("differs", text)]


def _why_not(copy: PartnerIia, seen_hash: str, agreement: Agreement | None) -> list[Reason]:
    checks = (
        (
            copy.iia_hash != seen_hash,
            "copy-changed",
            "De partner heeft zijn kopie intussen gewijzigd.",
            "The partner has changed its copy meanwhile.",
        ),
        (
            not copy.is_as_declared,
            "hash-differs",
            "De partner geeft een andere hash op dan die van zijn tekst.",
            "The partner declares another hash than that of its text.",
        ),
        (
            not copy.is_approvable,
            "left-from-version-6",
            "De kopie bevat nog waarden uit versie 6, die goedkeuring uitsluiten.",
            "The copy still carries values from version 6, which rule out approval.",
        ),
        (copy.gone_at is not None, "gone", "De partner heeft deze kopie verwijderd.", "The partner has removed this copy."),
        (
            agreement is None,
            "not-mapped",
            "De twee kopieën verwijzen nog niet naar elkaar.",
            "The two copies do not name each other yet.",
        ),
    )
    return [Reason(rule, Text(nl, en)) for is_so, rule, nl, en in checks if is_so]
