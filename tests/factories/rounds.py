"""A round of exchange with destinations out of an agreement in effect, a form and criteria that add up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.models import Agreement, CooperationCondition
from goliard.apps.institutions.models import Organisation
from goliard.apps.rounds.models import Criterion, DestinationPool, DocumentRequirement, FormQuestion, Round, RoundRequirement
from goliard.apps.rounds.services.destinations import draw_condition
from goliard.apps.rounds.services.rounds import lock_policy, move_round
from goliard.rules.access.actor import Actor, Role, RoleGrant

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)  # a round made here is open from 2 November to 1 December 2026, 23:59 in Amsterdam
AFTER = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)
OFFICER = Actor("system:office", (RoleGrant(Role.OFFICER),))


@dataclass(frozen=True)
class Stage:
    university: University
    round: Round
    pools: tuple[DestinationPool, ...]


def a_round(key: str = "exchange-2027", **fields: Any) -> Round:
    """A draft: 60 EC and an average of 7.0, up to three wishes, a motivation and a transcript, marks 60% and motivation 40%."""
    values: dict[str, Any] = {
        "kind": "university-wide", "title_nl": "Uitwisseling 2027/2028", "title_en": "Exchange 2027/2028", "academic_year": "2027/2028",
        "opens_on": dt.date(2026, 11, 2), "closes_on": dt.date(2026, 12, 1), "wishes_min": 1, "wishes_max": 3,
        "results_on": dt.date(2027, 2, 1), "answer_by": dt.date(2027, 2, 8),
    }  # fmt: skip
    made = Round.objects.create(key=key, **(values | fields))
    RoundRequirement.objects.create(round=made, minimum_credits=60, minimum_average=7)
    FormQuestion.objects.create(round=made, text_nl="Waarom wil je gaan?", text_en="Why do you want to go?", longest=2000)
    DocumentRequirement.objects.create(round=made, title_nl="Cijferlijst", title_en="Transcript", types="pdf", megabytes=2)
    Criterion.objects.create(round=made, position=1, name_nl="Gemiddelde", name_en="Average", source="average", weight=60, least="5.5")
    Criterion.objects.create(round=made, position=2, name_nl="Motivatie", name_en="Motivation", aim="motivation", weight=40)
    return made


def a_condition(university: University, key: str = "partner-2026", places: int = 2) -> CooperationCondition:
    """The outgoing condition of an agreement in effect with a partner of its own key."""
    partner = Organisation.objects.filter(key=key).first() or Organisation.objects.create(
        key=key, kind="hei", name_en=key.title(), name_nl=f"{key.title()} (nl)", country=university.home.country, search_key=key
    )
    there = University(**{**{name: getattr(university, name) for name in University.__dataclass_fields__}, "partner": partner})
    another = f"-{Agreement.objects.count()}" if Agreement.objects.filter(key=key).exists() else ""
    agreement: Agreement = an_agreement(there, state="in-effect", key=key + another, places=places)
    return CooperationCondition.objects.get(version__agreement=agreement, sending=university.home)


def a_drawn_round(
    destinations: int = 2, *, places: int = 2, key: str = "exchange-2027", university: University | None = None, **fields: Any
) -> Stage:
    """A draft round with destinations `alpha`, `bravo`, … of so many places each."""
    university = university or a_small_university()
    made = a_round(key, **fields)
    names = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot")[:destinations]
    conditions = [a_condition(university, name, places) for name in names]
    pools = [draw_condition(round=made, condition=each, places=places, actor=OFFICER, now=NOW) for each in conditions]
    return Stage(university, made, tuple(pools))


def an_open_round(destinations: int = 2, **options: Any) -> Stage:
    """Open, with the policy locked."""
    stage = a_drawn_round(destinations, **options)
    opened = move_round(row=stage.round, action="open", actor=OFFICER, now=NOW)
    locked = lock_policy(round=opened, actor=OFFICER, now=NOW)
    return Stage(stage.university, locked, stage.pools)


def a_closed_round(destinations: int = 2, **options: Any) -> Stage:
    """Closed after the deadline (`AFTER`)."""
    stage = an_open_round(destinations, **options)
    return Stage(stage.university, move_round(row=stage.round, action="close", actor=OFFICER, now=AFTER), stage.pools)
