"""What the office's screens show of placements: rounds, names of places, outcomes that a filter finds, who must act."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.applications.queries.submitted import submitted_in
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer, PlacementOutcome, PlacementRun
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.queries.answers import not_waiting
from goliard.apps.placement.queries.gathering import applicant_id
from goliard.apps.placement.queries.stored import stored_assignment, stored_market
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.rules.placement.laboratory import Difference, differences
from goliard.rules.values.folding import fold

AFTER_DEADLINE = (RoundState.CLOSED, RoundState.SCORING, RoundState.PLACED, RoundState.PUBLISHED, RoundState.ENDED)


@dataclass(frozen=True, slots=True)
class Answered:
    """How the offers of a round stand. `overdue` wait for an answer after their moment."""

    open: int
    overdue: int
    accepted: int
    declined: int
    expired: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A pool with its places, those that are offered or accepted, and how many wait for one."""

    pool: DestinationPool
    taken: int
    accepted: int
    waiting: int

    @property
    def free(self) -> int:
        """Places that nobody holds."""
        return max(0, self.pool.places - self.taken)


def placing_rounds(rows: QuerySet[Round, Any]) -> QuerySet[Round, Any]:
    """Return those of `rows` whose deadline has passed, the latest first, each with its numbers of runs and applications."""
    counts = {
        "run_number": Count("placement_runs", distinct=True),
        "application_number": Count("applications", filter=Q(applications__state="submitted"), distinct=True),
    }
    return rows.filter(state__in=AFTER_DEADLINE).select_related("owner").annotate(**counts).order_by("-closes_on", "pk")


def applicants_in(round_: Round) -> int:
    """Return how many applications take part."""
    return counting_applications(round_.pk).count()


def answered(round_: Round, now: datetime) -> Answered:
    """Count the offers of a round by where they stand."""
    found = dict(Offer.objects.filter(application__round=round_).order_by().values_list("state").annotate(Count("pk")))
    overdue = Offer.objects.filter(application__round=round_, state=OfferState.OPEN, answer_by__lt=now).count()
    names = (OfferState.OPEN, OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN)
    opened, accepted, declined, expired, withdrawn = (found.get(name.value, 0) for name in names)
    return Answered(opened - overdue, overdue, accepted, declined, expired, withdrawn)


def filled_pools(round_: Round) -> list[Filled]:
    """Return the pools of a round with who holds their places, and how many wait still; the number of queries does not grow."""
    offers = Offer.objects.filter(pool__destination__round=round_, state__in=LIVE).order_by()
    taken = dict(offers.values_list("pool").annotate(Count("pk")))
    accepted = dict(offers.filter(state=OfferState.ACCEPTED).values_list("pool").annotate(Count("pk")))
    run = published_run(round_)
    waiting = _waiting(run) if run else Counter()
    pools = DestinationPool.objects.filter(destination__round=round_, destination__is_withdrawn=False)
    rows = pools.select_related("destination__organisation", "destination__unit", "faculty").order_by(
        "destination__organisation__name_en", "pk"
    )
    return [Filled(row, taken.get(row.pk, 0), accepted.get(row.pk, 0), waiting.get(row.pk, 0)) for row in rows]


def _waiting(run: PlacementRun) -> Counter[int]:
    """How many wait for each pool, without those who stay where they are or are gone."""
    entries = list(run.waiting.filter(left_at=None).order_by().values_list("pool_id", "application_id"))
    gone = not_waiting({application for _pool, application in entries})
    return Counter(pool for pool, application in entries if application not in gone)


def faculties_in(round_: Round) -> dict[str, tuple[str, str]]:
    """Return key and name of the faculty of every applicant of a round, as it was when the application was handed in."""
    rows = {applicant_id(row.application): row.faculty for row in submitted_in(round_)}
    units = OrganizationalUnit.objects.filter(key__in=set(rows.values()), organisation__is_home=True)
    language = get_language() or "en"
    names = {unit.key: unit.name(language) for unit in units}
    return {applicant: (key, names.get(key, key)) for applicant, key in rows.items() if key}


def published_run(round_: Round) -> PlacementRun | None:
    """Return the run whose outcome holds now."""
    return round_.placement_runs.filter(state="published").first()


def outcomes_of(run: PlacementRun, *, words: str = "", pool: str = "", placed: str = "") -> QuerySet[PlacementOutcome, Any]:
    """Return the outcomes of a run by number, narrowed: words in a name, the public id of a pool, `yes` or `no` for placed."""
    related = "application__person", "application__enrolment__unit", "pool__destination__organisation", "pool__destination__unit"
    rows = run.outcomes.select_related(*related)
    if words.strip().isdecimal():
        rows = rows.filter(application_id=int(words.strip()[:15]))
    elif words.strip():
        rows = rows.filter(application__person__search_key__contains=fold(words.strip()))
    if pool:
        rows = rows.filter(pool__public_id=pool)
    if placed in {"yes", "no"}:
        rows = rows.filter(pool__isnull=placed == "no")
    return rows.order_by("application_id")


def changed_between(before: PlacementRun, after: PlacementRun) -> list[Difference]:
    """Return whose outcome differs between two runs; the scores do not count."""
    old, new = stored_market(before), stored_market(after)
    return differences(stored_assignment(before, old), stored_assignment(after, new))
