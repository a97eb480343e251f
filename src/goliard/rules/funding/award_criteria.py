"""The award criteria of the mobility actions with third countries, as data with status and source (`Status` as in the rate tables).

Weights were not found in an official text: they are usable and always shown as not verified.
"""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.grants.status import Status
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class AwardCriterion:
    """A criterion with the most points it can give."""

    name: Text
    weight: int


@dataclass(frozen=True, slots=True)
class AwardCriteria:
    """The criteria of an action for the calls from `first` up to and including `last`; `threshold` points are needed for an award."""

    action: str
    first: int
    last: int
    criteria: tuple[AwardCriterion, ...]
    criteria_source: str
    weights_status: Status
    threshold: int
    threshold_status: Status
    threshold_source: str


_RELEVANCE = Text("Relevantie van de strategie", "Relevance of the strategy")
_COOPERATION = Text("Kwaliteit van de samenwerkingsafspraken", "Quality of the cooperation arrangements")
_DESIGN = Text("Kwaliteit van opzet en uitvoering", "Quality of the project design and implementation")
_IMPACT = Text("Effect en verspreiding", "Impact and dissemination")

TABLES = (
    AwardCriteria(
        "KA107", 2015, 2020,
        (AwardCriterion(_RELEVANCE, 30), AwardCriterion(_COOPERATION, 30), AwardCriterion(_DESIGN, 20), AwardCriterion(_IMPACT, 20)),
        "LEI17; ICMDOS; BWM", Status.U, 60, Status.U, "",
    ),
    AwardCriteria(
        "KA171", 2022, 2027,
        (AwardCriterion(_RELEVANCE, 40), AwardCriterion(_COOPERATION, 40), AwardCriterion(_IMPACT, 20)),
        "WIKI-171APP", Status.U, 60, Status.V2, "TARSUS",
    ),
)  # fmt: skip


def award_criteria(action: str, call: int) -> AwardCriteria | None:
    """Return the criteria of an action in a call, or None where none are known."""
    return next((each for each in TABLES if each.action == action and each.first <= call <= each.last), None)
