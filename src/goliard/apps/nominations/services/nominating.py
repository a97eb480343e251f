"""Prepare nominations out of accepted offers, tell the partner, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from goliard.apps.applications.queries.approvals import refusal_without_approval
from goliard.apps.applications.services.letters import send_letter
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.nominations.choices import NominationState
from goliard.apps.nominations.letters import NOMINATED, TO_PARTNER
from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.queries.lists import unprepared
from goliard.apps.nominations.services.links import make_nomination_link
from goliard.apps.people.models import Contact
from goliard.apps.placement.choices import OfferState
from goliard.apps.rounds.models import Round, RoundDestination
from goliard.apps.rounds.queries.asked import advice_of, requirements_of
from goliard.rules.access.actor import Actor
from goliard.rules.eligibility.facts import Person, Requirements
from goliard.rules.eligibility.verdict import refusals
from goliard.rules.lifecycles.nomination import NOMINATION
from goliard.rules.values.texts import Reason, Text

Page = Callable[[str], str]  # from the secret of a link to the address of the page
UNTIL = Text("Uw termijn voor nominaties is {day}.", "Your deadline for nominations is {day}.")


@transaction.atomic
def prepare_nominations(*, round: Round, actor: Actor, now: datetime) -> int:
    """Make a nomination out of every accepted offer that has none; return how many."""
    Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    offers = list(unprepared(round).select_related("pool"))
    Nomination.objects.bulk_create(Nomination(offer=offer, destination_id=offer.pool.destination_id, prepared_at=now) for offer in offers)
    if offers:
        record(actor=actor, verb="prepare-nominations", subject=round, now=now, details={"nominations": len(offers)})
    return len(offers)


@transaction.atomic
def nominate(*, destination: RoundDestination, contact: Contact, page: Page, actor: Actor, now: datetime) -> int:
    """Tell a contact of the partner of everybody who is prepared: one letter with the link to the list, one to each student.

    Return how many were nominated. Raises Refused when nobody is, the travel advice forbids it, the contact has no address, or a line
    manager has not given the approval that the round asks for.
    """
    locked = RoundDestination.objects.select_for_update(of=("self",)).select_related("organisation", "round").get(pk=destination.pk)
    rows = list(
        Nomination.objects.select_for_update(of=("self",))
        .filter(destination=locked, state=NominationState.PREPARED, offer__state=OfferState.ACCEPTED)
        .select_related("offer__application__person", "offer__application__round")
    )
    if not rows:
        raise Refused([Reason("nobody", Text("Er is niemand om te nomineren.", "There is nobody to nominate."))])
    if barred := _barred(locked, localdate(now)):
        raise Refused(barred)
    if unapproved := [why for row in rows if (why := refusal_without_approval(row.offer.application))]:
        raise Refused(unapproved)
    if not contact.email:
        raise Refused([Reason("no-address", Text("Dit contact heeft geen e-mailadres.", "This contact has no e-mail address."))])
    link, secret = make_nomination_link(destination=locked, contact=contact, actor=actor, now=now)
    for row in rows:
        row.state = NOMINATION.next_state(state=row.state, action="send", actor=actor)
        row.sent_at = now
        row.save(update_fields=["state", "sent_at"])
        application = row.offer.application
        values = {"destination": locked.name(application.language)}
        send_letter(letter=NOMINATED, application=application, values=values, now=now, once=f"nomination-{row.pk}")
    values = _to_partner(locked, contact, page(secret), len(rows))
    queue_letter(letter=TO_PARTNER.key, address=contact.email, language="en", values=values, about=locked, now=now, once=f"link-{link.pk}")
    record(actor=actor, verb="nominate", subject=locked, now=now, details={"nominations": [row.pk for row in rows], "contact": contact.pk})
    return len(rows)


@transaction.atomic
def prepare_again(*, nomination: Nomination, actor: Actor, now: datetime) -> Nomination:
    """Put a nomination that the partner refused back among those to be sent. Raises TransitionRefused."""
    locked = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    locked.state = NOMINATION.next_state(state=locked.state, action="prepare", actor=actor)
    locked.answered_at, locked.answered_by = None, ""
    locked.save(update_fields=["state", "answered_at", "answered_by"])
    record(actor=actor, verb="prepare-nomination", subject=locked, now=now)
    return locked


@transaction.atomic
def withdraw_nomination(*, nomination: Nomination, reason: str, actor: Actor, now: datetime) -> Nomination:
    """Withdraw, with a reason; the partner sees it on its page no longer. Raises Refused, TransitionRefused."""
    locked = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    if not reason.strip():
        raise Refused([Reason("withdraw-why", Text("Geef de reden.", "Give the reason."), field="reason")])
    locked.state = NOMINATION.next_state(state=locked.state, action="withdraw", actor=actor)
    locked.reason = reason.strip()
    locked.save(update_fields=["state", "reason"])
    record(actor=actor, verb="withdraw-nomination", subject=locked, now=now, reason=locked.reason)
    return locked


def _barred(destination: RoundDestination, day: date) -> tuple[Reason, ...]:
    """Nobody is sent where the travel advice of the day forbids it, whatever it was when the place was given."""
    asked = Requirements(barred_advice=requirements_of(destination).barred_advice)
    return refusals(Person(is_enrolled=True), asked, advice_of(destination, day))


def _to_partner(destination: RoundDestination, contact: Contact, address: str, number: int) -> dict[str, str]:
    home = Organisation.objects.filter(is_home=True).first()
    until = destination.nominate_by
    return {
        "contact": contact.name,
        "home": home.name("en") if home else "",
        "number": str(number),
        "year": destination.round.academic_year,
        "page": address,
        "deadline": UNTIL.en.format(day=until.isoformat()) if until else "",
    }
