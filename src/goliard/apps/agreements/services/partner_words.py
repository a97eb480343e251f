"""What a partner says on its page: comments, proposed changes, and the approval of exactly what it saw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from goliard.apps.agreements.choices import AgreementState, ProposalKind, VersionState
from goliard.apps.agreements.copies import canonical, condition_of, copy_of, hash_of
from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition, PartnerLink, PartnerProposal
from goliard.apps.agreements.queries.versions import newest_version
from goliard.apps.agreements.services.agreements import move_agreement, seal_version
from goliard.apps.agreements.services.partner_links import actor_of
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor, system
from goliard.rules.agreements.comparison import compare
from goliard.rules.agreements.copy import Condition
from goliard.rules.lifecycles.agreement import AGREEMENT
from goliard.rules.values.texts import Reason, Text

LONGEST = 4000  # characters of a comment
WORDS_AN_HOUR = 20


@dataclass(frozen=True, slots=True)
class ChangedNumbers:
    """What a partner may propose for a condition: mobilities a year, and months or days."""

    mobilities: int
    amount: Decimal | None


@transaction.atomic
def comment_on_agreement(*, link: PartnerLink, text: str, now: datetime) -> PartnerProposal:
    """Keep a partner's comment as plain text. Raises Refused when it is empty, too long, or one too many in an hour."""
    version = _open_version(link)
    _require_measure(link, text, now)
    if not text.strip():
        raise Refused([_reason("empty", "Er staat niets in.", "There is nothing in it.")])
    return _say(link, version, now, kind=ProposalKind.COMMENT, text=text.strip())


@transaction.atomic
def propose_change(*, link: PartnerLink, numbers: Mapping[int, ChangedNumbers], text: str, now: datetime) -> PartnerProposal:
    """Keep a partner's proposal of other numbers, by the conditions' primary keys, as a whole copy in canonical form.

    Raises Refused when nothing differs, a condition belongs to another agreement, or the version is not before the partner.
    """
    version = _open_version(link)
    _require_measure(link, text, now)
    rows = {row.pk: row for row in version.conditions.select_related("sending", "receiving", "sending_unit", "receiving_unit")}
    if not set(numbers) <= set(rows):
        raise Refused(
            [
                _reason(
                    "foreign-condition", "Deze voorwaarde hoort niet bij deze overeenkomst.", "This condition belongs to another agreement."
                )
            ]
        )
    ours = copy_of(version)
    theirs = replace(ours, conditions=tuple(_changed(row, numbers.get(pk)) for pk, row in rows.items()))
    if not compare(ours, theirs):
        raise Refused([_reason("no-change", "Er is niets gewijzigd.", "Nothing was changed.")])
    changed = {str(pk): {"mobilities": each.mobilities, "amount": plain_amount(each.amount)} for pk, each in numbers.items()}
    return _say(link, version, now, kind=ProposalKind.PROPOSAL, text=text.strip(), content=canonical(theirs), numbers=changed)


@transaction.atomic
def approve_by_partner(*, link: PartnerLink, seen_hash: str, name: str, function: str, now: datetime) -> PartnerProposal:
    """Approve the version that the partner saw, with name, function and time; both have then agreed.

    `seen_hash` is the hash on the page. Raises Refused when the text changed since, is not proposed (any more), or name or function is
    missing. What was approved is kept byte for byte with its hash.
    """
    agreement = Agreement.objects.select_for_update().get(pk=link.agreement_id)
    version = newest_version(agreement)
    if version is None or version.state != VersionState.PROPOSED:
        raise Refused([_reason("not-proposed", "Er ligt nu geen voorstel om goed te keuren.", "There is no proposal to approve now.")])
    if not name.strip() or not function.strip():
        raise Refused([_reason("who", "Geef uw naam en functie.", "Give your name and function.")])
    content = canonical(copy_of(version))
    if hash_of(content) != seen_hash:
        raise Refused(
            [
                _reason(
                    "changed",
                    "De tekst is gewijzigd sinds u de pagina opende; lees hem opnieuw.",
                    "The text changed since you opened the page; read it again.",
                )
            ]
        )
    said = _say(link, version, now, kind=ProposalKind.APPROVAL, content=content, name=name.strip()[:200], function=function.strip()[:200])
    agreement.state = AGREEMENT.next_state(state=agreement.state, action="agree", actor=system("partner-page"))
    agreement.save(update_fields=["state"])
    seal_version(version=version, now=now)
    return said


