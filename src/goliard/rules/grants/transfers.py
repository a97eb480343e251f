"""Moving money within a project: how much may go where without an amendment of the grant agreement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from goliard.rules.grants.rows import Figure
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money, RoundingMode
from goliard.rules.values.texts import Reason, Text


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


@dataclass(frozen=True, slots=True)
class Move:
    """Money that would be moved: from one heading and direction to another, within a project or to another one of the same grant."""

    from_category: str
    to_category: str
    from_direction: str = ""
    to_direction: str = ""
    is_other_project: bool = False
    same_region: bool = True


FREE = "within-region"
"""Between countries of one region, within the region's budget: free."""
AMENDMENT = "amendment"
"""Agreed with the National Agency: the grant agreement was amended."""


def kind_of_move(move: Move) -> TransferKind | str | None:
    """Return by which rule money may be moved without an amendment: a kind with a limit, FREE, or None where no rule is known."""
    if move.is_other_project:
        return FREE if move.same_region and move.from_category == move.to_category else None
    if move.to_category == "exceptional_costs":
        return TransferKind.TO_EXCEPTIONAL_COSTS
    if move.from_category == "organisational_support" and move.to_category in {"travel", "individual_support", "top_ups"}:
        return TransferKind.FROM_ORGANISATIONAL_SUPPORT
    if move.from_category == move.to_category and {move.from_direction, move.to_direction} == {"incoming", "outgoing"}:
        return TransferKind.BETWEEN_DIRECTIONS
    return None


NO_RULE = Text(
    "Voor deze verschuiving is geen regel bekend: alleen met een wijziging van de subsidieovereenkomst (verwijzing van het Nationaal "
    "Agentschap).",
    "No rule is known for this transfer: only with an amendment of the grant agreement (reference of the National Agency).",
)


def transfer_refusal(move: Move, room: Room | None, *, amount: Money, available: Money) -> Reason | None:
    """Return why the money stays where it is: no rule, more than the rule leaves, or more than the heading has; None when it may move.

    `room` is that of the kind of move; None for FREE. An amendment asks only whether the heading has the money.
    """
    if amount <= Money(0):
        return Reason("transfer-amount", Text("Vul een bedrag boven nul in.", "Fill in an amount above zero."), field="amount")
    if amount > available:
        text = Text(f"Onder deze post staat nog {available.text('nl')} ter beschikking.", f"This heading has {available.text('en')} left.")
        return Reason("transfer-available", text, field="amount")
    if room is not None and amount > room.left:
        text = Text(
            f"Zonder wijziging is nog {room.left.text('nl')} te verschuiven: {room.because.nl}.",
            f"Without an amendment {room.left.text('en')} may still be moved: {room.because.en}.",
        )
        return Reason("transfer-limit", text, "; ".join(room.sources), "amount")
    return None
