"""A round that is being scored: two destinations, applications of students, and a committee."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.factories.applications import a_student, a_submitted_application
from tests.factories.calls import a_writer, actor_of
from tests.factories.rounds import AFTER, OFFICER, Stage, an_open_round

from goliard.apps.applications.models import Application
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.services.rounds import move_round
from goliard.apps.scoring.models import CommitteeMember, CommitteeSheet
from goliard.apps.scoring.services.committee import name_member
from goliard.apps.scoring.services.sheets import declare_conflict, hand_in_sheet
from goliard.rules.access.actor import Actor


@dataclass(frozen=True)
class Scoring:
    stage: Stage
    round: Round
    applications: tuple[Application, ...]
    members: tuple[CommitteeMember, ...]


def a_round_being_scored(students: int = 2, members: int = 2, **options: object) -> Scoring:
    """Students with averages 7.25, 8.0, 8.75 …, who wish alpha, then bravo; the members have no sheets yet."""
    stage = an_open_round(**options)  # type: ignore[arg-type]
    people = [a_student(stage, number, average_thousandths=7250 + 750 * (number - 1)) for number in range(1, students + 1)]
    applications = tuple(a_submitted_application(stage, person) for person in people)
    row = move_round(row=stage.round, action="close", actor=OFFICER, now=AFTER)
    row = move_round(row=row, action="score", actor=OFFICER, now=AFTER)
    named = tuple(
        name_member(round=row, user=a_writer(f"member{number}@example.org"), actor=OFFICER, now=AFTER) for number in range(1, members + 1)
    )
    return Scoring(stage, row, applications, named)


def member_actor(member: CommitteeMember) -> Actor:
    return actor_of(member.user)


def a_sheet_handed_in(sheet: CommitteeSheet, value: str, now: dt.datetime = AFTER) -> CommitteeSheet:
    """Without a conflict, the same value for every criterion of the committee."""
    from decimal import Decimal

    actor = member_actor(sheet.member)
    declared = declare_conflict(sheet=sheet, has_conflict=False, actor=actor, now=now)
    criteria = sheet.application.round.criteria.filter(source="committee")
    return hand_in_sheet(sheet=declared, points={row.pk: Decimal(value) for row in criteria}, comment="", actor=actor, now=now)
