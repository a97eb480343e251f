"""The application as a whole: its partnerships, one priced plan over all of them, and what the rules find."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from goliard.apps.funding.choices import FlowStage, InterestState, QuestionStage, VersionStage
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, Priority, ProjectApplication
from goliard.apps.funding.queries.budgets import Budget, price, rows_of
from goliard.apps.funding.queries.interests import questions_of
from goliard.apps.funding.queries.priorities import programme_priorities, unanswered
from goliard.apps.funding.queries.told import told_partnership, told_text
from goliard.rules.funding.application import ApplicationFacts, Finding, PartnershipFacts, check_application
from goliard.rules.funding.interest import AnswerFacts
from goliard.rules.grants.plan import PlanRow
from goliard.rules.values.texts import Text

NO_REGION = Text("geen regio", "no region")


@dataclass(frozen=True, slots=True)
class Partnership:
    """A selected interest with its rows in the plan, its own price and its region."""

    interest: ExpressionOfInterest
    rows: tuple[PlanRow, ...]
    budget: Budget
    region: Text | None

    @property
    def cents(self) -> int:
        """What its flows cost, without what belongs to the application as a whole."""
        return sum(line.amount.cents for line in self.budget.plan.lines if line.row is not None) if self.budget.plan else 0


@dataclass(frozen=True, slots=True)
class Whole:
    """The application over all partnerships, priced as one plan."""

    application: ProjectApplication
    partnerships: tuple[Partnership, ...]
    budget: Budget

    @property
    def regions(self) -> list[tuple[Text, dict[str, int], int]]:
        """For each region its cents by category and in total, then what belongs to no region."""
        names = {row.number: each.region or NO_REGION for each in self.partnerships for row in each.rows}
        cells: dict[Text, Counter[str]] = {}
        for line in self.budget.plan.lines if self.budget.plan else ():
            name = names[line.row] if line.row is not None else Text("de aanvraag als geheel", "the application as a whole")
            cells.setdefault(name, Counter())[str(line.line.category)] += line.amount.cents
        return [(name, dict(counted), counted.total()) for name, counted in cells.items()]


def partnerships_of(call: FundingCall) -> list[ExpressionOfInterest]:
    """Return the selected interests with all that is printed of them, in a fixed number of queries."""
    rows = ExpressionOfInterest.objects.filter(call=call, state=InterestState.SELECTED).order_by("country__name_en", "pk")
    related = rows.select_related("call__action", "country", "partner__country", "unit", "owner")
    return list(related.prefetch_related("flows", "answers__question", "priorities__priority", "co_applicants", "goals", "versions"))


def whole_of(application: ProjectApplication) -> Whole:
    """Price every partnership for itself, and the application as one plan with rows numbered through."""
    found: list[Partnership] = []
    first = 1
    for interest in partnerships_of(application.call):
        rows = rows_of(interest, FlowStage.APPLICATION, first=first)
        first += len(rows)
        budget = price(application.call, rows)
        region = budget.table.region_of(interest.country.iso2) if budget.table and interest.country else None
        found.append(Partnership(interest, rows, budget, region.name if region else None))
    return Whole(application, tuple(found), price(application.call, [row for each in found for row in each.rows]))


def findings(whole: Whole) -> tuple[Finding, ...]:
    """Check completeness and eligibility."""
    application = whole.application
    questions = questions_of(application.call, QuestionStage.APPLICATION)
    demanded = programme_priorities()
    facts = tuple(_facts(each, questions, demanded) for each in whole.partnerships)
    return check_application(ApplicationFacts(application.starts_on, application.ends_on, application.call.project_months, facts))


def told_application(whole: Whole) -> dict[str, Any]:
    """Return everything that is submitted, ready for JSON."""
    application, plan = whole.application, whole.budget.plan
    return {
        "call": application.call.key,
        "call_title": {"nl": application.call.title_nl, "en": application.call.title_en},
        "language": application.language,
        "action": application.call.action.code,
        "year": application.call.year,
        "starts_on": application.starts_on,
        "ends_on": application.ends_on,
        "illustrative": any(each.interest.is_illustrative for each in whole.partnerships),
        "mobilities": plan.mobilities if plan else 0,
        "budget": whole.budget.document,
        "budget_by_region": [
            {"region": told_text(name), "by_category": cells, "total_cents": total} for name, cells, total in whole.regions
        ],
        "partnerships": [
            {
                **told_partnership(each.interest),
                "region": told_text(each.region) if each.region else None,
                "rows": [row.number for row in each.rows],
                "cents_without_organisational_support": each.cents,
            }
            for each in whole.partnerships
        ],
    }


def _facts(each: Partnership, questions: list[Any], demanded: list[Priority]) -> PartnershipFacts:
    interest = each.interest
    texts = {answer.question_id: answer.text for answer in interest.answers.all()}
    country = interest.country.iso2 if interest.country else ""
    return PartnershipFacts(
        key=str(interest.pk),
        name=f"{interest.title} ({country})",
        region=each.region.en if each.region else "",
        partner_known=interest.partner_id is not None,
        mobilities=sum(row.count for row in each.rows),
        priorities=len(interest.priorities.all()),
        answers=tuple(AnswerFacts(number, len(texts.get(row.pk, "").strip()), row.longest) for number, row in enumerate(questions, 1)),
        refused=each.budget.refused,
        warned=tuple({warning.reason: None for warning in each.budget.plan.warnings}) if each.budget.plan else (),
        missing=each.budget.missing,
        unanswered=unanswered(demanded, {row.priority_id for row in interest.priorities.all()}),
        has_both_titles=bool(interest.title and interest.title_nl),
        final_handed_in=any(version.stage == VersionStage.FINAL for version in interest.versions.all()),
    )
