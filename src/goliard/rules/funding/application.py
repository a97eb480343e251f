"""Is the application complete and eligible? Every fault has its reason, and says which partnership it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goliard.rules.funding.eligibility import add_months
from goliard.rules.funding.interest import AnswerFacts, answer_faults, unanswered_priorities
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """A partnership of the application. `region` is empty where the call's table has none for its country.

    `refused` and `warned` are what the grant engine says of its flows, `missing` the figures that the table lacks for them; `unanswered`
    names the programme's priorities of which it says nothing.
    """

    key: str
    name: str
    region: str
    partner_known: bool
    mobilities: int
    priorities: int
    answers: tuple[AnswerFacts, ...]
    refused: tuple[Reason, ...] = ()
    warned: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    unanswered: tuple[Text, ...] = ()
    has_both_titles: bool = True
    final_handed_in: bool = True


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """The whole application; `months` is the longest project of the call."""

    starts_on: date | None
    ends_on: date | None
    months: int | None
    partnerships: tuple[PartnershipFacts, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and in which partnership; `key` and `name` empty for the application as a whole. A fault stands in the way."""

    key: str
    name: str
    is_fault: bool
    reason: Reason


def check_application(application: ApplicationFacts) -> tuple[Finding, ...]:
    """Return every fault and every warning: faults of the whole first, then partnership by partnership."""
    found = [Finding("", "", True, reason) for reason in _whole(application)]  # noqa: FBT003 -- the field's name is above
    for each in application.partnerships:
        found += [Finding(each.key, each.name, True, reason) for reason in _partnership(each)]  # noqa: FBT003 -- see above
        found += [Finding(each.key, each.name, False, reason) for reason in (*each.warned, *_advice(each))]  # noqa: FBT003 -- see above
    return tuple(found)


def _whole(application: ApplicationFacts) -> Iterator[Reason]:
    if not application.partnerships:
        yield Reason("application-empty", Text("Er is nog geen partnerschap geselecteerd.", "No partnership was selected yet."))
    start, end, months = application.starts_on, application.ends_on, application.months
    if start is None or end is None:
        yield Reason("application-period", Text("Vul begin en einde van het project in.", "Fill in start and end of the project."))
    elif end <= start:
        yield Reason("application-period", Text("Het einde ligt voor het begin.", "The end lies before the start."))
    elif months is not None and end >= add_months(start, months):
        text = Text(
            f"Een project van deze call duurt hoogstens {months} maanden.", f"A project of this call lasts at most {months} months."
        )
        yield Reason("application-too-long", text, source="call")


def _partnership(each: PartnershipFacts) -> Iterator[Reason]:
    if not each.region:
        text = Text("Het land ligt in geen regio van deze call.", "The country lies in no region of this call.")
        yield Reason("partnership-region", text)
    if not each.partner_known:
        text = Text(
            "De partner staat nog niet in het register van organisaties.", "The partner is not in the register of organisations yet."
        )
        yield Reason("partnership-partner", text)
    if not each.mobilities:
        yield Reason("partnership-flows", Text("Er zijn geen mobiliteiten gepland.", "No mobilities are planned."))
    if not each.priorities:
        text = Text("Geen enkele prioriteit van het programma is toegelicht.", "Not one priority of the programme is addressed.")
        yield Reason("partnership-priorities", text, source="Erasmus+ Programme Guide, general objective")
    yield from unanswered_priorities(each.unanswered)
    if not each.has_both_titles:
        text = Text("De titel ontbreekt in een van beide talen.", "The title is missing in one of the two languages.")
        yield Reason("partnership-titles", text)
    yield from answer_faults(each.answers)
    yield from each.refused
    for name in each.missing:
        text = Text(f"De tarieventabel mist een cijfer: {name}.", f"The rate table lacks a figure: {name}.")
        yield Reason("partnership-figure", text)


def _advice(each: PartnershipFacts) -> Iterator[Reason]:
    if not each.final_handed_in:
        text = Text(
            "De aanvragers hebben de definitieve versie nog niet ingeleverd.", "The applicants have not handed in the final version yet."
        )
        yield Reason("partnership-final", text)
