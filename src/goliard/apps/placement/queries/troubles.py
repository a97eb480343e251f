"""What went wrong with the places of a round since they were drawn: agreements that ended or give fewer, countries where nobody may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from goliard.apps.agreements.choices import AgreementState, ClaimState
from goliard.apps.agreements.models import CooperationCondition, PlaceClaim
from goliard.apps.placement.models import Offer
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.queries.gathering import barred_on
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.rules.values.texts import Reason, Text

ENDED = Reason(
    "agreement-over",
    Text(
        "de overeenkomst is niet meer van kracht. Vraag de partner of de plaatsen nog gelden.",
        "the agreement is no longer in effect. Ask the partner whether the places still stand.",
    ),
)
NO_NOMINATION = Text("Zolang dat zo is wordt niemand genomineerd.", "Nobody is nominated while it is.")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that an officer must look at: where, why, and how many people have a place there."""

    pool: DestinationPool
    reason: Reason
    people: int


def troubles_of(round_: Round, day: date) -> list[Trouble]:
    """Return what is wrong with the places of a round on a day, by destination; the number of queries grows with destinations only."""
    pools = list(
        DestinationPool.objects.filter(destination__round=round_, destination__is_withdrawn=False, places__gt=0)
        .select_related(
            "destination__organisation__country", "destination__unit", "destination__round", "faculty",
            "condition__version__agreement", "claim__condition__version__agreement",
        )
        .order_by("destination__organisation__name_en", "pk")
    )  # fmt: skip
    live = Offer.objects.filter(pool__in=pools, state__in=LIVE).order_by()
    people = dict(live.values_list("pool").annotate(Count("pk")))
    promised = _promised([pool.current_condition for pool in pools], round_.academic_year)
    barred = {pool.destination_id: barred_on(pool.destination, day) for pool in pools}
    return [
        Trouble(pool, reason, people.get(pool.pk, 0))
        for pool in pools
        for reason in (*_agreement(pool, round_, promised), *_advice(barred[pool.destination_id]))
    ]


def _promised(conditions: list[CooperationCondition | None], year: str) -> dict[int, int]:
    live = PlaceClaim.objects.filter(condition__in=[each for each in conditions if each], academic_year=year)
    return dict(live.exclude(state=ClaimState.RELEASED).order_by().values_list("condition").annotate(Sum("places")))


def _agreement(pool: DestinationPool, round_: Round, promised: dict[int, int]) -> list[Reason]:
    condition = pool.current_condition
    if condition is None:
        return []
    if condition.version.agreement.state != AgreementState.IN_EFFECT:
        return [ENDED]
    gives, wanted = condition.mobilities_per_year or 0, promised.get(condition.pk, 0)
    if wanted <= gives:
        return []
    year = round_.academic_year
    text = Text(
        f"de overeenkomst geeft in {year} nog {gives} plaats(en), en er zijn er {wanted} toegezegd. Trek een plaats in, met reden.",
        f"the agreement gives {gives} place(s) in {year} by now, and {wanted} are promised. Take a place away, with a reason.",
    )
    return [Reason("agreement-fewer", text)]


def _advice(barred: tuple[Reason, ...]) -> list[Reason]:
    return [Reason(each.rule, Text(f"{each.because.nl} {NO_NOMINATION.nl}", f"{each.because.en} {NO_NOMINATION.en}")) for each in barred]
