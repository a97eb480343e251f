"""The life of a round of applications. Who may act on which round, its policies say; a faculty's officer acts on rounds of the faculty."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER, Role.FACULTY_OFFICER})

ROUND = Lifecycle(
    "round",
    "draft",
    (
        Transition("draft", "open", "open", Text("openen", "open"), _OFFICE),
        Transition("open", "close", "closed", Text("sluiten", "close"), _OFFICE),
        Transition("closed", "reopen", "open", Text("heropenen", "reopen"), _OFFICE),
        Transition("closed", "score", "scoring", Text("beoordeling beginnen", "begin scoring"), _OFFICE),
        Transition("scoring", "place", "placed", Text("plaatsing vaststellen", "record the placement"), _OFFICE),
        Transition("placed", "rescore", "scoring", Text("terug naar de beoordeling", "go back to scoring"), _OFFICE),
        Transition("placed", "publish", "published", Text("uitslag bekendmaken", "publish the results"), _OFFICE),
        Transition("published", "revise", "scoring", Text("herzien na bezwaar", "revise after an appeal"), _OFFICE),
        Transition("published", "end", "ended", Text("afronden", "end"), _OFFICE),
        Transition("draft", "call-off", "ended", Text("niet door laten gaan", "call off"), _OFFICE),
        Transition("open", "call-off", "ended", Text("niet door laten gaan", "call off"), _OFFICE),
    ),
)
