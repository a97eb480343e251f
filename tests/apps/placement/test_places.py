"""After publication: places added or taken away, agreements that end or change, advice that turns red. Nothing is promised twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.placements import (
    ANSWER_BY,
    PUBLISHED,
    SCORED,
    a_computed_run,
    a_published_run,
    a_scored_round,
    held,
    offer_of,
    offered_again,
)
from tests.factories.rounds import OFFICER, Stage

from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition, PlaceClaim
from goliard.apps.agreements.services.agreements import open_amendment, seal_version
from goliard.apps.applications.services.submitting import withdraw_application
from goliard.apps.institutions.models import CountryAdvice
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.services.leaving import withdraw_place
from goliard.apps.nominations.services.nominating import prepare_nominations
from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.queries.troubles import troubles_of
from goliard.apps.placement.services.asking import ask_reoffer
from goliard.apps.placement.services.computing import compute_waiting
from goliard.apps.placement.services.ending import end_placement
from goliard.apps.placement.services.offers import accept_offer, decline_offer, give_by_hand, leave_waiting_lists, withdraw_offer
from goliard.apps.placement.services.places import change_offered_places, remove_place
from goliard.apps.placement.services.publishing import adopt_placement, publish_placement
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)
BY_OFFICE = {"actor": OFFICER, "now": LATER}


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.rule for reason in refused.value.reasons]


def more_in_the_agreement(key: str, places: int) -> None:
    CooperationCondition.objects.filter(version__agreement__key=key).update(mobilities_per_year=places)


def amended(key: str, places: int) -> None:
    """A new text of the agreement with another number of places, agreed by both."""
    version = AgreementVersion.objects.get(agreement__key=key, state="agreed")
    new = open_amendment(version=version)
    CooperationCondition.objects.filter(version=new).update(mobilities_per_year=places)
    seal_version(version=AgreementVersion.objects.get(pk=new.pk), now=LATER)


def test_a_place_more_goes_to_who_waits_by_the_same_policy() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    alpha = scored.stage.pools[0]
    given = {"pool": alpha, "places": 2, "reason": "Alpha gives a place more.", **BY_OFFICE}
    with pytest.raises(Refused) as refused:
        change_offered_places(**given)
    assert rules(refused) == ["quota"], "the ledger has none"
    more_in_the_agreement("alpha", 2)
    assert change_offered_places(**given).places == 2
    assert held(scored) == ["alpha open", "bravo open", ""], "nobody moves before places are offered again"
    offered_again(scored)
    assert held(scored) == ["alpha open", "alpha open", "bravo open"]
    entry = JournalEntry.objects.filter(verb="change-places").get()
    assert entry.reason == "Alpha gives a place more."


def test_places_that_nobody_has_go_first_and_a_place_that_somebody_has_goes_by_name() -> None:
    scored = a_scored_round(["alpha 8", "alpha 7, bravo 7", "bravo 6", "bravo 5"], places=3)
    a_published_run(scored)
    assert held(scored) == ["alpha open", "alpha open", "bravo open", "bravo open"]
    alpha = scored.stage.pools[0]
    assert change_offered_places(pool=alpha, places=2, reason="One fewer.", **BY_OFFICE).places == 2
    with pytest.raises(Refused) as refused:
        change_offered_places(pool=alpha, places=1, reason="", **BY_OFFICE)
    assert rules(refused) == ["places-why", "places-held"]
    assert refused.value.reasons[1].because.nl == (
        "Alpha (nl): 2 plaatsen zijn aangeboden of aangenomen. Trek er eerst een in, met naam en reden."
    )
    accept_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    remove_place(offer=offer_of(scored, 2), reason="Alpha closes a programme.", **BY_OFFICE)
    alpha.refresh_from_db()
    assert (alpha.places, alpha.claim.places, held(scored)[:2]) == (1, 1, ["alpha open", ""])
    letter = Delivery.objects.get(letter="offer-place-gone")
    assert "Alpha closes a programme." in letter.body
    assert "all your wishes count" in letter.body


def test_whose_place_is_gone_takes_nobodys_place_and_gets_the_next_one() -> None:
    """By score the second would push the third out of bravo; the third keeps it."""
    scored = a_scored_round(["alpha 9", "alpha 7, bravo 7", "bravo 6", "bravo 5"], destinations=2, places=2)
    a_published_run(scored)
    bravo = scored.stage.pools[1]
    change = {"reason": "Bravo has one place.", **BY_OFFICE}
    withdraw_offer(offer=offer_of(scored, 4), **change)
    change_offered_places(pool=bravo, places=1, **change)
    withdraw_place(offer=offer_of(scored, 2), reason="Alpha has one place.", place_is_gone=True, **BY_OFFICE)
    offered_again(scored)
    assert held(scored) == ["alpha open", "", "bravo open", ""]
    outcome = PlacementRun.objects.latest("number").outcomes.get(application=scored.applications[1])
    assert [text for _rule, _nl, text in outcome.reasons] == [
        "You got no place.",
        "Wish 1 (Alpha): the last place went to score 9, yours is 7.",
        "Wish 2 (Bravo): the places had been offered before and stay with whoever got them then.",
    ]
    decline_offer(offer=offer_of(scored, 3), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored, LATER + timedelta(hours=1))
    assert held(scored) == ["alpha open", "bravo open", "", ""]


def test_a_place_that_is_gone_takes_its_nomination_along() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    accept_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    prepare_nominations(round=scored.stage.round, **BY_OFFICE)
    with pytest.raises(Refused) as refused:
        withdraw_place(offer=offer_of(scored, 1), reason=" ", place_is_gone=True, **BY_OFFICE)
    assert rules(refused) == ["withdraw-why"]
    assert (Nomination.objects.get().state, DestinationPool.objects.get(pk=scored.stage.pools[0].pk).places) == ("prepared", 1)
    withdraw_place(offer=offer_of(scored, 1), reason="Alpha closed.", place_is_gone=True, **BY_OFFICE)
    assert (Nomination.objects.get().state, Nomination.objects.get().reason) == ("withdrawn", "Alpha closed.")
    assert PlaceClaim.objects.get(pk=scored.stage.pools[0].claim_id).state == "released"
    with pytest.raises(TransitionRefused):
        withdraw_place(offer=offer_of(scored, 1), reason="again", place_is_gone=True, **BY_OFFICE)


def test_places_change_after_publication_only() -> None:
    scored = a_scored_round()
    with pytest.raises(Refused) as refused:
        change_offered_places(pool=scored.stage.pools[0], places=0, reason="why", **BY_OFFICE)
    assert rules(refused) == ["places-state"]


def test_a_run_is_published_while_it_still_holds() -> None:
    """Who declines between the computation and the letters is not offered the place again."""
    scored = a_scored_round()
    a_published_run(scored)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    run = ask_reoffer(round=scored.stage.round, **BY_OFFICE)
    compute_waiting(worker="test", clock=lambda: LATER)
    run.refresh_from_db()
    accept_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    with pytest.raises(Refused) as refused:
        publish_placement(run=run, answer_by=ANSWER_BY, **BY_OFFICE)
    assert rules(refused) == ["outdated"]
    offered_again(scored)
    assert held(scored) == ["", "bravo accepted", "alpha open"]


def test_who_withdraws_after_the_run_is_not_offered_a_place() -> None:
    scored = a_scored_round()
    run = a_computed_run(scored)
    withdraw_application(application=scored.applications[0], reason="ill", actor=STUDENT, now=SCORED)
    run = adopt_placement(run=run, actor=OFFICER, now=SCORED)
    with pytest.raises(Refused) as refused:
        publish_placement(run=run, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    assert rules(refused) == ["withdrew"]


def test_nobody_is_offered_a_place_where_nobody_may_go_any_more() -> None:
    scored = a_scored_round()
    run = adopt_placement(run=a_computed_run(scored), actor=OFFICER, now=SCORED)
    country = scored.stage.university.home.country
    advice = CountryAdvice.objects.create(country=country, colour="red", valid_from=PUBLISHED.date())
    with pytest.raises(Refused) as refused:
        publish_placement(run=run, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    assert [reason.because.en for reason in refused.value.reasons] == [
        "Alpha: the travel advice is red. Compute the placement again.",
        "Bravo: the travel advice is red. Compute the placement again.",
    ]
    advice.delete()
    publish_placement(run=run, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    accept_offer(offer=offer_of(scored, 2), hopes=True, actor=STUDENT, now=PUBLISHED)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=PUBLISHED)
    CountryAdvice.objects.create(country=country, colour="orange", valid_from=LATER.date())
    again = offered_again(scored)
    assert held(scored) == ["", "bravo accepted", ""], "who has a place keeps it; nobody is sent to another"
    told = again.outcomes.get(application=scored.applications[2]).reasons
    assert told[1][2] == "Wish 1 (Alpha): not possible: the travel advice is orange."


def test_who_gave_a_place_back_and_then_stops_waiting_is_offered_nothing() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    decline_offer(offer=offer_of(scored, 2), hopes=True, actor=STUDENT, now=LATER)
    leave_waiting_lists(application=scored.applications[1], actor=STUDENT, now=LATER)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert held(scored) == ["", "", "alpha open"]


def test_a_place_by_hand_that_is_gone_lets_its_holder_compete_again() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    given = {"answer_by": ANSWER_BY, "reason": "An error of ours.", **BY_OFFICE}
    offer = give_by_hand(application=scored.applications[2], pool=scored.stage.pools[0], **given)
    remove_place(offer=offer, reason="Alpha closed.", **BY_OFFICE)
    decline_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert held(scored) == ["", "", "bravo open"]


def test_no_place_is_given_by_hand_where_nobody_may_go() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    CountryAdvice.objects.create(country=scored.stage.university.home.country, colour="red", valid_from=LATER.date())
    with pytest.raises(Refused) as refused:
        give_by_hand(application=scored.applications[2], pool=scored.stage.pools[0], answer_by=ANSWER_BY, reason="An error.", **BY_OFFICE)
    assert [reason.because.en for reason in refused.value.reasons] == ["Alpha: the travel advice is red."]


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_a_round_ends_also_when_its_agreement_ended_meanwhile(answer: str) -> None:
    scored = a_scored_round()
    a_published_run(scored)
    decline_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    {"accept": accept_offer, "decline": decline_offer}[answer](offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    Agreement.objects.update(state="ended")
    assert end_placement(round=scored.stage.round, **BY_OFFICE).state == "ended"
    claims = [row.state for row in PlaceClaim.objects.order_by("pk")]
    assert claims == ["used" if answer == "accept" else "released", "released"]
    with pytest.raises(Refused) as refused:
        decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    assert rules(refused) == ["round-over"]


def test_places_come_from_the_text_that_holds_after_an_amendment() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    amended("alpha", 3)
    pool = DestinationPool.objects.select_related("claim__condition__version").get(pk=scored.stage.pools[0].pk)
    assert (pool.current_condition.version.number, pool.condition.version.number) == (2, 1)
    changed = change_offered_places(pool=pool, places=2, reason="One more after the amendment.", **BY_OFFICE)
    assert (changed.condition.version.number, changed.claim.condition.version.number, changed.claim.places) == (2, 2, 2)


def told(stage: Stage) -> list[str]:
    return [
        f"{each.pool.destination.name('en')} ({each.people}): {each.reason.because.en}"
        for each in troubles_of(Round.objects.get(pk=stage.round.pk), LATER.date())
    ]


def test_the_office_is_told_when_an_agreement_ends_or_gives_fewer_places_or_the_advice_turns() -> None:
    scored = a_scored_round(["alpha 8", "alpha 7", "bravo 6"], places=2)
    a_published_run(scored)
    assert told(scored.stage) == []
    amended("alpha", 1)
    assert told(scored.stage) == [
        "Alpha (2): the agreement gives 1 place(s) in 2027/2028 by now, and 2 are promised. Take a place away, with a reason."
    ]
    Agreement.objects.filter(key="bravo").update(state="ended")
    CountryAdvice.objects.create(country=scored.stage.university.home.country, colour="red", valid_from=LATER.date())
    assert told(scored.stage)[1:] == [
        "Alpha (2): the travel advice is red. Nobody is nominated while it is.",
        "Bravo (1): the agreement is no longer in effect. Ask the partner whether the places still stand.",
        "Bravo (1): the travel advice is red. Nobody is nominated while it is.",
    ]
