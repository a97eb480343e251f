"""The budget of planned flows, priced by the grant engine: the same cents as `goliard budget`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from goliard.apps.funding.choices import FlowStage
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, MobilityFlow, PlanCopyFlow
from goliard.apps.institutions.models import Country, Organisation
from goliard.apps.institutions.queries import home_institution
from goliard.apps.rates.queries import table_of_call
from goliard.rules.funding.planning import Flow, Place, plan_rows
from goliard.rules.grants.plan import FiguresMissing, PlanRefused, PlanRow, PricedPlan, price_plan
from goliard.rules.grants.report import plan_document
from goliard.rules.grants.table import Table
from goliard.rules.values.distance import Point
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Budget:
    """A priced plan, or why there is none: refusals of the rules, or figures that the table lacks."""

    plan: PricedPlan | None
    table: Table | None
    refused: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    mobilities: int = 0

    @property
    def cents(self) -> int | None:
        """The whole, or None where it cannot be computed."""
        return self.plan.total.cents if self.plan else None

    @property
    def document(self) -> dict[str, Any] | None:
        """The plan as plain data, as `goliard budget --json` prints it."""
        return plan_document(self.plan, self.table) if self.plan and self.table else None


def place_of(organisation: Organisation | None, country: Country | None) -> Place | None:
    """Return where an institution stands; without coordinates, the middle of its country; None without either."""
    country = organisation.country if organisation else country
    if country is None:
        return None
    at = organisation if organisation and organisation.latitude is not None and organisation.longitude is not None else country
    return Place(country.iso2, Point(float(at.latitude), float(at.longitude)))  # type: ignore[arg-type]


def rule_flow(row: MobilityFlow | PlanCopyFlow) -> Flow:
    """Return a flow as the rules read it."""
    participant, activity, cycle = row.kind.split("/")
    return Flow(
        row.direction, participant, activity, cycle, row.count, row.days, row.travel_days, row.green, row.fewer_opportunities,
        row.teaching_hours, row.travel_costs_cents,
    )  # fmt: skip


def rows_of(interest: ExpressionOfInterest, stage: FlowStage, *, first: int = 1) -> tuple[PlanRow, ...]:
    """Return the plan rows of an interest at a stage, numbered from `first`; none while its country or the home institution is unknown."""
    home, partner = place_of(home_institution(), None), place_of(interest.partner, interest.country)
    if home is None or partner is None:
        return ()
    flows = [rule_flow(row) for row in sorted(interest.flows.all(), key=lambda row: (row.position, row.pk)) if row.stage == stage]
    return plan_rows(flows, home, partner, first=first)


def budget_of(interest: ExpressionOfInterest, stage: FlowStage = FlowStage.INTEREST) -> Budget:
    """Return what the flows of an interest cost under the table of its call."""
    return price(interest.call, rows_of(interest, stage))


def price(call: FundingCall, rows: Sequence[PlanRow]) -> Budget:
    """Price rows under the table of a call. Without a table, or without rows, there is no plan."""
    table = table_of_call(call.action.code, call.year)
    mobilities = sum(row.count for row in rows)
    if table is None:
        name = f"{call.action.code} {call.year}"
        absent = Text(f"Er is nog geen tarieventabel van {name}.", f"There is no rate table of {name} yet.")
        return Budget(None, None, (Reason("rates-absent", absent),), mobilities=mobilities)
    if not rows:
        return Budget(None, table)
    try:
        return Budget(price_plan(rows, table), table, mobilities=mobilities)
    except PlanRefused as refusal:
        return Budget(None, table, tuple(_numbered(each.row, each.reason) for each in refusal.reasons), mobilities=mobilities)
    except FiguresMissing as gaps:
        return Budget(None, table, missing=tuple(gaps.figures), mobilities=mobilities)


def _numbered(row: int, reason: Reason) -> Reason:
    because = Text(f"Regel {row}: {reason.because.nl}", f"Row {row}: {reason.because.en}")
    return Reason(reason.rule, because, reason.source, "flows")


def pays_expensive_travel(call: FundingCall) -> bool:
    """Whether the table of a call knows real costs of expensive travel and allows them."""
    table = table_of_call(call.action.code, call.year)
    return table is not None and table.knows("expensive_travel_allowed") and table.figure("expensive_travel_allowed").is_yes
