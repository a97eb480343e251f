"""A student reads the result, in both languages, and answers with one button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.placements import Scored, a_published_run, a_scored_round, offered_again
from tests.factories.rounds import OFFICER
from tests.portals.public.reading import words

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application
from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.services.nominating import prepare_nominations
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.later import LaterDates, open_round_for_what_is_left
from goliard.apps.placement.services.offers import accept_offer, decline_offer
from goliard.apps.rounds.services.rounds import move_round
from goliard.rules.access.actor import system
from goliard.rules.values.texts import Text

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(db: None) -> Scored:
    made = a_scored_round()
    a_published_run(made, timezone.now() + timedelta(days=7), timezone.now())
    return made


def signed_in(scored: Scored, place: int) -> Client:
    client = Client()
    client.force_login(User.objects.get(person=scored.applications[place - 1].person))
    return client


def address(scored: Scored, place: int, word: str = "", language: str = "en") -> str:
    return f"/{language}/student/applications/{scored.applications[place - 1].public_id}/result/{word and word + '/'}"


def offer_of(scored: Scored, place: int) -> dict[str, str]:
    """The place that a form of the page answers."""
    return {"offer": str(Offer.objects.filter(application=scored.applications[place - 1]).latest("pk").public_id)}


def read(scored: Scored, place: int, language: str = "en") -> str:
    answer = signed_in(scored, place).get(address(scored, place, language=language))
    assert answer.status_code == 200
    return words(answer.content.decode())


def test_the_place_the_reasons_until_when_and_where_one_waits(scored: Scored) -> None:
    told = read(scored, 2)
    assert "You got Bravo, your second wish. Why Wish 1 (Alpha): the last place went to score 8.1, yours is 7.9." in told
    assert "Accept this place" in told
    assert "Alpha · wish 1, position 1" in told
    dutch = read(scored, 2, "nl")
    assert "Wens 1 (Alpha (nl)): de laatste plaats ging naar score 8,1, die van jou is 7,9." in dutch
    assert "Deze plaats aannemen" in dutch
    home = words(signed_in(scored, 2).get("/en/student/").content.decode())
    assert "You got Bravo, your second wish." in home
    assert "Look and answer" in home


def test_one_button_accepts_and_the_place_may_be_given_back(scored: Scored) -> None:
    student = signed_in(scored, 2)
    student.post(address(scored, 2, "accept"), {"hopes": "on", **offer_of(scored, 2)})
    offer = Offer.objects.get(application=scored.applications[1])
    assert (offer.state, offer.is_hoping) == ("accepted", True)
    prepare_nominations(round=scored.stage.round, actor=system("test"), now=timezone.now())
    assert "To be nominated" in read(scored, 2)
    student.post(address(scored, 2, "decline"), offer_of(scored, 2))
    offer.refresh_from_db()
    assert (offer.state, Nomination.objects.get().state) == ("declined", "withdrawn")
    told = read(scored, 2)
    assert "You declined Bravo or gave it back." in told
    assert "Leave the waiting lists" not in told, "who gave a place back for good waits nowhere"


def test_who_has_no_place_reads_why_and_may_leave_the_lists(scored: Scored) -> None:
    told = read(scored, 3)
    assert "No place for now" in told
    assert "Wish 2 (Bravo): the last place went to score 7.9, yours is 7." in told
    assert "Alpha · wish 1, position 2" in told
    signed_in(scored, 3).post(address(scored, 3, "leave"))
    assert "Alpha · wish 1" not in read(scored, 3)


def test_an_answer_after_its_moment_is_refused_with_words(scored: Scored) -> None:
    Offer.objects.update(answer_by=timezone.now() - timedelta(seconds=1))
    assert "the time to answer has passed" in read(scored, 1)
    assert "Your time to answer passed on" in read(scored, 1)
    answer = signed_in(scored, 1).post(address(scored, 1, "accept"), offer_of(scored, 1), follow=True)
    assert "The time to answer has passed." in words(answer.content.decode())
    assert Offer.objects.get(application=scored.applications[0]).state == "open"


def test_nobody_reads_or_answers_for_somebody_else(scored: Scored) -> None:
    assert signed_in(scored, 1).get(address(scored, 2)).status_code == 403
    assert signed_in(scored, 1).post(address(scored, 2, "accept")).status_code == 403


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "You have a place in “Exchange 2027/2028”; give it back first."),
        ("nl", "Je hebt een plaats in «Uitwisseling 2027/2028»; geef die eerst terug."),
    ],
)
def test_a_later_round_is_not_for_who_has_a_place(language: str, said: str) -> None:
    made = a_scored_round(places=2)
    a_published_run(made, timezone.now() + timedelta(days=7), timezone.now())
    today, now = timezone.localdate(), timezone.now()
    dates = LaterDates(today - timedelta(days=1), today + timedelta(days=9))
    titles, bravo = Text("Latere ronde", "Later round"), made.stage.pools[1]
    later = open_round_for_what_is_left(
        round=made.stage.round, key="later", titles=titles, dates=dates, left={bravo.pk: 1}, invites="everybody", actor=OFFICER, now=now
    )
    move_round(row=later, action="open", actor=OFFICER, now=now)
    first = signed_in(made, 1)
    assert said in words(first.get(f"/{language}/student/rounds/later/").content.decode())
    answer = first.post(f"/{language}/student/rounds/later/start/", follow=True)
    assert said in words(answer.content.decode())
    assert not Application.objects.filter(round=later).exists()


def test_before_publication_there_is_nothing_to_read() -> None:
    made = a_scored_round()
    assert signed_in(made, 1).get(address(made, 1)).status_code == 404


def test_a_page_of_before_a_better_offer_answers_nothing(scored: Scored) -> None:
    seen = offer_of(scored, 2)
    accept_offer(offer=Offer.objects.get(public_id=seen["offer"]), hopes=True, actor=system("test"), now=timezone.now())
    first = Offer.objects.get(application=scored.applications[0])
    decline_offer(offer=first, hopes=False, actor=system("test"), now=timezone.now())
    offered_again(scored, timezone.now())
    answer = signed_in(scored, 2).post(address(scored, 2, "decline"), seen, follow=True)
    assert "Your place changed meanwhile, and nothing was answered." in words(answer.content.decode())
    assert Offer.objects.filter(application=scored.applications[1]).latest("pk").state == "accepted"
