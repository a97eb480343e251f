from __future__ import annotations

from fractions import Fraction

from tests.rules.placement.markets import market

from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.laboratory import Share, compare, differences
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, IMMEDIATE_ACCEPTANCE, MIN_COST_FLOW
from goliard.rules.placement.ties import BY_APPLICANT

WISHES = {"ann": "Praha 9", "bob": "Praha 8, Brno 9", "cas": "Brno 6", "dee": "Praha 5, Brno 5, Lisboa 5"}


def test_policies_side_by_side() -> None:
    given = market({"Praha": 1, "Brno": 1, "Lisboa": 2}, WISHES, {"dee": "few"})
    rows = compare(given, [DEFERRED_ACCEPTANCE, IMMEDIATE_ACCEPTANCE, MIN_COST_FLOW], BY_APPLICANT)
    assert [(row.policy, row.everyone, row.envy, row.empty_places) for row in rows] == [
        ("deferred-acceptance", Share(4, 3, 1, Fraction(2)), 0, 1),
        ("immediate-acceptance", Share(4, 3, 2, Fraction(5, 3)), 1, 1),
        ("min-cost-flow", Share(4, 3, 2, Fraction(5, 3)), 1, 1),
    ]
    assert rows[0].by_group == {"": Share(3, 2, 1, Fraction(3, 2)), "few": Share(1, 1, 0, Fraction(3))}


def test_the_effect_by_faculty() -> None:
    given = market({"Praha": 1, "Brno": 1, "Lisboa": 2}, WISHES)
    (row,) = compare(given, [DEFERRED_ACCEPTANCE], BY_APPLICANT, {"ann": "law", "bob": "law", "cas": "arts", "dee": ""})
    assert row.by_part == {"arts": Share(1, 0, 0, None), "law": Share(2, 2, 1, Fraction(3, 2))}


def test_nobody_placed_has_no_average() -> None:
    (row,) = compare(market({"Praha": 0}, {"ann": "Praha 9"}), [DEFERRED_ACCEPTANCE], BY_APPLICANT)
    assert row.everyone == Share(1, 0, 0, None)


def test_who_an_appeal_affects() -> None:
    before = deferred_acceptance(
        market({"Praha": 1, "Brno": 1}, {"ann": "Praha 7", "bob": "Praha 8, Brno 8", "cas": "Brno 9"}), BY_APPLICANT
    )
    after = deferred_acceptance(
        market({"Praha": 1, "Brno": 1}, {"ann": "Praha 8.5", "bob": "Praha 8, Brno 8", "cas": "Brno 9.1"}), BY_APPLICANT
    )
    changed = differences(before, after)
    assert [(entry.applicant, entry.before and entry.before.destination, entry.after and entry.after.destination) for entry in changed] == [
        ("ann", None, "Praha"),
        ("bob", "Praha", None),
    ]
    assert [entry.is_loss for entry in changed] == [False, True]
