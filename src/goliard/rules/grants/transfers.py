"""Moving money within a project: how much may go where without an amendment of the grant agreement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from goliard.rules.grants.rows import Figure
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money, RoundingMode
from goliard.rules.values.texts import Text


class TransferKind(StrEnum):
    """From where to where."""

    BETWEEN_DIRECTIONS = "between-directions"
    """Between incoming and outgoing flows."""
    FROM_ORGANISATIONAL_SUPPORT = "from-organisational-support"
    """From organisational support to travel, individual support and top-ups."""
    TO_EXCEPTIONAL_COSTS = "to-exceptional-costs"
    """From any category to exceptional costs."""


# the figure that limits each kind of transfer
LIMITS = {
    TransferKind.BETWEEN_DIRECTIONS: "transfer_in_out_max",
    TransferKind.FROM_ORGANISATIONAL_SUPPORT: "transfer_org_support_max",
    TransferKind.TO_EXCEPTIONAL_COSTS: "transfer_to_exceptional_max",
}


@dataclass(frozen=True, slots=True)
class Room:
    """How much may still be moved without an amendment; `because` says of what it is a share."""

    left: Money
    because: Text
    sources: tuple[str, ...]
    status: Status


def room_for_transfer(kind: TransferKind, *, project: Money, organisational_support: Money, moved: Money, table: Table) -> Room:
    """What a kind of transfer leaves: a share of the approved project or of its organisational support, less what was moved.

    `project` and `organisational_support` are the approved amounts, `moved` what earlier transfers of this kind moved. Never below zero.
    Between countries of one region money moves freely (`transfer_within_region`). Raises `MissingFigure` in a call without the rule.
    """
    limit = table.figure(LIMITS[kind])
    of_support = kind is TransferKind.FROM_ORGANISATIONAL_SUPPORT
    whole = organisational_support if of_support else project
    most = Money.rounded(Fraction(whole.cents, 100) * Fraction(limit.number) / 100, RoundingMode.DOWN)
    left = max(most - moved, Money(0))
    return Room(left, _because(limit, whole, moved, of_support=of_support), limit.sources, limit.status)


def _because(limit: Figure, whole: Money, moved: Money, *, of_support: bool) -> Text:
    nl = "de goedgekeurde organisatiekosten" if of_support else "het goedgekeurde project"
    en = "the approved organisational support" if of_support else "the approved project"
    return Text(
        nl=f"{limit.number:f} % van {nl} ({whole.text('nl')}), min {moved.text('nl')} dat is verschoven",
        en=f"{limit.number:f} % of {en} ({whole.text('en')}), less {moved.text('en')} that was moved",
    )
