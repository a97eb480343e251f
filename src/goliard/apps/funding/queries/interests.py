"""Reads of expressions of interest."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from goliard.apps.accounts.models import User
from goliard.apps.funding.choices import FlowStage, QuestionStage
from goliard.apps.funding.models import CallQuestion, ExpressionOfInterest, FundingCall, InterestSubmission
from goliard.apps.funding.queries.priorities import programme_priorities, unanswered
from goliard.rules.access.actor import Actor
from goliard.rules.funding.interest import AnswerFacts, InterestFacts


def interests() -> QuerySet[ExpressionOfInterest, Any]:
    """Return every expression of interest with what lists print, in one query."""
    return ExpressionOfInterest.objects.select_related("call__action", "country", "partner__country", "unit", "owner")


def interests_of(actor: Actor) -> QuerySet[ExpressionOfInterest, Any]:
    """Return those that the actor wrote or writes along with."""
    public_id = actor.id.removeprefix("user:")
    if not actor.id.startswith("user:"):
        return interests().none()
    mine = Q(owner__public_id=public_id) | Q(co_applicants__user__public_id=public_id)
    return interests().filter(mine).distinct()


def account_of(actor: Actor) -> User | None:
    """Return the account behind an actor, or None for the system and for visitors."""
    return User.objects.filter(public_id=actor.id.removeprefix("user:")).first() if actor.id.startswith("user:") else None


def questions_of(call: FundingCall, stage: QuestionStage) -> list[CallQuestion]:
    """Return the questions of a stage in their order."""
    return list(call.questions.filter(stage=stage).order_by("position", "pk"))


def newest_submission(interest: ExpressionOfInterest) -> InterestSubmission | None:
    """Return what was handed in last, or None."""
    return interest.submissions.order_by("-number").first()


def interest_facts(interest: ExpressionOfInterest) -> InterestFacts:
    """Gather what the rules need to know of a saved interest."""
    texts = {answer.question_id: answer.text for answer in interest.answers.all()}
    questions = questions_of(interest.call, QuestionStage.INTEREST)
    answered = {each.priority_id for each in interest.priorities.all()}
    return InterestFacts(
        has_title=bool(interest.title or interest.title_nl),
        has_country=interest.country_id is not None,
        has_partner=bool(interest.partner_id or interest.partner_name),
        has_unit=interest.unit_id is not None,
        needs_analysis=len(interest.needs_analysis.strip()),
        agreed_with_partner=interest.agreed_with_partner,
        goals=interest.goals.count(),
        priorities=len(answered),
        mobilities=sum(flow.count for flow in interest.flows.all() if flow.stage == FlowStage.INTEREST),
        answers=tuple(
            AnswerFacts(number, len(texts.get(question.pk, "").strip()), question.longest) for number, question in enumerate(questions, 1)
        ),
        unanswered=unanswered(programme_priorities(), answered),
    )
