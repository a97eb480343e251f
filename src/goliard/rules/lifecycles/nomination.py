"""The life of a nomination: made out of an accepted offer, told to the partner, confirmed or refused there, withdrawn."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.FACULTY_OFFICER})
_BOTH = _OFFICE | {Role.PARTNER_CONTACT}
_WITHDRAW = Text("intrekken", "withdraw")

NOMINATION = Lifecycle(
    "nomination",
    "prepared",
    (
        Transition("prepared", "send", "sent", Text("nomineren", "nominate"), _OFFICE),
        Transition("sent", "confirm", "confirmed", Text("bevestigen", "confirm"), _BOTH),
        Transition("sent", "refuse", "refused", Text("weigeren", "refuse"), _BOTH),
        Transition("refused", "prepare", "prepared", Text("opnieuw voordragen", "prepare again"), _OFFICE),
        Transition("prepared", "withdraw", "withdrawn", _WITHDRAW, _OFFICE),
        Transition("sent", "withdraw", "withdrawn", _WITHDRAW, _OFFICE),
        Transition("confirmed", "withdraw", "withdrawn", _WITHDRAW, _OFFICE),
    ),
)
