"""Turn a round's rows into a market: who wishes what with which score, where there are places, and what no one may be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.declarations import recognised_in
from goliard.apps.applications.queries.submitted import Submitted, submitted_in
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.choices import Seniority
from goliard.apps.placement.queries.later import has_a_place, placed_people
from goliard.apps.rounds.choices import GroupKind
from goliard.apps.rounds.models import Round, RoundDestination, RoundGroup
from goliard.apps.rounds.queries.asked import advice_of, requirements_of
from goliard.apps.rounds.queries.pools import pools_of
from goliard.apps.scoring.queries.committee import READERS, too_few_readers
from goliard.rules.eligibility.facts import Person, Requirements
from goliard.rules.eligibility.verdict import refusals
from goliard.rules.placement.market import GroupPlaces, Market, MarketProblem
from goliard.rules.placement.pools import Candidate, Pool, PoolWish, market_of_pools
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Reason, Text

Scores = Mapping[tuple[int, str], Decimal]  # by number of the application and public id of the destination
WITHDRAWN = Reason("placement.withdrawn", Text("deze bestemming is vervallen.", "this destination is withdrawn."))
NO_LEVEL = Reason("placement.level-unknown", Text("je studieniveau is niet bekend.", "your level of study is not known."))
AS_SCORED = "as_scored"  # beside what is told of a run: whether its scores are the totals of the round, or others that were tried
NOT_ASSESSED = Decimal(0)  # the score of a wish that may not be met, which nobody assesses


@dataclass(frozen=True, slots=True)
class Gathered:
    """A market, and what is told of it beside its text: names of pools, sentences of barred wishes, groups behind their letters."""

    market: Market
    told: dict[str, Any]


def applicant_id(number: int) -> str:
    """How an application is called in a market: its number, so that the order of texts is the order of numbers."""
    return f"{number:07d}"


def gathered(round: Round, scores: Scores, day: date) -> Gathered:
    """Return the market of what was handed in and not withdrawn, with the travel advice of `day`.

    Groups stand in it under letters of their own (g1, g2, …): the text is handed on, and must not say who has fewer opportunities. Raises
    Refused for a wish without a score, and for groups that overlap at a destination.
    """
    rows, pools = submitted_in(round), pools_of(round)
    letters = {group.key: f"g{number}" for number, group in enumerate(round.groups.order_by("key"), 1)}
    destinations = {str(row.public_id): row for row in round.destinations.select_related("organisation__country", "round")}
    barred = {key: barred_on(row, day) for key, row in destinations.items()}
    members = _members(round, rows)
    placed_before = _placed_before(round, rows)
    missing: list[Reason] = []
    candidates = []
    for row in rows:
        groups = frozenset(letters[key] for key, people in members.items() if row.application in people)
        own = {**barred} if row.application not in placed_before else dict.fromkeys(barred, (has_a_place(placed_before[row.application]),))
        candidates.append(_candidate(row, scores, own, groups, missing))
    if missing:
        raise Refused(few_reasons(missing))
    try:
        market = market_of_pools(candidates, [_lettered(pool, letters) for pool in pools])
    except MarketProblem as problem:
        raise Refused([Reason("placement.input", problem.because)]) from None
    return Gathered(market, _told(market, destinations, letters))


def _candidate(
    row: Submitted, scores: Scores, barred: Mapping[str, tuple[Reason, ...]], groups: frozenset[str], missing: list[Reason]
) -> Candidate:
    wishes = []
    for wish in row.wishes:
        why = barred.get(wish.destination, (WITHDRAWN,)) + (() if row.cycle or row.is_staff else (NO_LEVEL,))
        score = scores.get((row.application, wish.destination))
        if score is None and not why:
            number, rank = row.application, wish.rank
            text = Text(f"Aanmelding {number}, wens {rank}: geen score.", f"Application {number}, wish {rank}: no score.")
            missing.append(Reason("placement.no-score", text))
        wishes.append(PoolWish(wish.rank, wish.destination, NOT_ASSESSED if score is None else score, wish.term, why))
    subject = parse_isced_field(row.subject) if row.subject else None
    return Candidate(applicant_id(row.application), row.cycle or EqfLevel.BACHELOR, subject, row.faculty, tuple(wishes), groups)


def barred_on(destination: RoundDestination, day: date) -> tuple[Reason, ...]:
    """Return why nobody is given a place there on a day: the destination was withdrawn, or the travel advice forbids it."""
    if destination.is_withdrawn:
        return (WITHDRAWN,)
    asked = Requirements(barred_advice=requirements_of(destination).barred_advice)
    return refusals(Person(is_enrolled=True), asked, advice_of(destination, day))


def _placed_before(round: Round, rows: list[Submitted]) -> dict[int, Round]:
    """Who got a place in the round that this one follows meanwhile: nobody holds two."""
    if round.follows is None:
        return {}
    held = placed_people(round.follows).values("application__person")
    mine = Application.objects.filter(pk__in=[row.application for row in rows], person__in=held)
    return dict.fromkeys(mine.values_list("pk", flat=True), round.follows)


def _members(round: Round, rows: list[Submitted]) -> dict[str, frozenset[int]]:
    """Per group of the round the numbers of the applications in it."""
    return {group.key: frozenset(_in_group(group, rows)) for group in round.groups.select_related("unit")}


def _in_group(group: RoundGroup, rows: list[Submitted]) -> set[int]:
    match group.kind:
        case GroupKind.FEWER_OPPORTUNITIES:
            recognised = recognised_in(group.round_id)
            return {row.application for row in rows if row.application in recognised}
        case GroupKind.UNIT:
            unit = group.unit.key if group.unit else ""
            return {row.application for row in rows if unit in {row.faculty, row.record.get("unit", "")}}
        case GroupKind.BACHELOR | GroupKind.MASTER:
            level = EqfLevel.BACHELOR if group.kind == GroupKind.BACHELOR else EqfLevel.MASTER
            return {row.application for row in rows if row.cycle is level}
        case GroupKind.EARLY_CAREER:
            return {row.application for row in rows if row.record.get("seniority") == Seniority.JUNIOR}
    return set()


def _lettered(pool: Pool, letters: Mapping[str, str]) -> Pool:
    def under(places: tuple[GroupPlaces, ...]) -> tuple[GroupPlaces, ...]:
        return tuple(GroupPlaces(letters[each.group], each.places) for each in places)

    return Pool(
        id=pool.id, destination=pool.destination, places=pool.places, name=pool.name, semesters=pool.semesters, cycles=pool.cycles,
        subjects=pool.subjects, faculties=pool.faculties, reserves=under(pool.reserves), maxima=under(pool.maxima),
    )  # fmt: skip


def _told(market: Market, destinations: Mapping[str, RoundDestination], letters: Mapping[str, str]) -> dict[str, Any]:
    names = {each.id: [each.title.nl, each.title.en] for each in market.destinations if each.name}
    names |= {key: [row.name("nl"), row.name("en")] for key, row in destinations.items() if key in market.destination and key not in names}
    barred = {
        f"{applicant.id} {wish.destination}": [[reason.rule, reason.because.nl, reason.because.en] for reason in wish.barred]
        for applicant in market.applicants
        for wish in applicant.wishes
        if wish.barred
    }
    return {"names": names, "barred": barred, "groups": {letter: key for key, letter in letters.items()}}


def read_by_too_few(round: Round) -> list[Reason]:
    """Return why nobody may be placed yet: applications that fewer members of the committee scored than must."""
    found = []
    for number, readers in too_few_readers(round).items():
        text = Text(
            f"Aanmelding {number}: door {readers} van de commissie beoordeeld; dat moeten er ten minste {READERS} zijn.",
            f"Application {number}: scored by {readers} of the committee; that must be {READERS} at least.",
        )
        found.append(Reason("placement.readers", text))
    return few_reasons(found)


def few_reasons(reasons: list[Reason], shown: int = 10) -> list[Reason]:
    """Return the first reasons of many, and how many more there are."""
    more = len(reasons) - shown
    if more <= 0:
        return reasons
    return [*reasons[:shown], Reason("placement.more", Text(f"En nog {more} van die aard.", f"And {more} more of that kind."))]
