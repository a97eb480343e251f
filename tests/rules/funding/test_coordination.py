"""One main coordinator a side at a time: a table that an officer can read."""

from __future__ import annotations

from datetime import date

import pytest

from goliard.rules.funding.coordination import Stint, overlaps, sides_without_main

DAY = date(2023, 1, 1)
FORMER = Stint("Former", "home", is_main=True, until=date(2022, 6, 30))
SUCCESSOR = Stint("Successor", "home", is_main=True, since=date(2022, 7, 1))
TOO_EARLY = Stint("Early", "home", is_main=True, since=date(2022, 6, 30))
CO = Stint("Co", "home", is_main=False)
PARTNER = Stint("Partner", "partner", is_main=True)
PARTNER_CO = Stint("Partner co", "partner", is_main=False)


@pytest.mark.parametrize(
    ("stints", "pairs"),
    [
        ([FORMER, SUCCESSOR], 0),
        ([FORMER, TOO_EARLY], 1),
        ([SUCCESSOR, TOO_EARLY], 1),
        ([FORMER, SUCCESSOR, TOO_EARLY], 2),
        ([SUCCESSOR, CO], 0),
        ([SUCCESSOR, PARTNER], 0),
        ([], 0),
    ],
)
def test_two_mains_of_one_side_never_meet(stints: list[Stint], pairs: int) -> None:
    assert [reason.rule for reason in overlaps(stints)] == ["one-main-coordinator"] * pairs


def test_the_reason_names_both() -> None:
    (reason,) = overlaps([FORMER, TOO_EARLY])
    assert reason.because.en.startswith("Former and Early are coordinator for the home institution on the same day.")


@pytest.mark.parametrize(
    ("stints", "sides"),
    [
        ([CO], 1),
        ([CO, SUCCESSOR], 0),
        ([CO, FORMER], 1),
        ([CO, PARTNER_CO], 2),
        ([PARTNER_CO, PARTNER], 0),
        ([FORMER], 0),
    ],
)
def test_a_co_coordinator_needs_a_main_one(stints: list[Stint], sides: int) -> None:
    assert len(sides_without_main(stints, DAY)) == sides
