"""The policies by name: how each allocates, what it promises, and how its refusals are worded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from goliard.rules.placement import sentences
from goliard.rules.placement.audit import Check
from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.immediate_acceptance import immediate_acceptance
from goliard.rules.placement.market import Market, MarketProblem, Wish
from goliard.rules.placement.min_cost_flow import min_cost_flow, undecided_plans
from goliard.rules.placement.serial_dictatorship import serial_dictatorship
from goliard.rules.placement.ties import TieRule
from goliard.rules.placement.undecided import UndecidedTie, undecided_in_rounds, undecided_ties
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Policy:
    """A way to allocate.

    `promises` are the checks of the audit that it stands for, beyond those that every run must pass;
    `undecided` finds the equal scores whose order changes a result made without a rule for ties.
    """

    name: str
    title: Text
    allocate: Callable[[Market, TieRule], dict[str, Wish]]
    promises: frozenset[Check]
    undecided: Callable[[Market, Mapping[str, Wish]], list[UndecidedTie]]
    rerun_harms_nobody: bool  # with fewer claims nobody gets less: free places are offered by running the whole round again
    passed_over: Text = sentences.SURPASSED
    tied: Text | None = None


def require_taken(policy: Policy, market: Market) -> None:
    """Raise `MarketProblem` for a policy that cannot place a market: places that stand are known to those that run the round again."""
    if market.held and not policy.rerun_harms_nobody:
        raise MarketProblem(
            Text(
                "deze regel kent geen plaatsen die al waren aangeboden.",
                "this policy knows no places that were offered before.",
            )
        )


FAIR = frozenset({Check.RESERVES, Check.NO_ENVY, Check.NO_WASTE})
DEFERRED_ACCEPTANCE = Policy(
    "deferred-acceptance",
    Text("Uitgestelde toewijzing", "Deferred acceptance"),
    deferred_acceptance,
    FAIR,
    undecided_ties,
    rerun_harms_nobody=True,
)
SERIAL_DICTATORSHIP = Policy(
    "serial-dictatorship",
    Text("Op volgorde van score", "Serial dictatorship by score"),
    serial_dictatorship,
    FAIR,
    undecided_ties,
    rerun_harms_nobody=True,
)
IMMEDIATE_ACCEPTANCE = Policy(
    "immediate-acceptance",
    Text("Directe toewijzing per ronde", "Immediate acceptance"),
    immediate_acceptance,
    frozenset({Check.NO_WASTE}),
    undecided_in_rounds,
    rerun_harms_nobody=False,
    passed_over=sentences.NAMED_EARLIER,
)
MIN_COST_FLOW = Policy(
    "min-cost-flow",
    Text("Meeste wensen vervuld", "Most wishes served"),
    min_cost_flow,
    frozenset({Check.NO_WASTE}),
    undecided_plans,
    rerun_harms_nobody=False,
    passed_over=sentences.IN_PLAN,
    tied=sentences.TIED_IN_PLAN,
)
POLICIES = {policy.name: policy for policy in (DEFERRED_ACCEPTANCE, SERIAL_DICTATORSHIP, IMMEDIATE_ACCEPTANCE, MIN_COST_FLOW)}
