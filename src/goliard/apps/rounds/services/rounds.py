"""Keep a round, lock how it gives out places, take it through its life."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import models, transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.rounds.choices import PURPOSES_OF, Audience, CriterionSource, RoundState
from goliard.apps.rounds.models import Criterion, Round, RoundReopening
from goliard.apps.rounds.policies import may_edit_round
from goliard.apps.rounds.queries.locked import told_policy
from goliard.apps.rounds.queries.opening import last_moment
from goliard.apps.rounds.queries.pools import facts_of
from goliard.apps.rounds.services.destinations import hold_pools
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.round import ROUND
from goliard.rules.rounds.readiness import locking_faults, opening_faults
from goliard.rules.values.academic_year import InvalidAcademicYear, parse_academic_year
from goliard.rules.values.texts import Reason, Text

STILL_ARRIVING = timedelta(minutes=5)  # what came in time may be uploading or waiting for its turn; a closed round takes nothing more
LOCKED = ("policy", "ties", "seed", "total_decimals", "rounding")
FIXED = (
    "kind", "audience", "academic_year", "opens_on", "opens_at", "closes_on", "closes_at", "zone", "wishes_min", "wishes_max", "purposes",
    "days_min", "days_max", "doctoral_short_stays", "teaching_hours", "asks_approval",
)  # fmt: skip


@transaction.atomic
def keep_round(
    *,
    row: Round,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Round:
    """Save a round with its form, criteria, groups and requirement.

    Raises Refused for a unit that is not the actor's, for what is fixed once the round has opened (dates, wishes, questions, criteria) and
    for what is locked (policy, equal scores, groups); ValidationError and ChangedMeanwhile as `keep`.
    """
    if reasons := [*_owner(row, actor), *_year(row), *_frozen(row, parts, removed)]:
        raise Refused(reasons)
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def lock_policy(*, round: Round, actor: Actor, now: datetime) -> Round:
    """Fix how places are given out, before the deadline: policy, equal scores, criteria, groups; kept word for word with its hash.

    A second time it is the same lock. Raises Refused with everything that stands in the way.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.is_locked:
        return locked
    if reasons := locking_faults(facts_of(locked), now=now, last_moment=last_moment(locked)):
        raise Refused(reasons)
    locked.policy_text = canonical_json(told_policy(locked))
    locked.policy_hash = hashlib.sha256(locked.policy_text.encode()).hexdigest()
    locked.policy_locked_at = now
    locked.save(update_fields=["policy_text", "policy_hash", "policy_locked_at"])
    record(actor=actor, verb="lock-policy", subject=locked, now=now, details={"hash": locked.policy_hash, "policy": locked.policy})
    return locked


@transaction.atomic
def move_round(*, row: Round, action: str, actor: Actor, now: datetime, reason: str = "") -> Round:
    """Take an action of the round's life.

    `open` refuses what is not ready, and asks the ledger for places that came out of a folder; `close` waits for the deadline and for a
    locked policy; going back needs a reason. `reopen` is `reopen_round`, with a moment. Raises TransitionRefused, Refused.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=row.pk)
    target = ROUND.next_state(state=locked.state, action=action, actor=actor)
    if reasons := _in_the_way(locked, action, now, reason):
        raise Refused(reasons)
    if action == "open":
        hold_pools(round=locked, actor=actor, now=now)
    locked.state = target
    locked.save(update_fields=["state"])
    record(actor=actor, verb=f"{action}-round", subject=locked, now=now, reason=reason.strip())
    return locked


@transaction.atomic
def reopen_round(*, round: Round, until: datetime, reason: str, actor: Actor, now: datetime) -> RoundReopening:
    """Give everybody until a later moment, with a reason, while the round is open or closed.

    Raises Refused without a reason or for a moment that is not later, TransitionRefused once scoring began.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.state != RoundState.OPEN:
        locked.state = ROUND.next_state(state=locked.state, action="reopen", actor=actor)
    if not reason.strip():
        raise Refused(
            [Reason("reopen-why", Text("Geef de reden van het verlengen.", "Give the reason for the later deadline."), "", "reason")]
        )
    if until <= now or until <= last_moment(locked):
        later = Text("Kies een moment na nu en na de termijn.", "Choose a moment after now and after the deadline.")
        raise Refused([Reason("reopen-when", later, field="until")])
    made = RoundReopening.objects.create(round=locked, until=until, reason=reason.strip(), made_at=now)
    locked.save(update_fields=["state"])
    record(actor=actor, verb="reopen-round", subject=locked, now=now, reason=made.reason, details={"until": until})
    return made


