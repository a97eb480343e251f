"""The life of one calculation of a placement.

That it is computed, ready, refused or failed its audit, and that a later one took its place, the machine finds; what a person does stands
here. A run that failed its audit leads nowhere but out.
"""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.FACULTY_OFFICER})
_DISCARD = Text("terzijde leggen", "set aside")

PLACEMENT_RUN = Lifecycle(
    "placement-run",
    "waiting",
    (
        Transition("ready", "adopt", "adopted", Text("als uitslag vaststellen", "adopt as the result"), _OFFICE),
        Transition("ready", "publish", "published", Text("aanbiedingen versturen", "send the offers"), _OFFICE),
        Transition("adopted", "publish", "published", Text("bekendmaken", "publish"), _OFFICE),
        Transition("adopted", "put-back", "ready", Text("vaststelling terugnemen", "take the adoption back"), _OFFICE),
        Transition("ready", "discard", "discarded", _DISCARD, _OFFICE),
        Transition("failed", "discard", "discarded", _DISCARD, _OFFICE),
        Transition("refused", "discard", "discarded", _DISCARD, _OFFICE),
    ),
)
