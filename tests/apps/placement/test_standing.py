"""What an applicant reads after each thing that can happen: how it stands, why, and where they wait; in Dutch and in English."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.placements import ANSWER_BY, PUBLISHED, Scored, a_published_run, a_scored_round, offered_again
from tests.factories.rounds import OFFICER

from goliard.apps.applications.models import Application
from goliard.apps.placement.models import Offer
from goliard.apps.placement.queries.results import Result, result_of
from goliard.apps.placement.services.offers import accept_offer, decline_offer, expire_offers, give_by_hand, withdraw_offer
from goliard.apps.placement.services.places import remove_place
from goliard.rules.access.actor import Actor, Role, RoleGrant

pytestmark = pytest.mark.django_db
STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)
BY_OFFICE = {"actor": OFFICER, "now": LATER}


def published(*wishes: str, places: int = 1, few: tuple[int, ...] = ()) -> Scored:
    scored = a_scored_round(wishes or ("alpha 8.1, bravo 8.1", "alpha 7.9, bravo 7.9", "alpha 7, bravo 7"), places=places, few=few)
    a_published_run(scored)
    return scored


def of(scored: Scored, place: int) -> Offer:
    return Offer.objects.filter(application=scored.applications[place - 1]).latest("pk")


def result(scored: Scored, place: int, now=LATER) -> Result:  # type: ignore[no-untyped-def]
    found = result_of(Application.objects.get(pk=scored.number(place)), now)
    assert found is not None
    return found


def english(found: Result) -> list[str]:
    return [found.now.en, *(text.en for text in found.reasons if text != found.now)]


def waits(found: Result) -> list[tuple[str, int]]:
    return [(row.entry.pool.destination.organisation.key, row.position) for row in found.better]


def test_an_offer_that_waits_for_an_answer() -> None:
    scored = published()
    assert english(result(scored, 1)) == ["You got Alpha, your first wish."]
    second = result(scored, 2)
    assert english(second) == [
        "You got Bravo, your second wish.",
        "Wish 1 (Alpha): the last place went to score 8.1, yours is 7.9.",
    ]
    assert [text.nl for text in second.reasons] == [
        "Je krijgt Bravo (nl), je tweede wens.",
        "Wens 1 (Alpha (nl)): de laatste plaats ging naar score 8,1, die van jou is 7,9.",
    ]
    assert (waits(second), second.may_answer) == ([("alpha", 1)], True)
    third = result(scored, 3)
    assert english(third)[0] == "You got no place."
    assert waits(third) == [("alpha", 2), ("bravo", 1)]


def test_an_offer_whose_moment_has_passed() -> None:
    late = result(published(), 1, ANSWER_BY + timedelta(seconds=1))
    assert late.now.nl == (
        "Je tijd om te antwoorden is voorbij sinds 08-02-2027 23:59 (Europe/Amsterdam). Vraag het bureau als je de plaats nog wilt."
    )
    assert late.now.en == "Your time to answer passed on 2027-02-08 23:59 (Europe/Amsterdam). Ask the office if you still want the place."
    assert not late.may_answer


def test_an_offer_that_expired() -> None:
    scored = published()
    after = ANSWER_BY + timedelta(hours=1)
    expire_offers(round=scored.stage.round, actor=OFFICER, now=after)
    found = result(scored, 2, after)
    assert found.now.en == "By 2027-02-08 23:59 (Europe/Amsterdam) we had no answer: the offer of Bravo has expired."
    assert found.now.nl == "Op 08-02-2027 23:59 (Europe/Amsterdam) hadden we geen antwoord: het aanbod van Bravo (nl) is vervallen."
    assert (waits(found), found.may_leave) == ([], False)
    assert found.past[0].en == "You got Bravo, your second wish."


@pytest.mark.parametrize(
    ("hopes", "nl", "en", "lists"),
    [
        (False, "Je hebt Bravo (nl) aangenomen.", "You accepted Bravo.", []),
        (
            True,
            "Je hebt Bravo (nl) aangenomen en wacht op een betere wens. Komt er een vrij, dan krijg je die meteen en vervalt deze plaats.",
            "You accepted Bravo and wait for a better wish. If one comes free you get it at once, and this place goes to somebody else.",
            [("alpha", 1)],
        ),
    ],
)
def test_a_place_that_was_accepted(hopes: bool, nl: str, en: str, lists: list[tuple[str, int]]) -> None:
    scored = published()
    accept_offer(offer=of(scored, 2), hopes=hopes, actor=STUDENT, now=LATER)
    found = result(scored, 2)
    assert (found.now.nl, found.now.en, waits(found)) == (nl, en, lists)
    assert found.reasons[0].en == "You got Bravo, your second wish."
    assert waits(result(scored, 3)) == [("alpha", 1 if not hopes else 2), ("bravo", 1)], "who waits no longer stands in nobody's way"


@pytest.mark.parametrize(
    ("hopes", "nl", "en", "lists"),
    [
        (
            False,
            "Je hebt Bravo (nl) afgeslagen of teruggegeven. De plaats gaat naar wie wacht, en je doet in deze ronde niet meer mee.",
            "You declined Bravo or gave it back. It goes to who is waiting, and you take no further part in this round.",
            [],
        ),
        (
            True,
            "Je hebt Bravo (nl) teruggegeven en wacht alleen nog op een betere wens.",
            "You gave Bravo back and wait for a better wish only.",
            [("alpha", 1)],
        ),
    ],
)
def test_a_place_that_was_given_back(hopes: bool, nl: str, en: str, lists: list[tuple[str, int]]) -> None:
    scored = published()
    decline_offer(offer=of(scored, 2), hopes=hopes, actor=STUDENT, now=LATER)
    found = result(scored, 2)
    assert (found.now.nl, found.now.en, waits(found), found.may_leave) == (nl, en, lists, hopes)


def test_a_place_that_the_office_withdrew() -> None:
    scored = published()
    withdraw_offer(offer=of(scored, 1), reason="The partner closed its campus", **BY_OFFICE)
    found = result(scored, 1)
    assert found.now.nl == "We moesten je plaats intrekken: Alpha (nl). De reden: The partner closed its campus."
    assert found.now.en == "We had to withdraw your place: Alpha. The reason: The partner closed its campus."
    assert found.reasons == ()
    assert [text.en for text in found.past] == ["You got Alpha, your first wish."]


def test_a_place_that_is_gone_and_what_came_of_it() -> None:
    scored = published("alpha 9", "alpha 8, bravo 8", "bravo 7", places=2)
    remove_place(offer=of(scored, 2), reason="Alpha has one place less.", **BY_OFFICE)
    found = result(scored, 2)
    assert found.now.nl == (
        "Je plaats bestaat niet meer: Alpha (nl). De reden: Alpha has one place less. Dit ligt niet aan jou, en je doet weer mee met al je "
        "wensen, op volgorde van score. Wie al een plaats heeft, houdt die; komt er een vrij voor jou, dan krijg je een brief."
    )
    assert found.now.en.startswith(
        "Your place no longer exists: Alpha. The reason: Alpha has one place less. This is not because of anything"
    )
    assert found.may_leave
    offered_again(scored)
    again = result(scored, 2)
    assert english(again) == ["You got Bravo, your second wish.", "Wish 1 (Alpha): the last place went to score 9, yours is 8."]


def test_who_competes_again_in_vain_reads_the_reasons_of_today() -> None:
    scored = published("alpha 9", "alpha 8, bravo 8", "bravo 7", "bravo 6", places=2)
    remove_place(offer=of(scored, 2), reason="Alpha has one place less.", **BY_OFFICE)
    offered_again(scored)
    found = result(scored, 2)
    assert found.now.en.startswith("Your place no longer exists: Alpha.")
    assert [text.nl for text in found.reasons] == [
        "Je hebt geen plaats gekregen.",
        "Wens 1 (Alpha (nl)): de laatste plaats ging naar score 9, die van jou is 8.",
        "Wens 2 (Bravo (nl)): de plaatsen waren al eerder aangeboden en blijven bij wie ze toen kreeg.",
    ]
    assert waits(found) == [("alpha", 1), ("bravo", 1)]


def test_a_better_wish_that_came_free() -> None:
    scored = published()
    accept_offer(offer=of(scored, 2), hopes=True, actor=STUDENT, now=LATER)
    decline_offer(offer=of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert english(result(scored, 2)) == ["You accepted Alpha.", "You got Alpha, your first wish."], "there is no better one to wait for"


def test_while_one_hopes_the_reasons_are_those_of_the_newest_run() -> None:
    scored = published("alpha 9, bravo 9", "alpha 8, bravo 8", "alpha 7, bravo 7")
    decline_offer(offer=of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert english(result(scored, 3)) == ["You got Bravo, your second wish.", "Wish 1 (Alpha): the last place went to score 8, yours is 7."]
    decline_offer(offer=of(scored, 2), hopes=True, actor=STUDENT, now=LATER)
    accept_offer(offer=of(scored, 3), hopes=True, actor=STUDENT, now=LATER)
    offered_again(scored, LATER + timedelta(hours=1))
    assert english(result(scored, 3))[0].startswith("You accepted Alpha")


def test_a_place_by_hand() -> None:
    scored = published()
    decline_offer(offer=of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    give_by_hand(
        application=scored.applications[2], pool=scored.stage.pools[0], answer_by=ANSWER_BY, reason="An error of ours.", **BY_OFFICE
    )
    found = result(scored, 3)
    assert found.now.nl == "Het bureau biedt je Alpha (nl) aan, buiten de plaatsingsregel om. De reden: An error of ours."
    assert found.now.en == "The office offers you Alpha, outside the placement policy. The reason: An error of ours."
    assert found.reasons == ()
    accept_offer(offer=of(scored, 3), hopes=False, actor=STUDENT, now=LATER)
    assert result(scored, 3).now.en == "You accepted Alpha."


def test_reserves_and_ties_in_words() -> None:
    scored = published("alpha 8", "alpha 7", "alpha 7.0", few=(3,), places=2)
    assert [text.en for text in result(scored, 3).reasons] == ["You got Alpha, your first wish, on a place reserved for your group."]
    assert result(scored, 2).reasons[1].nl == "Wens 1 (Alpha (nl)): de laatste plaats ging naar score 8, die van jou is 7."


def test_equal_scores_in_words() -> None:
    found = result(published("alpha 7", "alpha 7.0"), 2)
    assert [text.nl for text in found.reasons][1] == (
        "Wens 1 (Alpha (nl)): de laatste plaats ging naar een gelijke score, 7; bij gelijke scores gaat het laagste kandidaatnummer voor."
    )
    assert found.reasons[1].en == (
        "Wish 1 (Alpha): the last place went to an equal score, 7; among equal scores the lowest applicant id goes first."
    )
