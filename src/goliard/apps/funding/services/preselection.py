"""Pre-selection: assign reviewers, take their sheets, decide with reasons and a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from goliard.apps.accounts.models import User
from goliard.apps.funding.choices import InterestState, QuestionStage
from goliard.apps.funding.letters import NOT_SELECTED, SELECTED
from goliard.apps.funding.models import ExpressionOfInterest, InterestDecision, ScoringSheet, SheetScore
from goliard.apps.funding.queries.interests import questions_of
from goliard.apps.funding.queries.preselection import asking, contested_countries, ranking
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter, texts
from goliard.rules.access.actor import Actor
from goliard.rules.funding.preselection import conflict_refusal, sheets_refusal
from goliard.rules.lifecycles.expression_of_interest import EXPRESSION_OF_INTEREST
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def assign_reviewer(*, interest: ExpressionOfInterest, reviewer: User, actor: Actor, now: datetime) -> ScoringSheet:
    """Give a submitted interest to a reviewer; a second time it is the same sheet. Raises Refused for who wrote it, or another state."""
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    if locked.state != InterestState.SUBMITTED:
        raise Refused([Reason("not-submitted", Text("Alleen wat is ingediend wordt beoordeeld.", "Only what was submitted is reviewed."))])
    writers = {locked.owner.email, *locked.co_applicants.values_list("email", flat=True)}
    if refusal := conflict_refusal(reviewer=reviewer.email, writers=writers):
        raise Refused([refusal])
    sheet, made = ScoringSheet.objects.get_or_create(interest=locked, reviewer=reviewer)
    if made:
        record(actor=actor, verb="assign-reviewer", subject=locked, now=now, details={"reviewer": str(reviewer.public_id)})
    return sheet


@transaction.atomic
def release_reviewer(*, sheet: ScoringSheet, actor: Actor, now: datetime) -> None:
    """Take back a sheet that was not handed in. Raises Refused for one that was: it stays."""
    locked = ScoringSheet.objects.select_for_update().select_related("interest", "reviewer").get(pk=sheet.pk)
    if locked.submitted_at is not None:
        raise Refused([Reason("sheet-in", Text("Dit formulier is ingeleverd en blijft staan.", "This sheet was handed in and stays."))])
    record(actor=actor, verb="release-reviewer", subject=locked.interest, now=now, details={"reviewer": str(locked.reviewer.public_id)})
    locked.delete()


@transaction.atomic
def submit_sheet(
    *, sheet: ScoringSheet, conflict: bool, points: Mapping[int, int], comment: str, actor: Actor, now: datetime
) -> ScoringSheet:
    """Hand in a sheet, once: points for every question of the interest (by primary key), or a declared conflict without points.

    Raises Refused for a sheet that was handed in, points that lack or pass the most, or an interest that is decided.
    """
    locked = ScoringSheet.objects.select_for_update().select_related("interest__call").get(pk=sheet.pk)
    if locked.submitted_at is not None or locked.interest.state != InterestState.SUBMITTED:
        raise Refused([Reason("sheet-shut", Text("Dit formulier is gesloten.", "This sheet is shut."))])
    questions = questions_of(locked.interest.call, QuestionStage.INTEREST)
    if not conflict:
        wrong = [number for number, each in enumerate(questions, 1) if not 0 <= points.get(each.pk, -1) <= each.most_points]
        if wrong:
            numbers = ", ".join(map(str, wrong))
            text = Text(f"Geef punten binnen het maximum bij vraag {numbers}.", f"Give points within the most for question {numbers}.")
            raise Refused([Reason("sheet-points", text, field="points")])
        SheetScore.objects.bulk_create(SheetScore(sheet=locked, question=each, points=points[each.pk]) for each in questions)
    locked.conflict, locked.comment, locked.submitted_at = conflict, comment.strip(), now
    locked.save(update_fields=["conflict", "comment", "submitted_at"])
    record(actor=actor, verb="submit-sheet", subject=locked.interest, now=now, details={"conflict": conflict, "sheet": locked.pk})
    return locked


@transaction.atomic
def decide_interest(
    *, interest: ExpressionOfInterest, is_selected: bool, because_nl: str, because_en: str, actor: Actor, now: datetime
) -> InterestDecision:
    """Select or decline with reasons in both languages, and a letter.

    Where several ask for the country every one of them needs as many sheets that count as the call says; sheets that were asked for come
    in first, also elsewhere. Raises Refused, TransitionRefused.
    """
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    action = "select" if is_selected else "decline"
    state = EXPRESSION_OF_INTEREST.next_state(state=locked.state, action=action, actor=actor)
    rows = asking(locked.call)
    ranked = ranking(rows)
    reasons = []
    if not because_nl.strip() or not because_en.strip():
        both = Text("Geef de redenen in beide talen.", "Give the reasons in both languages.")
        reasons.append(Reason("decision-why", both, field="because_nl"))
    code = locked.country.iso2 if locked.country else ""
    waiting = locked.sheets.filter(submitted_at__isnull=True).count()
    several, needed = code in contested_countries(rows), locked.call.reviewers_needed
    if refusal := sheets_refusal(ranked, code, is_contested=several, needed=needed, waiting=waiting):
        reasons.append(refusal)
    if reasons:
        raise Refused(reasons)
    locked.state = state
    locked.save(update_fields=["state"])
    told = [{"interest": each.key, "rank": each.rank, "score": str(each.score)} for each in ranked if each.country == code]
    decision = InterestDecision.objects.create(
        interest=locked, is_selected=is_selected, because_nl=because_nl.strip(), because_en=because_en.strip(),
        ranking=canonical_json(told), decided_at=now,
    )  # fmt: skip
    record(actor=actor, verb=f"{action}-interest", subject=locked, now=now, details={"ranking": told})
    letter, language = (SELECTED if is_selected else NOT_SELECTED), locked.owner.language
    values = letter_values(interest=locked, because=because_nl if language == "nl" else because_en)
    queue_letter(letter=letter.key, address=locked.owner.email, language=language, values=values, about=locked, now=now)
    return decision


def letter_values(*, interest: ExpressionOfInterest, because: str) -> dict[str, str]:
    """Return what the letter of a decision says."""
    owner = interest.owner
    return {"name": owner.display_name, "title": interest.title, "call": interest.call.title(owner.language), "reasons": because}


def preview_letter(*, interest: ExpressionOfInterest, is_selected: bool, because: str) -> tuple[str, str]:
    """Return subject and text of the letter of a decision, as its reader will get it."""
    letter = SELECTED if is_selected else NOT_SELECTED
    return texts(letter.key, interest.owner.language, letter_values(interest=interest, because=because))
