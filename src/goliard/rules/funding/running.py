"""What may change in a running project: a partner that joins, a visit that prepares, an interruption; and what closes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from goliard.rules.values.texts import Reason, Text

AMENDMENT_SOURCE = "WIKI-171RP"  # new partner organisations only from countries in the signed agreement


@dataclass(frozen=True, slots=True)
class PartnerChangeFacts:
    """A partner that would join. `country_is_granted`: the signed grant agreement names its country."""

    name: str
    is_home: bool
    is_partner_already: bool
    country_is_granted: bool
    agency_reference: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A flow with its first day, and that of the flow which it prepares."""

    name: Text
    starts_on: date | None
    prepares: Text
    prepared_starts_on: date | None


@dataclass(frozen=True, slots=True)
class ClosureFacts:
    """What stands in the books of a project on the day of its closure."""

    ends_on: date | None
    today: date
    unreported_flows: int
    unreported_headings: int
    has_results: bool
    evidence: int
    open_changes: int


def needs_amendment(change: PartnerChangeFacts) -> bool:
    """Whether the National Agency must agree: the partner's country does not stand in the signed agreement."""
    return not change.country_is_granted


def joining_faults(change: PartnerChangeFacts) -> tuple[Reason, ...]:
    """Return why the partner cannot be asked for; empty when it can."""
    return tuple(_joining(change))


def approval_faults(change: PartnerChangeFacts) -> tuple[Reason, ...]:
    """Return why the request cannot be approved: what hinders it, and an amendment without the agency's reference."""
    found = [*_joining(change)]
    if needs_amendment(change) and not change.agency_reference.strip():
        text = Text(
            f"Het land van {change.name} staat niet in de subsidieovereenkomst: vul de verwijzing van het Nationaal Agentschap in.",
            f"The country of {change.name} is not in the grant agreement: fill in the reference of the National Agency.",
        )
        found.append(Reason("partner-amendment", text, AMENDMENT_SOURCE, "agency_reference"))
    return tuple(found)


def mobility_faults(*, name: str, is_approved: bool, has_agreement: bool) -> tuple[Reason, ...]:
    """Return why no mobility may use a partner yet: it is not approved, or no agreement with it is in effect."""
    found = []
    if not is_approved:
        found.append(Reason("partner-not-approved", Text(f"{name} is nog niet goedgekeurd.", f"{name} is not approved yet.")))
    if not has_agreement:
        text = Text(
            f"Met {name} is nog geen overeenkomst van kracht: geen mobiliteit voordat beide hebben getekend.",
            f"No agreement with {name} is in effect yet: no mobility before both have signed.",
        )
        found.append(Reason("partner-without-agreement", text))
    return tuple(found)


def visit_warnings(visits: Sequence[Visit]) -> tuple[Reason, ...]:
    """Return a warning for every preparatory visit that does not begin before what it prepares, or of which a date lacks."""
    return tuple(_visits(visits))


def closure_faults(closure: ClosureFacts) -> tuple[Reason, ...]:
    """Return everything that stands in the way of closing; empty when the project may be closed."""
    return tuple(_closing(closure))


def _joining(change: PartnerChangeFacts) -> Iterator[Reason]:
    if change.is_home:
        yield Reason(
            "partner-home", Text("De eigen instelling is geen partner.", "The home institution is no partner."), field="organisation"
        )
    if change.is_partner_already:
        text = Text(f"{change.name} neemt al deel.", f"{change.name} takes part already.")
        yield Reason("partner-twice", text, field="organisation")


def _visits(visits: Sequence[Visit]) -> Iterator[Reason]:
    for visit in visits:
        if visit.starts_on is None or visit.prepared_starts_on is None:
            text = Text(
                f"{visit.name.nl} bereidt {visit.prepares.nl} voor: vul van beide de eerste dag in.",
                f"{visit.name.en} prepares {visit.prepares.en}: fill in the first day of both.",
            )
            yield Reason("visit-undated", text, field="starts_on")
        elif visit.starts_on >= visit.prepared_starts_on:
            text = Text(
                f"{visit.name.nl} begint op {visit.starts_on:%d-%m-%Y}, "
                f"niet voor {visit.prepares.nl} ({visit.prepared_starts_on:%d-%m-%Y}).",
                f"{visit.name.en} begins on {visit.starts_on}, not before {visit.prepares.en} ({visit.prepared_starts_on}).",
            )
            yield Reason("visit-late", text, field="starts_on")


def _closing(closure: ClosureFacts) -> Iterator[Reason]:
    if closure.ends_on is None or closure.ends_on >= closure.today:
        yield Reason("closure-early", Text("Het project loopt nog.", "The project still runs."))
    if closure.unreported_flows:
        number = closure.unreported_flows
        text = Text(f"Van {number} stroom/stromen ontbreekt het gerealiseerde aantal.", f"{number} flow(s) lack the realised number.")
        yield Reason("closure-flows", text)
    if closure.unreported_headings:
        number = closure.unreported_headings
        text = Text(
            f"Van {number} begrotingspost(en) ontbreekt het gerealiseerde bedrag.", f"{number} heading(s) lack the realised amount."
        )
        yield Reason("closure-money", text)
    if not closure.has_results:
        yield Reason("closure-results", Text("Beschrijf de resultaten in beide talen.", "Describe the results in both languages."))
    if not closure.evidence:
        text = Text("Noem minstens één bewijs van de resultaten.", "Name at least one piece of evidence of the results.")
        yield Reason("closure-evidence", text, field="evidence")
    if closure.open_changes:
        number = closure.open_changes
        yield Reason("closure-changes", Text(f"Er staan {number} wijziging(en) open.", f"{number} change(s) are open."))
