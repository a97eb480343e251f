"""Correct the value of a criterion for one application, with a reason."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from goliard.apps.applications.models import Application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.scoring.models import ScoreCorrection
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def correct_score(
    *, application: Application, criterion: Criterion, value: Decimal | None, reason: str, actor: Actor, now: datetime
) -> ScoreCorrection:
    """Put a value in the place of what records or sheets say; None takes the correction back. Both with a reason, kept for ever.

    Raises Refused without a reason, for a criterion of another round, a value outside its scale, and unless the round is being scored:
    once places are given out, it first goes back to scoring, with a reason of its own.
    """
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=application.round_id)
    reasons = []
    if round_.state not in {RoundState.CLOSED, RoundState.SCORING} or criterion.round_id != round_.pk:
        reasons.append(Reason("not-scoring", Text("Deze ronde wordt nu niet beoordeeld.", "This round is not being scored now.")))
    if not reason.strip():
        reasons.append(Reason("correct-why", Text("Geef de reden.", "Give the reason."), field="reason"))
    if value is not None and not (value.is_finite() and criterion.least <= value <= criterion.most and value == round(value, 3)):
        text = Text(
            "Geef een waarde binnen de schaal, met hoogstens drie decimalen.", "Give a value within the scale, of at most three decimals."
        )
        reasons.append(Reason("correct-value", text, field="value"))
    if reasons:
        raise Refused(reasons)
    made = ScoreCorrection.objects.create(
        application=application, criterion=criterion, thousandths=None if value is None else int(value.scaleb(3)),
        reason=reason.strip(), made_at=now,
    )  # fmt: skip
    details = {"criterion": criterion.pk, "value": None if value is None else str(value)}
    record(actor=actor, verb="correct-score", subject=application, now=now, reason=made.reason, details=details)
    return made
