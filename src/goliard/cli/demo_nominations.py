"""What follows from the finished round of the demonstration: free places offered again, nominations, and answers of partners."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goliard.apps.rounds.models import Round
    from goliard.rules.access.actor import Actor

DAY = timedelta(days=1)


def offer_again(*, round_: Round, actor: Actor, applicant: Actor, now: datetime) -> None:
    """Offer the places that were declined by the same policy; whoever gets one accepts."""
    from goliard.apps.placement.choices import OfferState
    from goliard.apps.placement.models import Offer
    from goliard.apps.placement.services.asking import ask_reoffer
    from goliard.apps.placement.services.computing import compute_waiting
    from goliard.apps.placement.services.offers import accept_offer
    from goliard.apps.placement.services.publishing import publish_placement

    run = ask_reoffer(round=round_, actor=actor, now=now)
    compute_waiting(worker="demonstration", clock=lambda: now)
    run.refresh_from_db()
    publish_placement(run=run, answer_by=now + 5 * DAY, actor=actor, now=now)
    for offer in Offer.objects.filter(application__round=round_, state=OfferState.OPEN):
        accept_offer(offer=offer, hopes=False, actor=applicant, now=now + DAY)


def nominate_accepted(*, round_: Round, actor: Actor, now: datetime) -> None:
    """Nominate at every partner with a contact; most confirm, and one place is still to be told of."""
    from goliard.apps.nominations.models import Nomination
    from goliard.apps.nominations.services.answering import answer_nomination
    from goliard.apps.nominations.services.nominating import nominate, prepare_nominations
    from goliard.apps.people.models import Contact

    given: dict[str, Any] = {"actor": actor, "now": now}
    prepare_nominations(round=round_, **given)
    for number, destination in enumerate(round_.destinations.filter(nominations__isnull=False).distinct().order_by("pk")):
        contact = Contact.objects.filter(organisation=destination.organisation).exclude(email="").first()
        if contact is None:
            continue
        nominate(
            destination=destination, contact=contact, page=lambda secret: f"http://localhost/en/partner/nominations/{secret}/", **given
        )
        if number % 3:
            for row in Nomination.objects.filter(destination=destination):
                words = {"action": "confirm", "remark": "Welcome!", "answered_by": contact.name}
                answer_nomination(nomination=row, **words, actor=actor, now=now + DAY)