@transaction.atomic
def take_over_proposal(*, proposal: PartnerProposal, actor: Actor, now: datetime) -> AgreementVersion:
    """Bring a partner's numbers into the text: the version becomes a draft again with them, to be proposed anew.

    Raises Refused when the text has changed since the proposal, TransitionRefused when the actor may not.
    """
    agreement = Agreement.objects.select_for_update().get(pk=proposal.version.agreement_id)
    version = newest_version(agreement)
    if version is None or version.pk != proposal.version_id or version.state not in {VersionState.PROPOSED, VersionState.DRAFT}:
        raise Refused([_reason("other-version", "Er is intussen een andere versie.", "There is another version by now.")])
    if version.state == VersionState.PROPOSED:
        move_agreement(row=agreement, action="recall", actor=actor, now=now)
    for row in version.conditions.all():
        if change := proposal.numbers.get(str(row.pk)):
            row.mobilities_per_year, row.amount = change["mobilities"], change["amount"]
            row.save(update_fields=["mobilities_per_year", "amount"])
    answer_proposal(proposal=proposal, answer="✓", actor=actor, now=now)
    version.refresh_from_db()
    return version


@transaction.atomic
def answer_proposal(*, proposal: PartnerProposal, answer: str, actor: Actor, now: datetime) -> PartnerProposal:
    """Answer a comment or proposal; the partner sees it on its page."""
    locked = PartnerProposal.objects.select_for_update().get(pk=proposal.pk)
    locked.answer, locked.answered_at = answer.strip()[:LONGEST], now
    locked.save(update_fields=["answer", "answered_at"])
    record(actor=actor, verb="answer-partner", subject=locked.version.agreement, now=now, details={"proposal": locked.pk})
    return locked


@transaction.atomic
def record_refusal(*, link: PartnerLink, refused: Refused, now: datetime) -> None:
    """Note in the journal that a partner's word was refused, and by which rules."""
    rules = ", ".join(reason.rule for reason in refused.reasons)
    record(actor=actor_of(link), verb="refuse-partner-word", subject=link.agreement, now=now, reason=rules, details={"link": link.pk})


def _open_version(link: PartnerLink) -> AgreementVersion:
    version = newest_version(link.agreement)
    if version is None or link.agreement.state in {AgreementState.ENDED, AgreementState.RENEWED} or version.state == VersionState.DRAFT:
        raise Refused([_reason("closed", "Deze overeenkomst ligt nu niet open.", "This agreement is not open now.")])
    return version


def _require_measure(link: PartnerLink, text: str, now: datetime) -> None:
    if len(text) > LONGEST:
        raise Refused([_reason("too-long", f"Hoogstens {LONGEST} tekens.", f"At most {LONGEST} characters.")])
    if PartnerProposal.objects.filter(link=link, said_at__gt=now - timedelta(hours=1)).count() >= WORDS_AN_HOUR:
        raise Refused([_reason("too-many", "Te veel berichten in een uur.", "Too many messages in an hour.")])


def _say(link: PartnerLink, version: AgreementVersion, now: datetime, **said: object) -> PartnerProposal:
    content = str(said.get("content", ""))
    proposal = PartnerProposal.objects.create(
        link=link, version=version, said_at=now, content_hash=hash_of(content) if content else "", **said
    )
    details = {"link": link.pk, "proposal": proposal.pk, "hash": proposal.content_hash}
    record(actor=actor_of(link), verb=f"partner-{proposal.kind}", subject=version.agreement, now=now, details=details)
    return proposal


def _changed(row: CooperationCondition, numbers: ChangedNumbers | None) -> Condition:
    condition = condition_of(row)
    return condition if numbers is None else replace(condition, mobilities=numbers.mobilities, amount=numbers.amount)


def plain_amount(amount: Decimal | None) -> str:
    """Write an amount as conditions store it: `7.5`, `20`, or nothing."""
    return "" if amount is None else f"{amount.normalize():f}"


def _reason(rule: str, nl: str, en: str) -> Reason:
    return Reason(rule, Text(nl, en))
