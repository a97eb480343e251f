"""Reads of expressions of interest."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from goliard.apps.accounts.queries import account_of
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
    user = account_of(actor)
    if user is None:
        return interests().none()
    return interests().filter(Q(owner=user) | Q(co_applicants__user=user)).distinct()


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
