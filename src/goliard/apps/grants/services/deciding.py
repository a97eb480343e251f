"""Decide on scholarships with reasons, within the budget of the scheme; record the payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.grants.letters import DECIDED
from goliard.apps.grants.models import Scholarship, ScholarshipScheme
from goliard.apps.grants.queries.verdicts import scheme_facts, verdict_on
from goliard.apps.grants.services.asking import address_of
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.rates.services import use_rate_table
from goliard.rules.access.actor import Actor
from goliard.rules.grants.report import entitlement_document
from goliard.rules.grants.scholarship import ceiling_fault
from goliard.rules.lifecycles.scholarship import SCHOLARSHIP
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Reason, Text

AWARDED, REFUSED = Text("toegekend: {amount}", "awarded: {amount}"), Text("afgewezen", "refused")


@dataclass(frozen=True, slots=True)
class ScholarshipDecision:
    """What the office checked and decided; reasons in both languages, which an award may leave out."""

    is_awarded: bool
    because_nl: str = ""
    because_en: str = ""
    approved_by_board: bool = True
    for_credit: bool = True
    travel_allowed: bool = True


@transaction.atomic
def decide_scholarship(*, scholarship: Scholarship, decision: ScholarshipDecision, actor: Actor, now: datetime) -> Scholarship:
    """Award what the table gives, or refuse with reasons in both languages; a letter says so.

    Raises Refused where a condition is not met, the budget is spent, or a reason lacks; TransitionRefused.
    """
    scheme = ScholarshipScheme.objects.select_for_update().get(pk=scholarship.scheme_id)  # its budget is spent one by one
    locked = Scholarship.objects.select_for_update().select_related("country", "person", "scheme").get(pk=scholarship.pk)
    action = "award" if decision.is_awarded else "refuse"
    locked.state = SCHOLARSHIP.next_state(state=locked.state, action=action, actor=actor)
    locked.approved_by_board, locked.for_credit, locked.travel_allowed = (
        decision.approved_by_board, decision.for_credit, decision.travel_allowed,
    )  # fmt: skip
    if decision.is_awarded:
        _award(locked, scheme, actor, now)
    elif not (decision.because_nl.strip() and decision.because_en.strip()):
        both = Text("Geef de redenen in beide talen.", "Give the reasons in both languages.")
        raise Refused([Reason("decision-why", both, field="because_nl")])
    locked.because_nl, locked.because_en, locked.decided_at = decision.because_nl.strip(), decision.because_en.strip(), now
    locked.save()
    details = {"scheme": scheme.key, "amount_cents": locked.amount_cents}
    record(actor=actor, verb=f"{action}-scholarship", subject=locked, now=now, reason=locked.because_en, details=details)
    _tell(locked, now)
    return locked


@transaction.atomic
def pay_scholarship(*, scholarship: Scholarship, paid_on: date, actor: Actor, now: datetime) -> Scholarship:
    """Record the payment. Raises TransitionRefused."""
    locked = Scholarship.objects.select_for_update().get(pk=scholarship.pk)
    locked.state = SCHOLARSHIP.next_state(state=locked.state, action="pay", actor=actor)
    locked.paid_on = paid_on
    locked.save(update_fields=["state", "paid_on"])
    record(actor=actor, verb="pay-scholarship", subject=locked, now=now, details={"paid_on": paid_on})
    return locked


def _award(row: Scholarship, scheme: ScholarshipScheme, actor: Actor, now: datetime) -> None:
    use_rate_table(action=scheme.table_action, call_year=scheme.table_year, actor=actor, now=now)
    verdict = verdict_on(row)
    if verdict.entitlement is None or verdict.table is None:
        raise Refused(verdict.refused)
    if fault := ceiling_fault(scheme_facts(scheme), verdict.entitlement.total):
        raise Refused([fault])
    row.amount_cents = verdict.entitlement.total.cents
    row.entitlement = canonical_json(entitlement_document(verdict.entitlement, verdict.table))


def _tell(row: Scholarship, now: datetime) -> None:
    address, language = address_of(row.person)
    if not address:
        return
    outcome = REFUSED.in_language(language)
    if row.amount_cents is not None:
        outcome = AWARDED.in_language(language).format(amount=Money(row.amount_cents).text(language))
    reasons = row.because_nl if language == "nl" else row.because_en
    values = {"name": row.person.full_name, "scheme": row.scheme.title(language), "host": row.host, "outcome": outcome, "reasons": reasons}
    queue_letter(letter=DECIDED.key, address=address, language=language, values=values, about=row, now=now)
