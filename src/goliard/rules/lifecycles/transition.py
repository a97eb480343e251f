"""Lifecycles as tables: which action leads from which state to which, and who may take it.

Services ask `next_state`, portals draw buttons from `open_actions`, documentation draws diagrams from the table itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.rules.access.actor import Actor, Role
from goliard.rules.values.texts import Text


class TransitionRefused(Exception):
    """The action does not lead anywhere from this state, or this actor may not take it. `reason` says so in both languages."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Transition:
    """From one state by an action to another, for the roles in `by`."""

    source: str
    action: str
    target: str
    label: Text
    by: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The table of one kind of thing, and the state in which it begins."""

    name: str
    initial: str
    transitions: tuple[Transition, ...]

    def next_state(self, *, state: str, action: str, actor: Actor) -> str:
        """Return the state to which `action` leads from `state`; `TransitionRefused` when it does not, or not for this actor."""
        for transition in self._from(state):
            if transition.action == action:
                if not actor.has(*transition.by):
                    raise TransitionRefused(
                        Text(
                            f"Uw rol mag dit niet: {transition.label.nl}.",
                            f"Your role may not do this: {transition.label.en}.",
                        )
                    )
                return transition.target
        raise TransitionRefused(
            Text(f"«{action}» kan niet vanuit de staat «{state}».", f"“{action}” is not possible from the state “{state}”.")
        )

    def open_actions(self, *, state: str, actor: Actor) -> tuple[Transition, ...]:
        """Return what this actor may do from `state`, in the order of the table."""
        return tuple(transition for transition in self._from(state) if actor.has(*transition.by))

    def states(self) -> tuple[str, ...]:
        """Return every state, in the order in which the table names them."""
        return tuple(dict.fromkeys([self.initial, *(state for each in self.transitions for state in (each.source, each.target))]))

    def _from(self, state: str) -> Iterable[Transition]:
        return (transition for transition in self.transitions if transition.source == state)
