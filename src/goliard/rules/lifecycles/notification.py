"""The life of a notification to a partner in the network. What the machine does by itself (sending, giving up) is no action of a person."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_REPEAT, _CANCEL = Text("opnieuw melden", "notify again"), Text("niet melden", "do not notify")

NOTIFICATION_TO_PARTNER = Lifecycle(
    "notification-to-partner",
    "waiting",
    (
        Transition("waiting", "cancel", "cancelled", _CANCEL, _OFFICE),
        Transition("failed", "repeat", "waiting", _REPEAT, _OFFICE),
        Transition("failed", "cancel", "cancelled", _CANCEL, _OFFICE),
    ),
)
