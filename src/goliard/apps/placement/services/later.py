"""A later round for what is left, and the letters that invite to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.applications.services.letters import send_letter
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.placement.letters import LATER_ROUND
from goliard.apps.placement.models import LaterRound
from goliard.apps.placement.queries.desk import filled_pools
from goliard.apps.placement.queries.later import invitation, invited_by_letter
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.rounds.queries.opening import last_moment
from goliard.apps.rounds.services.copying import open_later_round
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class LaterDates:
    """The days of a later round; its times and zone are those of the earlier one."""

    opens_on: date
    closes_on: date
    results_on: date | None = None
    answer_by: date | None = None


@transaction.atomic
def open_round_for_what_is_left(
    *,
    round: Round,
    key: str,
    titles: Text,
    dates: LaterDates,
    left: Mapping[int, int],
    invites: str,
    actor: Actor,
    now: datetime,
) -> Round:
    """Make a draft of a later round out of places that nobody holds: `left` by the primary key of the pool.

    Raises Refused for more places than are free, dates out of order, and as `open_later_round`.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    list(DestinationPool.objects.select_for_update(of=("self",)).filter(destination__round=locked))
    if faults := [*_dates(dates), *_not_free(locked, left)]:
        raise Refused(faults)
    days = {"opens_on": dates.opens_on, "closes_on": dates.closes_on}
    made = open_later_round(round=locked, key=key, left=left, actor=actor, now=now, **days)
    made.title_nl, made.title_en = titles.nl.strip() or made.title_nl, titles.en.strip() or made.title_en
    made.results_on, made.answer_by = dates.results_on, dates.answer_by
    made.save(update_fields=["title_nl", "title_en", "results_on", "answer_by"])
    LaterRound.objects.create(round=made, invites=invites)
    record(actor=actor, verb="invite-to-round", subject=made, now=now, details={"invites": invites})
    return made


@transaction.atomic
def send_invitations(*, round: Round, actor: Actor, now: datetime) -> int:
    """Tell everybody who is without a place of the open later round, once; return how many letters were queued.

    Raises Refused before it opens, after its deadline, and for a round to which nobody is invited by letter.
    """
    locked = Round.objects.select_for_update(of=("self",)).select_related("follows").get(pk=round.pk)
    if locked.state != RoundState.OPEN or now > last_moment(locked):
        raise Refused([Reason("invite-when", Text("De ronde is niet open.", "The round is not open."))])
    sent = 0
    for application in invited_by_letter(locked):
        queued = send_letter(
            letter=LATER_ROUND, application=application, values=invitation(locked, application), now=now, once=f"round-{locked.pk}"
        )
        sent += queued is not None
    if sent:
        record(actor=actor, verb="invite-to-round", subject=locked, now=now, details={"letters": sent})
    return sent


def _dates(dates: LaterDates) -> list[Reason]:
    if dates.opens_on <= dates.closes_on:
        return []
    text = Text("De ronde opent na haar termijn.", "The round would open after its deadline.")
    return [Reason("later-dates", text, field="closes_on")]


def _not_free(round_: Round, left: Mapping[int, int]) -> list[Reason]:
    found = []
    for each in filled_pools(round_):
        if left.get(each.pool.pk, 0) > each.free:
            nl, en = each.pool.destination.name("nl"), each.pool.destination.name("en")
            text = Text(f"{nl}: er zijn {each.free} plaatsen vrij.", f"{en}: {each.free} places are free.")
            found.append(Reason("later-not-free", text, field=f"left-{each.pool.pk}"))
    return found
