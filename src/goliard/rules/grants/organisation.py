"""What the institution receives: organisational support over the whole plan, inclusion support where real costs are approved."""

from __future__ import annotations

from fractions import Fraction

from goliard.rules.grants.case import Case
from goliard.rules.grants.lines import Category, Line, line
from goliard.rules.grants.rows import Figure
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Text


def organisational_support(participants: int, table: Table) -> list[Line]:
    """An amount per participant, lower beyond the first tier where the call has tiers; who goes with a zero grant counts (WIKI-ORG).

    It belongs to the plan, not to a mobility: with tiers the hundred-and-first participant has no amount of their own.
    """
    if not table.knows("org_support_above"):
        return [_per_participant(participants, table.figure("org_support"), table)]
    tier = table.figure("org_support_first_tier")
    within = min(participants, int(tier.number))
    lines = [_per_participant(within, table.figure("org_support"), table)]
    if participants > within:
        lines.append(_per_participant(participants - within, table.figure("org_support_above"), table, tier))
    return lines


def _per_participant(participants: int, figure: Figure, table: Table, *others: Figure) -> Line:
    amount = Money.rounded(Fraction(figure.number), table.rounding("line").mode)
    because = Text(
        nl=f"{participants} deelnemers × {amount.text('nl')}",
        en=f"{participants} participants × {amount.text('en')}",
    )
    return line(figure.name, Category.ORGANISATIONAL_SUPPORT, amount * participants, because, (figure, *others))


def inclusion_support(case: Case) -> list[Line]:
    """Approved real costs of a participant, and an amount for the institution that arranges them. Nothing without real costs."""
    costs = case.mobility.inclusion_costs
    if not costs.cents:
        return []
    share, once = case.figure("inclusion_support_participant"), case.figure("inclusion_support_org")
    paid = Fraction(costs.cents, 100) * Fraction(share.number) / 100
    real = Text(
        nl=f"{share.number:f} % van de goedgekeurde werkelijke kosten van {costs.text('nl')}",
        en=f"{share.number:f} % of the approved real costs of {costs.text('en')}",
    )
    arranged = Text(nl="voor de instelling die de inclusie regelt", en="for the institution that arranges the inclusion")
    return [
        case.pay("inclusion_support_participant", Category.INCLUSION_SUPPORT, paid, real, (share,)),
        case.pay("inclusion_support_org", Category.INCLUSION_SUPPORT, Fraction(once.number), arranged, (once,)),
    ]
