"""From an accepted offer to a list that the partner confirms."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.placements import PUBLISHED, Scored, a_published_run, a_scored_round
from tests.factories.rounds import OFFICER

from goliard.apps.institutions.models import CountryAdvice, Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.sealing import unsealed
from goliard.apps.nominations.documents.listing import list_pdf, list_rows
from goliard.apps.nominations.models import Nomination, NominationLink
from goliard.apps.nominations.queries.lists import lists_of, told_to_partner
from goliard.apps.nominations.services.answering import answer_as_partner
from goliard.apps.nominations.services.leaving import decline_place, withdraw_place
from goliard.apps.nominations.services.links import LIFETIME, open_nomination_link, revoke_nomination_link
from goliard.apps.nominations.services.nominating import nominate, prepare_again, prepare_nominations
from goliard.apps.people.models import Contact
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.offers import accept_offer
from goliard.apps.rounds.models import Round, RoundDestination
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)


def address(secret: str) -> str:
    return f"https://exchange.example.org/partner/{secret}"


def an_accepted_place() -> tuple[Scored, RoundDestination, Contact]:
    """The first has accepted alpha, where a mailbox of the partner waits."""
    scored = a_scored_round()
    a_published_run(scored)
    accept_offer(offer=Offer.objects.get(application=scored.applications[0]), hopes=False, actor=STUDENT, now=LATER)
    alpha = Organisation.objects.get(key="alpha")
    contact = Contact.objects.create(organisation=alpha, mailbox_name="Incoming desk", role="incoming", email="incoming@alpha.example.org")
    return scored, RoundDestination.objects.get(organisation=alpha), contact


def nominated() -> tuple[Scored, RoundDestination, Contact, str]:
    """… and is nominated; with the secret of the link."""
    scored, destination, contact = an_accepted_place()
    prepare_nominations(round=scored.stage.round, actor=OFFICER, now=LATER)
    secrets: list[str] = []
    nominate(
        destination=destination, contact=contact, page=lambda secret: address(secrets.append(secret) or secret), actor=OFFICER, now=LATER
    )
    return scored, destination, contact, secrets[0]


def test_an_accepted_offer_is_prepared_once_and_sent_once() -> None:
    scored, destination, contact = an_accepted_place()
    listed = lists_of(Round.objects.all())
    assert [(each.destination.pk, each.unprepared, each.to_do) for each in listed] == [(destination.pk, 1, 1)]
    assert prepare_nominations(round=scored.stage.round, actor=OFFICER, now=LATER) == 1
    assert prepare_nominations(round=scored.stage.round, actor=OFFICER, now=LATER) == 0
    assert nominate(destination=destination, contact=contact, page=address, actor=OFFICER, now=LATER) == 1
    with pytest.raises(Refused):
        nominate(destination=destination, contact=contact, page=address, actor=OFFICER, now=LATER)
    assert [(each.prepared, each.sent, each.to_do) for each in lists_of(Round.objects.all())] == [(0, 1, 0)]
    letters = Delivery.objects.filter(letter__in=("nominations-sent", "nominated")).order_by("letter")
    assert [(row.letter, row.address) for row in letters] == [
        ("nominated", "student1@example.org"),
        ("nominations-sent", "incoming@alpha.example.org"),
    ]
    assert "exchange.example.org/partner" not in letters[1].body, "the office reads letters: the link is for the partner"
    assert "https://exchange.example.org/partner/" in unsealed(letters[1].body, letters[1].sealed, "en")


def test_nobody_is_nominated_where_the_travel_advice_turned_red() -> None:
    scored, destination, contact = an_accepted_place()
    prepare_nominations(round=scored.stage.round, actor=OFFICER, now=LATER)
    CountryAdvice.objects.create(country=destination.organisation.country, colour="red", valid_from=LATER.date())
    with pytest.raises(Refused) as refused:
        nominate(destination=destination, contact=contact, page=address, actor=OFFICER, now=LATER)
    assert [reason.because.en for reason in refused.value.reasons] == ["the travel advice is red."]
    assert Nomination.objects.get().state == "prepared"


def test_a_deadline_that_passed_is_seen() -> None:
    _scored, destination, _contact = an_accepted_place()
    RoundDestination.objects.filter(pk=destination.pk).update(nominate_by=LATER.date())
    (listed,) = lists_of(Round.objects.all())
    assert [listed.is_late(LATER.date() + timedelta(days=days)) for days in (0, 1)] == [False, True]


def test_the_partner_confirms_or_refuses_by_its_link() -> None:
    _scored, _destination, _contact, secret = nominated()
    link = open_nomination_link(secret=secret, now=LATER)
    assert link is not None
    row = Nomination.objects.get()
    with pytest.raises(Refused):
        answer_as_partner(link=link, nomination=row, action="refuse", remark=" ", now=LATER)
    with pytest.raises(Refused):
        answer_as_partner(link=link, nomination=row, action="send", remark="", now=LATER)
    refused = answer_as_partner(link=link, nomination=row, action="refuse", remark="The programme is closed.", now=LATER)
    assert (refused.state, refused.answered_by, refused.remark) == ("refused", "Incoming desk", "The programme is closed.")
    assert prepare_again(nomination=refused, actor=OFFICER, now=LATER).state == "prepared"
    with pytest.raises(TransitionRefused):
        answer_as_partner(link=link, nomination=row, action="confirm", remark="", now=LATER)


@pytest.mark.parametrize("way", ["unknown", "expired", "revoked"])
def test_a_link_that_does_not_hold_opens_nothing(way: str) -> None:
    *_rest, secret = nominated()
    if way == "revoked":
        revoke_nomination_link(link=NominationLink.objects.get(), actor=OFFICER, now=LATER)
    now = LATER + LIFETIME if way == "expired" else LATER
    assert open_nomination_link(secret="guess" if way == "unknown" else secret, now=now) is None


def test_the_list_as_rows_and_as_pdf_holds_who_was_told() -> None:
    scored, destination, _contact, _secret = nominated()
    heading, row = list_rows(destination, "en")
    assert heading == ["Number", "Name", "E-mail", "Programme", "Level", "Subject (ISCED-F)", "Semester", "State"]
    assert row[1:] == ["Student Number 1", "student1@example.org", "Astronomy", "Bachelor (EQF 6)", "0222", "", "nominated"]
    assert list_pdf(destination, "nl").startswith(b"%PDF-1.7")
    decline_place(offer=Offer.objects.get(application=scored.applications[0]), hopes=False, actor=STUDENT, now=LATER)
    assert list_rows(destination, "nl")[1:] == []


def test_a_place_that_is_withdrawn_takes_its_nomination_with_it() -> None:
    scored, destination, _contact, _secret = nominated()
    withdraw_place(offer=Offer.objects.get(application=scored.applications[0]), reason="No visa.", actor=OFFICER, now=LATER)
    row = Nomination.objects.get()
    assert (row.state, row.reason, told_to_partner(destination).count()) == ("withdrawn", "No visa.", 0)
