"""Is an expression of interest complete? Every lacking part gets a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """An answer beside its question: its number in the form, its length and the limit in characters (0 for none)."""

    number: int
    length: int
    limit: int = 0


@dataclass(frozen=True, slots=True)
class InterestFacts:
    """What the rules need to know of an expression of interest. `unanswered` names the programme's priorities of which it says nothing."""

    has_title: bool
    has_country: bool
    has_partner: bool
    has_unit: bool
    needs_analysis: int
    agreed_with_partner: bool
    goals: int
    priorities: int
    mobilities: int
    answers: tuple[AnswerFacts, ...]
    unanswered: tuple[Text, ...] = ()


_PARTS = (
    ("title", "has_title", Text("de titel", "the title")),
    ("country", "has_country", Text("het land", "the country")),
    ("partner_name", "has_partner", Text("de partnerinstelling", "the partner institution")),
    ("unit", "has_unit", Text("de eigen eenheid", "the home unit")),
    ("needs_analysis", "needs_analysis", Text("de behoefteanalyse met de partner", "the needs analysis with the partner")),
    ("goals", "goals", Text("minstens één strategisch doel", "at least one strategic goal")),
    ("priorities", "priorities", Text("minstens één prioriteit met toelichting", "at least one priority with an explanation")),
    ("flows", "mobilities", Text("minstens één geplande mobiliteit", "at least one planned mobility")),
)


def interest_faults(interest: InterestFacts) -> tuple[Reason, ...]:
    """Return everything that is missing or too long; empty when it may be submitted."""
    return tuple(_faults(interest))


def _faults(interest: InterestFacts) -> Iterator[Reason]:
    for field, attribute, label in _PARTS:
        if not getattr(interest, attribute):
            yield Reason("interest-part", Text(f"Ontbreekt: {label.nl}.", f"Missing: {label.en}."), field=field)
    if not interest.agreed_with_partner:
        text = Text(
            "Bevestig dat reismogelijkheden, niveau, taal en erkenning met de partner zijn besproken.",
            "Confirm that travel, level, language and recognition were discussed with the partner.",
        )
        yield Reason("interest-partner-agreed", text, field="agreed_with_partner")
    yield from unanswered_priorities(interest.unanswered)
    yield from answer_faults(interest.answers)


def unanswered_priorities(names: tuple[Text, ...]) -> Iterator[Reason]:
    """Yield a reason for every priority of the programme of which a proposal says neither how it serves it nor why not."""
    for name in names:
        text = Text(
            f"Zeg hoe het voorstel deze prioriteit dient, of waarom niet: {name.nl}.",
            f"Say how the proposal serves this priority, or why not: {name.en}.",
        )
        yield Reason("priority-unanswered", text, source="Erasmus+ Programme Guide, general objective", field="priorities")


def answer_faults(answers: tuple[AnswerFacts, ...]) -> Iterator[Reason]:
    """Yield a reason for every question without an answer, and for every answer past its limit."""
    for answer in answers:
        if not answer.length:
            text = Text(f"Vraag {answer.number} heeft nog geen antwoord.", f"Question {answer.number} has no answer yet.")
            yield Reason("answer-missing", text, field=f"answer_{answer.number}")
        elif answer.limit and answer.length > answer.limit:
            text = Text(
                f"Het antwoord op vraag {answer.number} is {answer.length - answer.limit} tekens te lang (hoogstens {answer.limit}).",
                f"The answer to question {answer.number} is {answer.length - answer.limit} characters too long (at most {answer.limit}).",
            )
            yield Reason("answer-too-long", text, field=f"answer_{answer.number}")
