"""Declare a conflict or none, hand a sheet in, give it back with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeScore, CommitteeSheet
from goliard.apps.scoring.queries.committee import asked_of
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def declare_conflict(*, sheet: CommitteeSheet, has_conflict: bool, actor: Actor, now: datetime) -> CommitteeSheet:
    """Say whether there is a conflict of interest: without one the file opens, with one it stays shut and the sheet never counts.

    A conflict may be found while reading, until the sheet is handed in; it cannot be taken back. Raises Refused otherwise.
    """
    locked = _locked(sheet)
    if locked.state not in {SheetState.WAITING, SheetState.READING}:
        raise Refused([_shut()])
    locked.state = SheetState.CONFLICT if has_conflict else SheetState.READING
    locked.save(update_fields=["state"])
    verb = "declare-conflict" if has_conflict else "declare-no-conflict"
    record(actor=actor, verb=verb, subject=locked.application, now=now, details={"sheet": str(locked.public_id)})
    return locked


@transaction.atomic
def hand_in_sheet(*, sheet: CommitteeSheet, points: Mapping[int, Decimal], comment: str, actor: Actor, now: datetime) -> CommitteeSheet:
    """Hand in a sheet, once: a value for every criterion of the committee (by primary key), of at most two decimals, within its scale.

    Raises Refused for a sheet that is not being read, and for values that lack or fall outside.
    """
    locked = _locked(sheet)
    if locked.state != SheetState.READING:
        raise Refused([_shut()])
    asked = asked_of(locked, "en")
    wrong = [each for each in asked if not _fits(points.get(each.criterion.pk), each.criterion.least, each.criterion.most)]
    if wrong:
        nl = "; ".join(
            f"{each.criterion.name_nl} ({each.criterion.least.normalize():f}–{each.criterion.most.normalize():f})" for each in wrong
        )
        en = "; ".join(
            f"{each.criterion.name_en} ({each.criterion.least.normalize():f}–{each.criterion.most.normalize():f})" for each in wrong
        )
        text = Text(
            f"Geef een waarde binnen de schaal, met hoogstens twee decimalen: {nl}.",
            f"Give a value within the scale, with at most two decimals: {en}.",
        )
        raise Refused([Reason("sheet-points", text, field="points")])
    CommitteeScore.objects.bulk_create(
        CommitteeScore(sheet=locked, criterion=each.criterion, hundredths=int(points[each.criterion.pk].scaleb(2))) for each in asked
    )
    locked.state, locked.comment, locked.submitted_at = SheetState.SUBMITTED, comment.strip(), now
    locked.save(update_fields=["state", "comment", "submitted_at"])
    told = {str(each.criterion.pk): str(points[each.criterion.pk]) for each in asked}
    record(actor=actor, verb="hand-in-sheet", subject=locked.application, now=now, details={"sheet": str(locked.public_id), "points": told})
    return locked


@transaction.atomic
def return_sheet(*, sheet: CommitteeSheet, reason: str, actor: Actor, now: datetime) -> CommitteeSheet:
    """Give a sheet that was handed in back to its member, with a reason; what it said stays in the journal. Raises Refused without one."""
    locked = _locked(sheet)
    if not reason.strip():
        raise Refused([Reason("return-why", Text("Geef de reden.", "Give the reason."), field="reason")])
    if locked.state != SheetState.SUBMITTED:
        raise Refused([_shut()])
    was = {str(each.criterion_id): str(Decimal(each.hundredths).scaleb(-2)) for each in locked.scores.all()}
    locked.scores.all().delete()
    locked.state, locked.submitted_at = SheetState.READING, None
    locked.save(update_fields=["state", "submitted_at"])
    details = {"sheet": str(locked.public_id), "was": was}
    record(actor=actor, verb="return-sheet", subject=locked.application, now=now, reason=reason.strip(), details=details)
    return locked


def _locked(sheet: CommitteeSheet) -> CommitteeSheet:
    """Lock the round, then the sheet: nothing is handed in while the scores are read, or the member leaves. Raises Refused out of time."""
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=sheet.application.round_id)
    rows = CommitteeSheet.objects.select_for_update(of=("self",))
    locked = rows.select_related("application__round", "member__user").filter(pk=sheet.pk).first()
    if locked is None:  # the member left, and what was not handed in was taken back
        raise Refused([_shut()])
    if round_.state != RoundState.SCORING:
        raise Refused([Reason("not-scoring", Text("Deze ronde wordt nu niet beoordeeld.", "This round is not being scored now."))])
    return locked


def _shut() -> Reason:
    return Reason("sheet-shut", Text("Dit formulier is gesloten.", "This sheet is shut."))


def _fits(value: Decimal | None, least: Decimal, most: Decimal) -> bool:
    return value is not None and value.is_finite() and least <= value <= most and value == round(value, 2)
