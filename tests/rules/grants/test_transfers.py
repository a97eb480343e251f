"""Transfers within a project."""

from __future__ import annotations

import pytest

from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.transfers import TransferKind, room_for_transfer
from goliard.rules.values.money import Money


@pytest.mark.parametrize(
    ("action", "call", "kind", "moved", "left"),
    [
        ("KA171", 2022, TransferKind.BETWEEN_DIRECTIONS, 0, 18_000_000),
        ("KA171", 2022, TransferKind.BETWEEN_DIRECTIONS, 10_000_000, 8_000_000),
        ("KA171", 2022, TransferKind.BETWEEN_DIRECTIONS, 18_000_001, 0),
        ("KA171", 2022, TransferKind.FROM_ORGANISATIONAL_SUPPORT, 0, 2_575_000),
        ("KA107", 2018, TransferKind.BETWEEN_DIRECTIONS, 0, 18_000_000),
        ("KA107", 2018, TransferKind.TO_EXCEPTIONAL_COSTS, 0, 4_500_000),
    ],
)
def test_room_without_an_amendment(action: str, call: int, kind: TransferKind, moved: int, left: int) -> None:
    room = room_for_transfer(
        kind, project=Money(45_000_000), organisational_support=Money(5_150_000), moved=Money(moved), table=published_table(action, call)
    )
    assert room.left == Money(left)


def test_a_cent_is_never_rounded_into_the_room() -> None:
    room = room_for_transfer(
        TransferKind.FROM_ORGANISATIONAL_SUPPORT,
        project=Money(100),
        organisational_support=Money(3),
        moved=Money(0),
        table=published_table("KA171", 2022),
    )
    assert room.left == Money(1)
    assert room.because.nl == "50 % van de goedgekeurde organisatiekosten (€ 0,03), min € 0,00 dat is verschoven"


def test_a_call_without_the_rule_stops() -> None:
    with pytest.raises(MissingFigure, match="transfer_to_exceptional_max of KA171 2022"):
        room_for_transfer(
            TransferKind.TO_EXCEPTIONAL_COSTS,
            project=Money(1),
            organisational_support=Money(1),
            moved=Money(0),
            table=published_table("KA171", 2022),
        )
