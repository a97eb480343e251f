"""Later rounds: what an earlier one has left, who waits for it still, who is invited, who may take part."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.applications.services.letters import address_of
from goliard.apps.people.models import Person
from goliard.apps.placement.choices import Invited
from goliard.apps.placement.models import LaterRound, Offer
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.queries.moments import told_moment
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.queries.opening import last_moment
from goliard.rules.values.texts import Reason, Text


def placed_people(round_: Round) -> QuerySet[Offer, Any]:
    """Return the offers of a round that hold a place."""
    return Offer.objects.filter(application__round=round_, state__in=LIVE)


def unplaced_in(round_: Round) -> QuerySet[Application, Any]:
    """Return the applications that took part in a round and have no place in it, by number."""
    held = placed_people(round_).values("application")
    return counting_applications(round_.pk).exclude(pk__in=held).order_by("pk")


def may_not_take_part(round_: Round, person: Person | None) -> Reason | None:
    """Return why somebody may not take part in a later round; None for everybody in a round that follows no other."""
    later = LaterRound.objects.filter(round=round_).select_related("round__follows").first()
    earlier = later.round.follows if later is not None else None
    if later is None or earlier is None or person is None:
        return None
    if placed_people(earlier).filter(application__person=person).exists():
        text = has_a_place(earlier).because
        return Reason("later-round-placed", Text(text.nl[:1].upper() + text.nl[1:], text.en[:1].upper() + text.en[1:]))
    took_part = counting_applications(earlier.pk).filter(person=person).exists()
    if later.invites == Invited.UNPLACED and not took_part:
        text = Text(
            f"Deze ronde is voor wie meedeed in «{earlier.title_nl}» en geen plaats heeft.",
            f"This round is for who took part in “{earlier.title_en}” and has no place.",
        )
        return Reason("later-round-unplaced", text)
    if later.invites == Invited.NEWCOMERS and took_part:
        text = Text(
            f"Deze ronde is voor wie niet meedeed in «{earlier.title_nl}»; daar sta je misschien nog op een wachtlijst.",
            f"This round is for who took no part in “{earlier.title_en}”; you may still be on a waiting list there.",
        )
        return Reason("later-round-newcomers", text)
    return None


def invited_by_letter(later: Round) -> list[Application]:
    """Return the applications of the earlier round whose applicants are told: without a place, with an address; newcomers are not known."""
    row = LaterRound.objects.filter(round=later).first()
    if row is None or later.follows is None or row.invites == Invited.NEWCOMERS:
        return []
    rows = unplaced_in(later.follows).select_related("round", "person__account").prefetch_related("person__emails")
    return [each for each in rows if address_of(each)]


def invitation(later: Round, application: Application) -> dict[str, str]:
    """Return the values of the letter."""
    language = application.language
    return {"later": later.title(language), "until": told_moment(last_moment(later), later.zone, language)}


def has_a_place(earlier: Round) -> Reason:
    """Why somebody who holds a place in the earlier round gets none in the later one."""
    text = Text(
        f"je hebt een plaats in «{earlier.title_nl}»; geef die eerst terug.",
        f"you have a place in “{earlier.title_en}”; give it back first.",
    )
    return Reason("placement.has-a-place", text)
