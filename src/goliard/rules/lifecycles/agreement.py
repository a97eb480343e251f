"""The life of an agreement, and of one version of its text. Only an agreement in effect gives places."""

from __future__ import annotations

from goliard.rules.access.actor import Role
from goliard.rules.lifecycles.transition import Lifecycle, Transition
from goliard.rules.values.texts import Text

_OFFICE = frozenset({Role.ADMINISTRATOR, Role.OFFICER})
_RUNNERS = _OFFICE | {Role.FACULTY_OFFICER}

AGREEMENT = Lifecycle(
    "agreement",
    "draft",
    (
        Transition("draft", "propose", "proposed", Text("voorstellen aan de partner", "propose to the partner"), _RUNNERS),
        Transition("proposed", "recall", "draft", Text("terugnemen", "take back"), _RUNNERS),
        Transition("proposed", "agree", "agreed", Text("vastleggen dat beide akkoord zijn", "record that both agree"), _RUNNERS),
        Transition("agreed", "start", "in-effect", Text("laten ingaan", "put into effect"), _RUNNERS),
        Transition("in-effect", "amend", "in-effect", Text("wijzigen (nieuwe versie)", "amend (new version)"), _RUNNERS),
        Transition("in-effect", "propose", "in-effect", Text("de wijziging voorstellen", "propose the amendment"), _RUNNERS),
        Transition("in-effect", "recall", "in-effect", Text("het voorstel terugnemen", "take the proposal back"), _RUNNERS),
        Transition("in-effect", "agree", "in-effect", Text("vastleggen dat beide akkoord zijn", "record that both agree"), _RUNNERS),
        Transition(
            "in-effect", "revert", "in-effect", Text("terug naar de laatst vastgelegde tekst", "go back to the text last agreed"), _RUNNERS
        ),
        Transition("agreed", "terminate", "agreed", Text("beëindiging als geheel voorstellen", "propose to terminate as a whole"), _OFFICE),
        Transition(
            "in-effect", "terminate", "in-effect", Text("beëindiging als geheel voorstellen", "propose to terminate as a whole"), _OFFICE
        ),
        Transition("agreed", "recall", "agreed", Text("het voorstel terugnemen", "take the proposal back"), _RUNNERS),
        Transition("agreed", "propose", "agreed", Text("de wijziging voorstellen", "propose the amendment"), _RUNNERS),
        Transition("agreed", "agree", "agreed", Text("vastleggen dat beide akkoord zijn", "record that both agree"), _RUNNERS),
        Transition(
            "agreed", "revert", "agreed", Text("terug naar de laatst vastgelegde tekst", "go back to the text last agreed"), _RUNNERS
        ),
        Transition("in-effect", "renew", "renewed", Text("afsluiten als verlengd", "close as renewed"), _RUNNERS),
        Transition("in-effect", "end", "ended", Text("beëindigen", "end"), _OFFICE),
        Transition("agreed", "end", "ended", Text("beëindigen", "end"), _OFFICE),
        Transition("draft", "end", "ended", Text("laten vervallen", "let lapse"), _RUNNERS),
    ),
)

# what an action on an agreement asks of its newest version; actions that are not named ask nothing
VERSION_NEEDED = {
    "propose": frozenset({"draft"}),
    "recall": frozenset({"proposed"}),
    "agree": frozenset({"proposed"}),
    "amend": frozenset({"agreed"}),
    "start": frozenset({"agreed"}),
    "terminate": frozenset({"agreed"}),
    "revert": frozenset({"draft", "proposed"}),
}
