"""Compare two copies of an agreement field by field, with meaning.

Two copies need be equivalent, not equal: the order of conditions, subjects and languages does not matter, blanks and capitals in free text
neither. What differs is named with both values, and where the two values are a known misunderstanding ("10 months" a student against
"20 months" in all), that is said too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from goliard.rules.agreements.copy import Condition, Copy
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: where, which field, what each side says (empty when it says nothing), and what it may mean."""

    where: Text
    field: str
    label: Text
    ours: str
    theirs: str
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    label: Text
    shown: Callable[[Condition], str]


def _listed(values: frozenset) -> str:
    return ", ".join(str(value) for value in sorted(values))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


FIELDS = (
    _Field("sending", Text("zendt uit", "sends"), lambda each: str(each.sending)),
    _Field("receiving", Text("ontvangt", "receives"), lambda each: str(each.receiving)),
    _Field("first_year", Text("eerste academisch jaar", "first academic year"), lambda each: str(each.first_year)),
    _Field("last_year", Text("laatste academisch jaar", "last academic year"), lambda each: str(each.last_year)),
    _Field("mobilities", Text("mobiliteiten per jaar", "mobilities a year"), lambda each: str(each.mobilities)),
    _Field("amount", Text("maanden of dagen per jaar", "months or days a year"), lambda each: _plain(each.amount)),
    _Field("eqf_levels", Text("EQF-niveaus", "EQF levels"), lambda each: _listed(each.eqf_levels)),
    _Field("subjects", Text("vakgebieden", "subject areas"), lambda each: _listed(each.subjects)),
    _Field("languages", Text("talen", "languages"), lambda each: _listed(each.languages)),
    _Field("is_blended", Text("blended mogelijk", "blended possible"), lambda each: "✓" if each.is_blended else "–"),
    _Field("other_terms", Text("overige afspraken", "other terms"), lambda each: " ".join(each.other_terms.split())),
)


def compare(ours: Copy, theirs: Copy) -> tuple[Difference, ...]:
    """Return every difference between two copies; empty when they are equivalent.

    Conditions are matched one to one by what they are about (mobility, direction, subject, level, years), so that a change in one field is
    told as a change and not as one condition gone and another come. What finds no match is told as missing on one side.
    """
    pairs, only_ours, only_theirs = match(ours.conditions, theirs.conditions)
    found = [difference for pair in pairs for difference in _of_condition(*pair)]
    found += [_missing(each, "", here=True) for each in only_ours]
    found += [_missing(each, "", here=False) for each in only_theirs]
    return (*_of_whole(ours, theirs), *found)


def match(
    ours: tuple[Condition, ...], theirs: tuple[Condition, ...]
) -> tuple[list[tuple[Condition, Condition]], list[Condition], list[Condition]]:
    """Return the pairs of conditions that are about the same thing, and what is left on each side.

    The most alike pair is taken first; conditions of another mobility or direction never match.
    """
    scored = [
        (-likeness(one, other), here, there)
        for (here, one), (there, other) in product(enumerate(ours), enumerate(theirs))
        if (one.kind, one.sending.hei, one.receiving.hei) == (other.kind, other.sending.hei, other.receiving.hei)
    ]
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    pairs = []
    for _score, here, there in sorted(scored):
        if here not in taken_ours and there not in taken_theirs:
            taken_ours.add(here)
            taken_theirs.add(there)
            pairs.append((here, there))
    return (
        [(ours[here], theirs[there]) for here, there in sorted(pairs)],
        [each for number, each in enumerate(ours) if number not in taken_ours],
        [each for number, each in enumerate(theirs) if number not in taken_theirs],
    )


def likeness(one: Condition, other: Condition) -> int:
    """Return how alike two conditions of the same mobility and direction are: subjects weigh most, then units, levels and years."""
    codes, other_codes = {each.isced_f for each in one.subjects}, {each.isced_f for each in other.subjects}
    score = 8 * (codes == other_codes) + 4 * bool(codes & other_codes)
    score += 3 * (one.sending == other.sending) + 3 * (one.receiving == other.receiving)
    score += 2 * (one.eqf_levels == other.eqf_levels)
    score += 2 * ((one.first_year, one.last_year) == (other.first_year, other.last_year))
    score += (one.mobilities == other.mobilities) + (one.amount == other.amount) + (one.languages == other.languages)
    return score


def _of_whole(ours: Copy, theirs: Copy) -> Iterator[Difference]:
    whole = Text("de overeenkomst als geheel", "the agreement as a whole")
    if ours.parties != theirs.parties:
        yield Difference(whole, "parties", Text("partijen", "parties"), _listed(ours.parties), _listed(theirs.parties))
    if ours.is_terminated != theirs.is_terminated:
        yield Difference(whole, "is_terminated", Text("beëindigd", "terminated"), _mark(ours.is_terminated), _mark(theirs.is_terminated))
    if _folded(ours.other_terms) != _folded(theirs.other_terms):
        yield Difference(whole, "other_terms", Text("overige afspraken", "other terms"), ours.other_terms, theirs.other_terms)


def _of_condition(one: Condition, other: Condition) -> Iterator[Difference]:
    for each in FIELDS:
        ours, theirs = each.shown(one), each.shown(other)
        if ours == theirs or (each.name == "other_terms" and _folded(ours) == _folded(theirs)):
            continue
        hint = amount_hint(one, other) if each.name == "amount" else None
        yield Difference(one.named(), each.name, each.label, ours, theirs, hint)


def amount_hint(one: Condition, other: Condition) -> Text | None:
    """Return what two different amounts may mean: one side counted for each person, the other for all together; None otherwise."""
    for each_side, total_side in ((one, other), (other, one)):
        if each_side.amount is None or total_side.amount is None or total_side.mobilities < 2:
            continue
        if each_side.amount * total_side.mobilities == total_side.amount:
            people, per_person, total = total_side.mobilities, _plain(each_side.amount), _plain(total_side.amount)
            unit = one.kind.unit
            return Text(
                f"{per_person} {unit.nl} is waarschijnlijk per persoon: {people} × {per_person} = {total} {unit.nl} in totaal.",
                f"{per_person} {unit.en} is probably for each person: {people} × {per_person} = {total} {unit.en} in all.",
            )
    return None


def _missing(condition: Condition, nothing: str, *, here: bool) -> Difference:
    people = f"{condition.mobilities} · {_plain(condition.amount)}"
    label = Text("alleen in onze kopie", "only in our copy") if here else Text("alleen in hun kopie", "only in their copy")
    return Difference(condition.named(), "condition", label, people if here else nothing, nothing if here else people)


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


def _mark(value: bool) -> str:  # noqa: FBT001 -- a value to print
    return "✓" if value else "–"
