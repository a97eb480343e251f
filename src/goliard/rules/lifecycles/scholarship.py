"""The life of a request for a scholarship of the institution."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_ASKING = _OFFICE | {Role.STUDENT}
_WITHDRAW = Text("intrekken", "withdraw")

SCHOLARSHIP = Lifecycle(
    "scholarship",
    "submitted",
    (
        Transition("submitted", "award", "awarded", Text("toekennen", "award"), _OFFICE),
        Transition("submitted", "refuse", "refused", Text("afwijzen", "refuse"), _OFFICE),
        Transition("submitted", "withdraw", "withdrawn", _WITHDRAW, _ASKING),
        Transition("awarded", "withdraw", "withdrawn", _WITHDRAW, _ASKING),
        Transition("awarded", "pay", "paid", Text("betaling vastleggen", "record the payment"), _OFFICE),
    ),
)
