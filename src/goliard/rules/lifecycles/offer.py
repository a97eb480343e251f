"""The life of a place that is offered to somebody. That a better one took its place, a later run finds (`replaced`)."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_APPLICANTS = frozenset({Role.STUDENT, Role.STAFF})
_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.FACULTY_OFFICER})
_WITHDRAW = Text("intrekken", "withdraw")

OFFER = Lifecycle(
    "offer",
    "open",
    (
        Transition("open", "accept", "accepted", Text("aannemen", "accept"), _APPLICANTS | _OFFICE),
        Transition("open", "decline", "declined", Text("afslaan", "decline"), _APPLICANTS | _OFFICE),
        Transition("accepted", "decline", "declined", Text("teruggeven", "give back"), _APPLICANTS | _OFFICE),
        Transition("open", "expire", "expired", Text("laten vervallen", "let expire"), _OFFICE),
        Transition("open", "withdraw", "withdrawn", _WITHDRAW, _OFFICE),
        Transition("accepted", "withdraw", "withdrawn", _WITHDRAW, _OFFICE),
    ),
)
