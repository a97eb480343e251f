"""May this person apply here? Every requirement answers for itself, so that a person reads all that stands in the way, not the first of it.

What is not known counts as not met and is said to be unknown: somebody can then look it up. The thresholds are data of the round; the
university-wide exchange asks 60 EC and an average of 7.0 (6.5 for ISEP), and takes a master student without marks by the bachelor's
average.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from goliard.rules.eligibility.facts import Person, Requirements, TravelAdvice
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.texts import Reason, Text

COLOURS = {
    TravelAdvice.GREEN: Text("groen", "green"),
    TravelAdvice.YELLOW: Text("geel", "yellow"),
    TravelAdvice.ORANGE: Text("oranje", "orange"),
    TravelAdvice.RED: Text("rood", "red"),
}
STAFF = {
    "academic": Text("wetenschappelijk personeel", "academic staff"),
    "support": Text("ondersteunend personeel", "support staff"),
}


def refusals(person: Person, requirements: Requirements, advice: TravelAdvice | None = None) -> tuple[Reason, ...]:
    """Every reason why the person may not apply; empty when they may. `advice` is the destination's code, `None` where none counts."""
    of_students = (_enrolment, _level, _programme, _credits, _average)
    checks = ((_appointment, _category, _unit) if requirements.for_staff else of_students) + (_language, _nationality)
    found = [reason for check in checks for reason in check(person, requirements)]
    return (*found, *_travel(requirements, advice))


def _refuse(field: str, nl: str, en: str) -> Reason:
    return Reason(f"eligibility.{field}", Text(nl, en), field=field)


def _appointment(person: Person, _: Requirements) -> Iterator[Reason]:
    if not (person.is_staff and person.is_enrolled):
        yield _refuse("appointment", "je hebt hier geen aanstelling.", "you have no appointment here.")


def _category(person: Person, requirements: Requirements) -> Iterator[Reason]:
    wanted = requirements.staff_categories
    if wanted and person.staff_category not in wanted:
        nl, en = " of ".join(STAFF[each].nl for each in sorted(wanted)), " or ".join(STAFF[each].en for each in sorted(wanted))
        yield _refuse("staff-category", f"dit is voor {nl}.", f"this is for {en}.")


def _enrolment(person: Person, _: Requirements) -> Iterator[Reason]:
    if person.is_staff or not person.is_enrolled:
        yield _refuse("enrolment", "je bent niet ingeschreven.", "you are not enrolled.")


def _level(person: Person, requirements: Requirements) -> Iterator[Reason]:
    if not requirements.cycles:
        return
    wanted = sorted(requirements.cycles)
    nl, en = (" of ".join(level.label.nl for level in wanted), " or ".join(level.label.en for level in wanted))
    if person.cycle is None:
        yield _refuse("cycle", f"je studieniveau is niet bekend; gevraagd is: {nl}.", f"your level of study is not known; asked for: {en}.")
    elif person.cycle not in requirements.cycles:
        yield _refuse("cycle", f"dit is voor een ander studieniveau: {nl}.", f"this is for another level of study: {en}.")


def _programme(person: Person, requirements: Requirements) -> Iterator[Reason]:
    if requirements.programmes and person.programme not in requirements.programmes:
        yield _refuse("programme", "dit is niet voor jouw opleiding.", "this is not for your programme.")
    yield from _unit(person, requirements)


def _unit(person: Person, requirements: Requirements) -> Iterator[Reason]:
    if requirements.faculties and person.faculty not in requirements.faculties:
        yield _refuse("faculty", "dit is niet voor jouw faculteit.", "this is not for your faculty.")
    if requirements.subjects and not (person.subject and any(field.covers(person.subject) for field in requirements.subjects)):
        yield _refuse("subject", "dit is niet voor jouw vakgebied.", "this is not for your subject area.")


def _credits(person: Person, requirements: Requirements) -> Iterator[Reason]:
    least = requirements.minimum_credits
    if least is None or person.cycle in {EqfLevel.MASTER, EqfLevel.DOCTORATE}:
        return
    if person.credits is None:
        yield _refuse(
            "credits",
            f"je studiepunten zijn niet bekend; nodig: {_nl(least)} EC.",
            f"your credits are not known; needed: {_plain(least)} EC.",
        )
    elif person.credits < least:
        yield _refuse(
            "credits",
            f"je hebt {_nl(person.credits)} EC; nodig: {_nl(least)} EC.",
            f"you have {_plain(person.credits)} EC; needed: {_plain(least)} EC.",
        )


def _average(person: Person, requirements: Requirements) -> Iterator[Reason]:
    least = requirements.minimum_average
    if least is None:
        return
    average = person.average
    if average is None and person.cycle is EqfLevel.MASTER:
        average = person.bachelor_average
    if average is None:
        yield _refuse(
            "average", f"je gemiddelde is niet bekend; nodig: {_nl(least)}.", f"your average is not known; needed: {_plain(least)}."
        )
    elif average < least:  # not rounded: 6.96 is not 7.0
        yield _refuse(
            "average",
            f"je gemiddelde is {_nl(average)}; nodig: {_nl(least)}.",
            f"your average is {_plain(average)}; needed: {_plain(least)}.",
        )


def _language(person: Person, requirements: Requirements) -> Iterator[Reason]:
    enough = any(
        skill.language == wanted.language and skill.level.reaches(wanted.level)
        for wanted in requirements.languages
        for skill in person.languages
    )
    if requirements.languages and not enough:
        listed = [f"{wanted.language} {wanted.level}" for wanted in requirements.languages]
        nl, en = " of ".join(listed), " or ".join(listed)
        yield _refuse("language", f"taalniveau dat gevraagd wordt: {nl}.", f"language level asked for: {en}.")


def _nationality(person: Person, requirements: Requirements) -> Iterator[Reason]:
    only, barred = requirements.only_nationalities, requirements.barred_nationalities
    if (only or barred) and not person.nationalities:
        yield _refuse("nationality", "je nationaliteit is niet bekend.", "your nationality is not known.")
    elif only and not person.nationalities & only:
        yield _refuse("nationality", "dit is voor andere nationaliteiten.", "this is for other nationalities.")
    elif barred and person.nationalities <= barred:  # a second nationality opens the way
        yield _refuse("nationality", "dit staat niet open voor jouw nationaliteit.", "this is not open to your nationality.")


def _travel(requirements: Requirements, advice: TravelAdvice | None) -> Iterator[Reason]:
    if advice in requirements.barred_advice:
        colour = COLOURS[advice]
        yield _refuse("travel-advice", f"het reisadvies is {colour.nl}.", f"the travel advice is {colour.en}.")


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _nl(number: Decimal) -> str:
    return _plain(number).replace(".", ",")