def _of_its_audience(round: Round) -> list[Reason]:
    """What makes no sense for who applies: results of students asked of staff, purposes of others, a line manager of students."""
    found = []
    if wrong := [purpose for purpose in round.purpose_list if purpose not in PURPOSES_OF[Audience(round.audience)]]:
        listed = ", ".join(wrong)
        text = Text(f"Hiervoor gaat deze groep niet: {listed}.", f"This audience does not go for: {listed}.")
        found.append(Reason("purposes", text, field="purposes"))
    if round.is_for_staff and round.criteria.filter(source__in=(CriterionSource.AVERAGE, CriterionSource.CREDITS)).exists():
        text = Text("Medewerkers hebben geen cijfers of studiepunten.", "Staff have no marks or credits.")
        found.append(Reason("criteria-of-students", text, field="source"))
    if round.asks_approval and not round.is_for_staff:
        text = Text("Alleen medewerkers hebben een leidinggevende.", "Only staff have a line manager.")
        found.append(Reason("approval-of-students", text, field="asks_approval"))
    return found


def _owner(row: Round, actor: Actor) -> list[Reason]:
    if may_edit_round(actor, row):
        return []
    return [Reason("round-owner", Text("Kies een eenheid van uw faculteit.", "Choose a unit of your faculty."), field="owner")]


def _year(row: Round) -> list[Reason]:
    try:
        parse_academic_year(row.academic_year)
    except InvalidAcademicYear as invalid:
        return [Reason("academic-year", Text(f"Geef {invalid.expected.nl}.", f"Give {invalid.expected.en}."), field="academic_year")]
    return []


def _frozen(row: Round, parts: Sequence[models.Model], removed: Sequence[models.Model]) -> list[Reason]:
    if not row.pk:
        return []
    stored = Round.objects.select_for_update(of=("self",)).get(pk=row.pk)
    found = []
    if stored.is_locked and any(getattr(stored, name) != getattr(row, name) for name in LOCKED):
        found.append(Reason("policy-locked", Text("De plaatsingsregel ligt vast.", "The placement policy is locked."), field="policy"))
    if stored.is_locked and any(part._meta.model_name in {"criterion", "roundgroup"} for part in [*parts, *removed]):
        found.append(Reason("criteria-locked", Text("Criteria en groepen liggen vast.", "Criteria and groups are locked.")))
    if stored.state != RoundState.DRAFT:
        found += _fixed(stored, row, [*parts, *removed])
    return found


def _fixed(stored: Round, row: Round, touched: Sequence[models.Model]) -> list[Reason]:
    found = []
    if any(getattr(stored, name) != getattr(row, name) for name in FIXED):
        text = Text(
            "Een ronde die geopend is houdt haar data en aantallen wensen; verlengen kan met een reden.",
            "A round that has opened keeps its dates and numbers of wishes; a later deadline is given with a reason.",
        )
        found.append(Reason("round-fixed", text, field="closes_on"))
    if touched:
        text = Text(
            "Formulier, eisen en criteria veranderen niet meer nadat de ronde geopend is.",
            "Form, requirements and criteria no longer change once the round has opened.",
        )
        found.append(Reason("form-fixed", text))
    return found


def _in_the_way(round: Round, action: str, now: datetime, reason: str) -> list[Reason]:
    found: list[Reason] = []
    if action in {"rescore", "revise", "call-off"} and not reason.strip():
        found.append(Reason("round-why", Text("Geef de reden.", "Give the reason."), field="reason"))
    if action == "open":
        found += [*opening_faults(facts_of(round)), *_of_its_audience(round)]
        if not round.questions.exists() and not Criterion.objects.filter(round=round).exists():
            found.append(Reason("no-form", Text("Er is nog geen formulier.", "There is no form yet.")))
    if action == "close":
        if now <= last_moment(round):
            found.append(Reason("too-early", Text("De termijn loopt nog.", "The deadline has not passed yet.")))
        elif now <= last_moment(round) + STILL_ARRIVING:
            text = Text(
                "Wat op tijd kwam kan nog onderweg zijn: sluit vijf minuten na de deadline.",
                "What came in time may still be on its way: close five minutes after the deadline.",
            )
            found.append(Reason("still-arriving", text))
        if not round.is_locked:
            text = Text(
                "De plaatsingsregel is niet vooraf vastgelegd: verleng de termijn met reden en leg haar dan vast.",
                "The placement policy was not locked beforehand: give a later deadline with a reason, and lock it then.",
            )
            found.append(Reason("not-locked", text))
    if action == "reopen":
        found.append(Reason("reopen-until", Text("Geef het nieuwe moment.", "Give the new moment."), field="until"))
    return found
