"""A round with applications that are scored: whoever wishes what stands as a table, and runs and offers are made by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.factories.applications import a_student, a_submitted_application
from tests.factories.rounds import AFTER, NOW, OFFICER, Stage, a_drawn_round

from goliard.apps.applications.models import Application, OpportunityDeclaration
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.queries.gathering import Scores
from goliard.apps.placement.services.asking import ask_placement, ask_reoffer
from goliard.apps.placement.services.computing import compute_waiting
from goliard.apps.placement.services.publishing import adopt_placement, publish_placement
from goliard.apps.rounds.models import PoolGroup, RoundGroup
from goliard.apps.rounds.services.rounds import lock_policy, move_round

SCORED = dt.datetime(2027, 1, 20, 12, tzinfo=dt.UTC)
PUBLISHED = dt.datetime(2027, 2, 1, 12, tzinfo=dt.UTC)
ANSWER_BY = dt.datetime(2027, 2, 8, 22, 59, tzinfo=dt.UTC)
# one place at alpha and bravo each: the first gets alpha, the second bravo, the third waits for both
THREE = ("alpha 8.1, bravo 8.1", "alpha 7.9, bravo 7.9", "alpha 7, bravo 7")


@dataclass(frozen=True)
class Scored:
    """A round in scoring, its applications in the order of the table, and their scores."""

    stage: Stage
    applications: tuple[Application, ...]
    scores: Scores

    def number(self, place: int) -> int:
        """The number of the application that stands so far down the table, from 1."""
        return self.applications[place - 1].pk


def a_scored_round(
    wishes: Sequence[str] = THREE, *, destinations: int = 2, places: int = 1, few: Sequence[int] = (), **options: Any
) -> Scored:
    """`["alpha 8.1, bravo 8.1", …]`: a line an applicant, each wish with its score.

    `few` numbers those who were recognised as having fewer opportunities; the first destination then keeps a place for them.
    """
    drawn = a_drawn_round(destinations, places=places, **options)
    if few:
        group = RoundGroup.objects.create(
            round=drawn.round, key="fewer", kind="fewer-opportunities", title_nl="Minder kansen", title_en="Fewer opportunities"
        )
        PoolGroup.objects.create(pool=drawn.pools[0], group=group, reserved=1)
    opened = move_round(row=drawn.round, action="open", actor=OFFICER, now=NOW)
    stage = Stage(drawn.university, lock_policy(round=opened, actor=OFFICER, now=NOW), drawn.pools)
    keys = {row.organisation.key: str(row.public_id) for row in stage.round.destinations.select_related("organisation")}
    made, scores = [], {}
    for number, line in enumerate(wishes, 1):
        named = dict(part.split(" ") for part in line.split(", "))
        made.append(a_submitted_application(stage, a_student(stage, number), *named))
        scores |= {(made[-1].pk, keys[name]): Decimal(score) for name, score in named.items()}
        if number in few:
            OpportunityDeclaration.objects.create(
                application=made[-1], ground="economic", consented_at=NOW, assessment="recognised", assessed_at=AFTER
            )
    closed = move_round(row=stage.round, action="close", actor=OFFICER, now=AFTER)
    scoring = move_round(row=closed, action="score", actor=OFFICER, now=AFTER)
    return Scored(Stage(stage.university, scoring, stage.pools), tuple(made), scores)


def a_computed_run(scored: Scored, **options: Any) -> PlacementRun:
    """Asked for and computed."""
    run = ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED, **options)
    compute_waiting(worker="test", clock=lambda: SCORED)
    return PlacementRun.objects.get(pk=run.pk)


def offered_again(scored: Scored, now: dt.datetime = PUBLISHED + dt.timedelta(days=1)) -> PlacementRun:
    """Free places offered again, computed and published, to be answered within five days."""
    run = ask_reoffer(round=scored.stage.round, actor=OFFICER, now=now)
    compute_waiting(worker="test", clock=lambda: now)
    return publish_placement(run=PlacementRun.objects.get(pk=run.pk), answer_by=now + dt.timedelta(days=5), actor=OFFICER, now=now)


def a_published_run(scored: Scored | None = None, answer_by: dt.datetime = ANSWER_BY, now: dt.datetime = PUBLISHED) -> PlacementRun:
    """Adopted and published, with offers to be answered by 8 February 2027, 23:59 in Amsterdam."""
    run = a_computed_run(scored or a_scored_round())
    adopted = adopt_placement(run=run, actor=OFFICER, now=SCORED)
    return publish_placement(run=adopted, answer_by=answer_by, actor=OFFICER, now=now)


def held(scored: Scored) -> list[str]:
    """Who holds which place in the order of the table: `alpha open`, `bravo accepted`, or nothing."""
    rows = {
        row.application_id: row
        for row in Offer.objects.filter(state__in=("open", "accepted")).select_related("pool__destination__organisation")
    }
    shown = {number: f"{row.pool.destination.organisation.key} {row.state}" for number, row in rows.items()}
    return [shown.get(application.pk, "") for application in scored.applications]


def offer_of(scored: Scored, place: int) -> Offer:
    """The newest offer to the applicant who stands so far down the table, from 1."""
    return Offer.objects.filter(application=scored.applications[place - 1]).latest("pk")
