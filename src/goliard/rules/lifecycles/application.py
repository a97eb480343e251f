"""The life of the one application of a call, over all its regional partnerships."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})

APPLICATION = Lifecycle(
    "application",
    "draft",
    (
        Transition("draft", "finalise", "final", Text("definitief maken", "make final"), _OFFICE),
        Transition("final", "reopen", "draft", Text("weer openen om te bewerken", "open for editing again"), _OFFICE),
        Transition("final", "submit", "submitted", Text("vastleggen als ingediend", "record as submitted"), _OFFICE),
        Transition("submitted", "decide", "decided", Text("besluit vastleggen", "record the decision"), _OFFICE),
    ),
)
