"""The life of a message that leaves the house. What the machine does by itself (claiming, sending, giving up) is no action of a person."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_REPEAT, _CANCEL = Text("opnieuw versturen", "send again"), Text("niet versturen", "do not send")

DELIVERY = Lifecycle(
    "delivery",
    "waiting",
    (
        Transition("waiting", "cancel", "cancelled", _CANCEL, _OFFICE),
        Transition("uncertain", "repeat", "waiting", _REPEAT, _OFFICE),
        Transition("uncertain", "cancel", "cancelled", _CANCEL, _OFFICE),
        Transition("failed", "repeat", "waiting", _REPEAT, _OFFICE),
        Transition("failed", "cancel", "cancelled", _CANCEL, _OFFICE),
    ),
)
