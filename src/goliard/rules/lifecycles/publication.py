"""The life of what the office publishes: projects, pages and news."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_WRITERS = _OFFICE | {Role.FACULTY_OFFICER}

PROJECT = Lifecycle(
    "project",
    "draft",
    (
        Transition("draft", "publish", "published", Text("publiceren", "publish"), _WRITERS),
        Transition("published", "withdraw", "draft", Text("van de site halen", "take off the site"), _WRITERS),
        Transition("published", "archive", "archived", Text("archiveren", "archive"), _OFFICE),
        Transition("archived", "publish", "published", Text("opnieuw publiceren", "publish again"), _OFFICE),
    ),
)

PAGE = Lifecycle(
    "page",
    "draft",
    (
        Transition("draft", "publish", "published", Text("publiceren", "publish"), _OFFICE),
        Transition("draft", "announce", "under-construction", Text("tonen als in aanbouw", "show as under construction"), _OFFICE),
        Transition("under-construction", "publish", "published", Text("publiceren", "publish"), _OFFICE),
        Transition("under-construction", "withdraw", "draft", Text("van de site halen", "take off the site"), _OFFICE),
        Transition("published", "rebuild", "under-construction", Text("tonen als in aanbouw", "show as under construction"), _OFFICE),
        Transition("published", "withdraw", "draft", Text("van de site halen", "take off the site"), _OFFICE),
        Transition("published", "archive", "archived", Text("archiveren", "archive"), _OFFICE),
        Transition("archived", "publish", "published", Text("opnieuw publiceren", "publish again"), _OFFICE),
    ),
)
