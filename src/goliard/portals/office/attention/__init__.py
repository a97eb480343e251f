"""What asks for attention on the desk: one module a part of the house, one section a question, each with its number and the way there."""

from __future__ import annotations

from datetime import date

from goliard.portals.office.attention import agreements, calls, letters, network, placement, projects, rounds, tokens, writing
from goliard.portals.office.attention.lines import Section
from goliard.rules.access.actor import Actor

ASKERS = (
    agreements,
    network,
    calls,
    rounds,
    placement,
    letters,
    tokens,
    projects,
    writing,
)  # what partners and deadlines wait for stands first


def sections(actor: Actor, today: date) -> list[Section]:
    """Return what asks for this actor's attention; a faculty officer sees what the own units run."""
    return [section for asker in ASKERS for section in asker.sections(actor, today)]
