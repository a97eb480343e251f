"""The life of an expression of interest: written by staff, handed in once, chosen or not."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_WRITERS = _OFFICE | {Role.FACULTY_OFFICER, Role.STAFF}

EXPRESSION_OF_INTEREST = Lifecycle(
    "expression-of-interest",
    "draft",
    (
        Transition("draft", "submit", "submitted", Text("indienen", "submit"), _WRITERS),
        Transition("draft", "withdraw", "withdrawn", Text("intrekken", "withdraw"), _WRITERS),
        Transition("submitted", "withdraw", "withdrawn", Text("intrekken", "withdraw"), _WRITERS),
        Transition("submitted", "return", "draft", Text("teruggeven om aan te vullen", "return for completion"), _OFFICE),
        Transition("submitted", "select", "selected", Text("selecteren", "select"), _OFFICE),
        Transition("submitted", "decline", "not-selected", Text("niet selecteren", "not select"), _OFFICE),
        Transition("selected", "withdraw", "withdrawn", Text("intrekken", "withdraw"), _WRITERS),
    ),
)
