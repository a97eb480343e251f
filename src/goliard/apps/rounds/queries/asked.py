"""What a round and its destinations ask of who applies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from goliard.apps.institutions.models import CountryAdvice
from goliard.apps.institutions.models.dated import holding
from goliard.apps.rounds.models import Round, RoundDestination, RoundRequirement
from goliard.apps.rounds.models.listed import listed
from goliard.rules.eligibility.facts import LanguageSkill, Person, Requirements, TravelAdvice
from goliard.rules.eligibility.verdict import refusals
from goliard.rules.values.cefr import CefrLevel
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Reason

ALWAYS_BARRED = frozenset({TravelAdvice.ORANGE, TravelAdvice.RED})


def requirements_of_round(round: Round) -> Requirements:
    """Return what the round asks of everybody. Prefetch `requirements` for many."""
    asked = next((_requirements(row) for row in round.requirements.all() if row.destination_id is None), Requirements())
    return replace(asked, for_staff=round.is_for_staff)


def requirements_of(destination: RoundDestination) -> Requirements:
    """Return what is asked for a destination: what the round asks, and in its place what the destination fills in."""
    rows = {row.destination_id: row for row in destination.round.requirements.all()}
    base = replace(_requirements(rows[None]) if None in rows else Requirements(), for_staff=destination.round.is_for_staff)
    if destination.pk not in rows:
        return base
    own, row = _requirements(rows[destination.pk]), rows[destination.pk]
    kept = {name: value for name, value in _parts(own).items() if value not in (None, frozenset(), ()) and name != "for_staff"}
    if not row.barred_advice:
        kept.pop("barred_advice", None)
    return replace(base, **kept)


def advice_of(destination: RoundDestination, day: date) -> TravelAdvice | None:
    """Return the travel advice for a destination on a day; None where the office wrote none, and for people who come."""
    if destination.direction == "incoming" or destination.is_own_host:
        return None
    rows = CountryAdvice.objects.filter(holding(day), country=destination.organisation.country_id)
    found = rows.order_by("-valid_from").values_list("colour", flat=True).first()
    return TravelAdvice(found) if found else None


def refusals_for(person: Person, destination: RoundDestination, day: date) -> tuple[Reason, ...]:
    """Return every reason why the person may not name this destination on a day; empty when they may."""
    return refusals(person, requirements_of(destination), advice_of(destination, day))


def _requirements(row: RoundRequirement) -> Requirements:
    advice = frozenset(TravelAdvice(colour.lower()) for colour in listed(row.barred_advice))
    return Requirements(
        minimum_credits=row.minimum_credits,
        minimum_average=row.minimum_average,
        cycles=frozenset(EqfLevel(int(digit)) for digit in row.eqf_levels),
        programmes=frozenset(listed(row.programmes)),
        faculties=frozenset(listed(row.faculty_keys)),
        subjects=frozenset(parse_isced_field(code) for code in listed(row.subjects)),
        languages=tuple(_skill(text) for text in listed(row.languages)),
        only_nationalities=frozenset(code.upper() for code in listed(row.only_nationalities)),
        barred_nationalities=frozenset(code.upper() for code in listed(row.barred_nationalities)),
        barred_advice=advice or ALWAYS_BARRED,
        staff_categories=frozenset(listed(row.staff_categories)),
    )


def _parts(asked: Requirements) -> dict[str, Any]:
    return {name: getattr(asked, name) for name in Requirements.__slots__}


def _skill(text: str) -> LanguageSkill:
    language, _, level = text.partition(" ")
    return LanguageSkill(language.lower(), CefrLevel(level.strip().upper()))
