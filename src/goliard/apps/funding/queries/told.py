"""An expression of interest as plain data: what receipts, exports and submission files hold."""

from __future__ import annotations

from typing import Any

from goliard.apps.funding.choices import FlowStage
from goliard.apps.funding.models import ExpressionOfInterest, MobilityFlow
from goliard.rules.values.texts import Text


def told_interest(interest: ExpressionOfInterest) -> dict[str, Any]:
    """Return everything that its writers filled in, ready for JSON."""
    return {
        "id": str(interest.public_id),
        "call": interest.call.key,
        "title": {"nl": interest.title_nl, "en": interest.title},
        "country": interest.country.iso2 if interest.country else None,
        "partner": {"key": interest.partner.key if interest.partner else None, "name": interest.partner_name},
        "unit": interest.unit.key if interest.unit else None,
        "applicant": interest.owner.display_name,
        "co_applicants": [each.email for each in interest.co_applicants.all()],
        "needs_analysis": interest.needs_analysis,
        "agreed_with_partner": interest.agreed_with_partner,
        "goals": [{"key": goal.key, "title": {"nl": goal.title_nl, "en": goal.title_en}} for goal in interest.goals.all()],
        "priorities": [
            {"key": each.priority.key, "title": {"nl": each.priority.title_nl, "en": each.priority.title_en}, "how": each.how}
            for each in interest.priorities.select_related("priority")
        ],
        "answers": [
            {"stage": each.question.stage, "question": {"nl": each.question.text_nl, "en": each.question.text_en}, "answer": each.text}
            for each in interest.answers.select_related("question")
        ],
        "flows": [told_flow(flow) for flow in interest.flows.all()],
    }


def told_flow(flow: MobilityFlow) -> dict[str, Any]:
    """Return a flow as plain data."""
    names = ("stage", "direction", "kind", "count", "days", "travel_days", "green", "fewer_opportunities", "teaching_hours",
             "travel_costs_cents")  # fmt: skip
    return {name: getattr(flow, name) for name in names}


def told_text(text: Text) -> dict[str, str]:
    """Return a sentence of the rules in both languages."""
    return {"nl": text.nl, "en": text.en}


def told_partnership(interest: ExpressionOfInterest) -> dict[str, Any]:
    """Return a partnership as it is applied for: the flows of the application only."""
    told = told_interest(interest)
    return {**told, "flows": [flow for flow in told["flows"] if flow["stage"] == FlowStage.APPLICATION]}
