"""Why approval would fail: what is told before a copy is sent, not after.

Sources: the iias 7 specification (mandatory elements, four-digit ISCED-F codes, years in order) and the template of the Erasmus+
inter-institutional agreement 2021-2029 (recommended language levels).
"""

from __future__ import annotations

from collections.abc import Iterator

from goliard.rules.agreements.copy import Condition, ConditionKind, Copy
from goliard.rules.values.texts import Reason, Text

IIAS_7 = "EWP iias 7"
TEMPLATE = "IIA template 2021-2029"


def obstacles(copy: Copy, *, in_network: bool) -> tuple[Reason, ...]:
    """Return every reason why a partner could not approve the copy; empty when nothing stands in the way.

    `in_network` asks the rules of Erasmus Without Paper too, which hold between exactly two institutions.
    """
    found = [*_of_whole(copy, in_network=in_network)]
    for number, condition in enumerate(copy.conditions, start=1):
        found += [
            Reason(
                rule,
                Text(f"Voorwaarde {number} ({condition.named().nl}): {nl}", f"Condition {number} ({condition.named().en}): {en}"),
                source,
                field,
            )
            for rule, field, nl, en, source in _of_condition(condition, copy, in_network=in_network)
        ]
    return tuple(found)


def _of_whole(copy: Copy, *, in_network: bool) -> Iterator[Reason]:
    if len(copy.parties) < 2:
        yield Reason("parties", Text("Er is nog geen tweede partij.", "There is no second party yet."), field="parties")
    if in_network and len(copy.parties) > 2:
        yield Reason(
            "two-parties",
            Text(
                "In Erasmus Without Paper heeft een overeenkomst precies twee partijen.",
                "In Erasmus Without Paper an agreement has exactly two parties.",
            ),
            IIAS_7,
            "parties",
        )
    if not copy.conditions and not copy.is_terminated:
        yield Reason("conditions", Text("Er is nog geen enkele voorwaarde.", "There is no condition yet."), field="conditions")


Fault = tuple[str, str, str, str, str]


def _of_condition(each: Condition, copy: Copy, *, in_network: bool) -> Iterator[Fault]:
    if not {each.sending.hei, each.receiving.hei} <= copy.parties:
        yield "foreign-side", "sending", "een kant is geen partij.", "a side is no party.", ""
    if each.sending.hei == each.receiving.hei:
        yield "one-side", "receiving", "zender en ontvanger zijn dezelfde.", "sender and receiver are the same.", ""
    if each.first_year > each.last_year:
        yield "years", "last_year", "het laatste jaar ligt voor het eerste.", "the last year lies before the first.", IIAS_7
    if each.mobilities < 1:
        yield "mobilities", "mobilities", "het aantal mobiliteiten ontbreekt.", "the number of mobilities is missing.", IIAS_7
    yield from _amount(each)
    yield from _subjects(each, in_network=in_network)
    yield from _languages(each)
    if each.kind.is_student and not each.eqf_levels:
        yield "eqf", "eqf_levels", "het niveau (EQF) ontbreekt.", "the level (EQF) is missing.", TEMPLATE


def _amount(each: Condition) -> Iterator[Fault]:
    if each.kind in {ConditionKind.STUDENT_STUDIES, ConditionKind.STAFF_TEACHING} and each.amount is None:
        yield "amount", "amount", f"het totaal aan {each.kind.unit.nl} ontbreekt.", f"the total of {each.kind.unit.en} is missing.", IIAS_7
    elif each.amount is not None and each.amount <= 0:
        yield (
            "amount",
            "amount",
            f"het totaal aan {each.kind.unit.nl} is niet positief.",
            f"the total of {each.kind.unit.en} is not positive.",
            IIAS_7,
        )


def _subjects(each: Condition, *, in_network: bool) -> Iterator[Fault]:
    short = sorted(subject.isced_f for subject in each.subjects if len(subject.isced_f) != 4)
    if short and in_network:
        codes = ", ".join(short)
        yield "isced", "subjects", f"ISCED-F moet vier cijfers hebben: {codes}.", f"ISCED-F must have four digits: {codes}.", IIAS_7


def _languages(each: Condition) -> Iterator[Fault]:
    if each.kind.needs_language and not each.languages:
        yield "language", "languages", "een aanbevolen taal ontbreekt.", "a recommended language is missing.", IIAS_7
    for language in sorted(each.languages):
        if each.kind.needs_language and not language.level:
            name = language.language
            yield "cefr", "languages", f"het niveau van {name} ontbreekt.", f"the level of {name} is missing.", TEMPLATE
