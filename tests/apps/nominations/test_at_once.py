"""A place is given back at the moment at which its nomination is made or sent: no nomination is left without its place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.at_once import meanwhile
from tests.factories.placements import PUBLISHED, Scored, a_published_run, a_scored_round
from tests.factories.rounds import OFFICER

from goliard.apps.institutions.models import Organisation
from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.services.leaving import decline_place, withdraw_place
from goliard.apps.nominations.services.nominating import nominate, prepare_nominations
from goliard.apps.people.models import Contact
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.offers import accept_offer
from goliard.apps.rounds.models import RoundDestination
from goliard.rules.access.actor import Actor, Role, RoleGrant

STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _two_writers() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time; the run on PostgreSQL asks this")


def an_accepted_place() -> tuple[Scored, Offer]:
    scored = a_scored_round()
    a_published_run(scored)
    offer = accept_offer(offer=Offer.objects.get(application=scored.applications[0]), hopes=False, actor=STUDENT, now=LATER)
    return scored, offer


def prepare(scored: Scored) -> int:
    return prepare_nominations(round=scored.stage.round, actor=OFFICER, now=LATER)


def states() -> list[tuple[str, str]]:
    """Of every nomination: its own state, and that of its place."""
    return list(Nomination.objects.values_list("state", "offer__state"))


def test_prepared_and_then_given_back() -> None:
    scored, offer = an_accepted_place()
    ended = meanwhile(lambda: prepare(scored), lambda: decline_place(offer=offer, hopes=False, actor=STUDENT, now=LATER))
    assert (ended, states()) == ("done", [("withdrawn", "declined")])


def test_given_back_and_then_prepared() -> None:
    scored, offer = an_accepted_place()
    ended = meanwhile(lambda: decline_place(offer=offer, hopes=False, actor=STUDENT, now=LATER), lambda: prepare(scored))
    assert (ended, states()) == ("done", [])


@pytest.mark.parametrize("is_sent_first", [True, False])
def test_sent_while_the_office_takes_the_place_back(is_sent_first: bool) -> None:
    scored, offer = an_accepted_place()
    prepare(scored)
    alpha = Organisation.objects.get(key="alpha")
    contact = Contact.objects.create(organisation=alpha, mailbox_name="Incoming desk", role="incoming", email="incoming@alpha.example.org")
    destination = RoundDestination.objects.get(organisation=alpha)

    def send() -> object:
        return nominate(destination=destination, contact=contact, page=lambda secret: secret, actor=OFFICER, now=LATER)

    def take_back() -> object:
        return withdraw_place(offer=offer, reason="The partner closed.", actor=OFFICER, now=LATER)

    ended = meanwhile(send, take_back) if is_sent_first else meanwhile(take_back, send)
    assert (ended, states()) == ("done" if is_sent_first else "refused", [("withdrawn", "withdrawn")])
