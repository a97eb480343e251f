"""May a decision of the National Agency be recorded so? Nothing beyond what was asked, and every outcome means what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goliard.rules.values.texts import Reason, Text

_AGENCY = "National Agency"


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision beside what was asked. `flows` holds (asked, awarded) numbers; `threshold` the points that are needed, if known."""

    outcome: str
    asked_cents: int
    awarded_cents: int
    flows: tuple[tuple[int, int], ...]
    score: int | None = None
    threshold: int | None = None


def decision_faults(decision: DecisionFacts) -> tuple[Reason, ...]:
    """Return why the decision cannot be so; empty when it can."""
    return tuple(_faults(decision))


def _faults(decision: DecisionFacts) -> Iterator[Reason]:
    awarded = sum(awarded for _asked, awarded in decision.flows)
    if any(awarded > asked for asked, awarded in decision.flows):
        text = Text("Er kunnen niet meer mobiliteiten zijn toegekend dan gevraagd.", "No more mobilities can be awarded than were asked.")
        yield Reason("decision-more-flows", text, _AGENCY, "flows")
    if decision.awarded_cents > decision.asked_cents:
        text = Text("Er kan niet meer zijn toegekend dan gevraagd.", "No more can be awarded than was asked.")
        yield Reason("decision-more-money", text, _AGENCY, "amount")
    if decision.outcome == "refused":
        if awarded or decision.awarded_cents:
            text = Text("Bij een afwijzing zijn geld en mobiliteiten nul.", "Where it is refused, money and mobilities are zero.")
            yield Reason("decision-refused", text, field="outcome")
        return
    if not awarded or not decision.awarded_cents:
        text = Text("Een toekenning heeft mobiliteiten en een bedrag.", "An award has mobilities and an amount.")
        yield Reason("decision-nothing", text, field="outcome")
    if decision.outcome == "awarded" and any(awarded < asked for asked, awarded in decision.flows):
        text = Text("Niet alles is toegekend: kies «deels toegekend».", "Not everything is awarded: choose “awarded in part”.")
        yield Reason("decision-in-part", text, field="outcome")
    if decision.score is not None and decision.threshold is not None and decision.score < decision.threshold:
        text = Text(
            f"Met {decision.score} punten kan er geen toekenning zijn; nodig zijn er {decision.threshold}.",
            f"With {decision.score} points there can be no award; {decision.threshold} are needed.",
        )
        yield Reason("decision-threshold", text, field="score")
