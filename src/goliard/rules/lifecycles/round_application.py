"""The life of an application in a round: written, handed in, changed until the deadline, withdrawn. What it led to, its offer tells."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_APPLICANTS = frozenset({Role.STUDENT, Role.STAFF, Role.ADMINISTRATOR})  # the system acts as the last; whose it is, the policy asks
_BOTH = _APPLICANTS | {Role.OFFICER}
_TYPISTS = _BOTH | {Role.FACULTY_OFFICER}  # who type what came on paper; whose it is, the policy asks

ROUND_APPLICATION = Lifecycle(
    "round-application",
    "draft",
    (
        Transition("draft", "submit", "submitted", Text("indienen", "submit"), _TYPISTS),
        Transition("submitted", "submit", "submitted", Text("opnieuw indienen", "submit again"), _TYPISTS),
        Transition("draft", "withdraw", "withdrawn", Text("intrekken", "withdraw"), _BOTH),
        Transition("submitted", "withdraw", "withdrawn", Text("intrekken", "withdraw"), _BOTH),
        Transition("withdrawn", "resume", "draft", Text("weer oppakken", "take up again"), _APPLICANTS),
    ),
)
