"""The money of a project: planned, granted, moved, realised, and what is left; and of the grant to which it belongs."""

from __future__ import annotations

from goliard.apps.projects.choices import BudgetCategory
from goliard.apps.projects.models import BudgetTransfer, Project, ProjectBudget
from goliard.rules.grants.balance import Balance, balance
from goliard.rules.values.money import Money


def balance_of(project: Project) -> Balance:
    """Return the headings with what transfers moved, in the order of the grant engine's categories."""
    rows = {row.category: row for row in project.budgets.all()}
    order = [category.value for category in BudgetCategory if category.value in rows]
    out = [(row.from_category, "" if row.to_project_id != project.pk else row.to_category, row.amount_cents)
           for row in project.transfers_out.all()]  # fmt: skip
    into = [("", row.to_category, row.amount_cents) for row in project.transfers_in.exclude(project=project)]
    return balance(
        {name: rows[name].planned_cents for name in order},
        {name: rows[name].granted_cents for name in order},
        {name: rows[name].realised_cents for name in order},
        [*out, *into],
    )


def grant_of(project: Project) -> tuple[Money, Money]:
    """Return the approved amount and the approved organisational support of the grant: all projects of the same call together."""
    budgets = ProjectBudget.objects.filter(project__call=project.call_id)
    support = sum(budgets.filter(category=BudgetCategory.ORGANISATIONAL_SUPPORT).values_list("granted_cents", flat=True))
    return Money(sum(budgets.values_list("granted_cents", flat=True))), Money(support)


def moved_by(project: Project, rule: str) -> Money:
    """Return what transfers of one rule moved within the grant."""
    rows = BudgetTransfer.objects.filter(project__call=project.call_id, rule=rule)
    return Money(sum(rows.values_list("amount_cents", flat=True)))
