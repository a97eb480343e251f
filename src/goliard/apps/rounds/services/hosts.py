"""Places without an agreement: of companies that take trainees, and for hosts that applicants find themselves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rounds.choices import RoundKind, TermChoice
from goliard.apps.rounds.models import DestinationPool, Round, RoundDestination
from goliard.apps.rounds.services.destinations import changeable, destination_at
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def offer_places(
    *, round: Round, organisation: Organisation | None, places: int, actor: Actor, now: datetime, term: str = TermChoice.ANY
) -> DestinationPool:
    """Offer places for trainees at a host with which there need be no agreement; `None` is a host that applicants find themselves.

    The ledger holds nothing: nobody else promised these places. Raises Refused in rounds of other kinds, for the home institution as host,
    for no places, for a second offer at the same host, and once the placement is done.
    """
    locked = changeable(round)
    if reasons := _faults(locked, organisation, places):
        raise Refused(reasons)
    if organisation is None:
        home = Organisation.objects.get(is_home=True)
        destination, _made = RoundDestination.objects.get_or_create(
            round=locked, organisation=home, unit=None, direction="outgoing", defaults={"is_own_host": True}
        )
    else:
        destination = destination_at(locked, organisation, None, "outgoing")
    pool = DestinationPool.objects.create(destination=destination, places=places, term=term)
    details = {"destination": organisation.key if organisation else "own-host", "places": places}
    record(actor=actor, verb="offer-places", subject=locked, now=now, details=details)
    return pool


def _faults(round: Round, organisation: Organisation | None, places: int) -> list[Reason]:
    found = []
    if round.kind != RoundKind.TRAINEESHIP:
        text = Text("Alleen stageplaatsen kunnen zonder overeenkomst.", "Only places for trainees need no agreement.")
        found.append(Reason("needs-agreement", text))
    if places < 1:
        found.append(Reason("no-places", Text("Geef het aantal plaatsen.", "Give the number of places."), field="places"))
    if organisation is not None and organisation.is_home:
        text = Text("Dit is de eigen instelling.", "This is the home institution.")
        found.append(Reason("home-is-no-host", text, field="organisation"))
    rows = DestinationPool.objects.filter(destination__round=round, condition=None, project_flow=None)
    there = rows.filter(destination__is_own_host=True) if organisation is None else rows.filter(destination__organisation=organisation)
    if there.exists():
        text = Text("Deze plaatsen staan er al: wijzig hun aantal.", "These places are there already: change their number.")
        found.append(Reason("offered-before", text))
    return found
