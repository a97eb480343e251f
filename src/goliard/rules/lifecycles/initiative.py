"""The life of a joint programme in the making: idea, feasibility, consortium, application."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_WRITERS = _OFFICE | {Role.FACULTY_OFFICER}
_END = Text("beëindigen", "end")

INITIATIVE = Lifecycle(
    "initiative",
    "idea",
    (
        Transition("idea", "study", "feasibility", Text("haalbaarheid onderzoeken", "study feasibility"), _OFFICE),
        Transition("feasibility", "form", "consortium", Text("consortium vormen", "form the consortium"), _WRITERS),
        Transition("consortium", "apply", "application", Text("aanvraag voorbereiden", "prepare the application"), _OFFICE),
        Transition("idea", "end", "ended", _END, _WRITERS),
        Transition("feasibility", "end", "ended", _END, _WRITERS),
        Transition("consortium", "end", "ended", _END, _OFFICE),
        Transition("ended", "reopen", "idea", Text("heropenen", "reopen"), _OFFICE),
    ),
)
