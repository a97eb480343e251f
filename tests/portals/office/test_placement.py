"""Placement in the office: what a run shows and gives away as files, letters seen before they leave, places by hand, what the desk asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.factories.placements import Scored, a_computed_run, a_published_run, a_scored_round
from tests.factories.rounds import OFFICER
from tests.portals.public.reading import words

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.agreements.models import Agreement
from goliard.apps.applications.services.declarations import name_special_data_reader
from goliard.apps.institutions.models import CountryAdvice
from goliard.apps.messaging.models import Delivery
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.services.offers import withdraw_offer
from goliard.apps.placement.services.publishing import adopt_placement
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.services.rounds import lock_policy, move_round
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(settings) -> Client:
    settings.GOLIARD_TOTP_ROLES = []
    translation.activate("en")
    user = invite(email="officer@example.org", display_name="Officer", actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=timezone.now())
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"office:{name}", args=args) + query)
    assert answer.status_code == 200
    return words(answer.content.decode())


def published(few: tuple[int, ...] = ()) -> tuple[Scored, PlacementRun]:
    scored = a_scored_round(few=few)
    return scored, a_published_run(scored, timezone.now() + timedelta(days=7), timezone.now())


def test_a_run_shows_its_audit_its_hashes_and_why_to_nobody_who_is_in_which_group(officer: Client) -> None:
    scored = a_scored_round(few=[3])
    run = a_computed_run(scored)
    told = read(officer, "placement-run", run.pk)
    assert "Audit passed" in told
    assert run.input_hash in told
    assert "all places were reserved and went to the groups they are meant for" in told
    assert "on a place reserved for your group" not in told
    assert "2 of 3 applicants placed" in told
    narrowed = read(officer, "placement-run", run.pk, query="?placed=no")
    assert "Number 2" in narrowed
    assert "Number 3" not in narrowed
    assert b"reserved for your group" not in run_file(officer, run, "outcome.csv").content


def run_file(client: Client, run: PlacementRun, name: str) -> HttpResponse:
    return client.get(reverse("office:placement-run-file", args=[run.pk, name]))


def test_the_stored_input_tells_who_is_in_a_group_and_is_for_readers_of_special_data(officer: Client) -> None:
    scored = a_scored_round(few=[3])
    run = a_computed_run(scored)
    told = read(officer, "placement-run", run.pk)
    assert "accounts that may read special data download them" in told
    assert "input.txt ·" not in told
    kept_apart = ("input.txt", "A.csv", "report.json")
    assert {run_file(officer, run, name).status_code for name in kept_apart} == {403}
    user = User.objects.get(email="officer@example.org")
    name_special_data_reader(user=user, reason="Runs the placement.", actor=OFFICER, now=timezone.now())
    assert run_file(officer, run, "input.txt").content.decode() == run.input_text
    assert f"{scored.number(3):07d},1,".encode() in run_file(officer, run, "A.csv").content
    assert "input.txt · A.csv" in read(officer, "placement-run", run.pk)


def test_without_such_a_group_the_stored_input_is_for_who_places(officer: Client) -> None:
    run = a_computed_run(a_scored_round())
    assert run_file(officer, run, "input.txt").content.decode() == run.input_text
    assert run_file(officer, run, "report.json").status_code == 200


def test_letters_are_seen_before_anything_leaves(officer: Client) -> None:
    run = adopt_placement(run=a_computed_run(a_scored_round()), actor=OFFICER, now=timezone.now())
    before = Delivery.objects.count()
    told = read(officer, "placement-publish", run.pk)
    assert "2 offers, 0 moved to a better wish, 1 without a place" in told
    assert "student3@example.org" in told
    assert "You are on the waiting list for: Alpha, Bravo." in told
    assert (Delivery.objects.count(), Offer.objects.count()) == (before, 0)
    local = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT23:59")
    answer = officer.post(reverse("office:placement-publish", args=[run.pk]), {"answer_by": local, "publish": "1"})
    assert answer.status_code == 302
    assert (Delivery.objects.count(), Offer.objects.count()) == (before + 3, 2)


def test_a_place_by_hand_says_so_for_good(officer: Client) -> None:
    scored, run = published()
    form = {
        "application": scored.number(3),
        "pool": scored.stage.pools[0].pk,
        "answer_by": "2099-01-01T12:00",
        "reason": "An error of ours.",
    }
    refused = officer.post(reverse("office:placement-by-hand", args=[run.round_id]), form)
    assert "Alpha: 2 offers, and the ledger holds 1 places." in words(refused.content.decode())
    first = Offer.objects.get(application=scored.applications[0])
    withdraw_offer(offer=first, reason="The partner asks it.", actor=OFFICER, now=timezone.now())
    officer.post(reverse("office:placement-by-hand", args=[run.round_id]), form)
    board = read(officer, "placement-offers", run.round_id)
    assert "by handAn error of ours." in board
    assert "withdrawn by the office" in board


def test_what_would_change_after_an_appeal_is_compared(officer: Client) -> None:
    scored, run = published()
    corrected = {key: score + (2 if key[0] == scored.number(3) else 0) for key, score in scored.scores.items()}
    trial = a_computed_run(Scored(scored.stage, scored.applications, corrected), kind="trial", reason="A mark was wrong.")
    told = read(officer, "placement-compare", trial.pk, run.pk)
    assert "3 applicants are affected. 2 end with less." in told
    assert "A mark was wrong." in told
    assert f"{scored.number(3)} Student Number 3 no place Alpha (wish 1) more" in told


def test_the_desk_asks_for_what_is_overdue(officer: Client) -> None:
    _scored, run = published()
    Offer.objects.update(answer_by=timezone.now() - timedelta(hours=1))
    desk = read(officer, "dashboard")
    assert "Offers past their moment, without an answer" in desk
    assert "2 offers" in desk
    officer.post(reverse("office:placement-offers-act", args=[run.round_id, "expire"]))
    assert set(Offer.objects.values_list("state", flat=True)) == {"expired"}


def test_the_laboratory_measures_every_policy(officer: Client) -> None:
    run = a_computed_run(a_scored_round())
    told = read(officer, "placement-laboratory", run.pk)
    assert "Deferred acceptance of this run 2 1 1.50 0 0 0" in told
    assert "Immediate acceptance 2 1 1.50" in told
    assert "Most wishes served" in told
    assert "By faculty" in told
    assert "fewer than five: not shown" in told


def test_the_laboratory_counts_by_faculty(officer: Client) -> None:
    run = a_computed_run(a_scored_round([f"alpha {number}" for number in range(1, 7)]))
    assert "Deferred acceptance 6 1 1 1.00" in read(officer, "placement-laboratory", run.pk)


def test_a_later_round_takes_along_what_nobody_holds_and_invites(officer: Client) -> None:
    scored = a_scored_round(places=2)
    run = a_published_run(scored, timezone.now() + timedelta(days=7), timezone.now())
    page = read(officer, "placement-later", run.round_id)
    assert "0 applicants of this round have no place." in page
    assert "Bravo 1 0" in page
    today = timezone.localdate()
    bravo = scored.stage.pools[1]
    form = {
        "key": "later", "title_nl": "Latere ronde", "title_en": "Later round", "opens_on": today - timedelta(days=1),
        "closes_on": today + timedelta(days=9), "invites": "everybody", f"left-{bravo.pk}": "2",
    }  # fmt: skip
    address = reverse("office:placement-later", args=[run.round_id])
    assert "Bravo: 1 places are free." in words(officer.post(address, form).content.decode())
    answer = officer.post(address, form | {f"left-{bravo.pk}": "1"})
    made = Round.objects.get(key="later")
    assert answer.headers["Location"] == reverse("office:rounds-row", args=[made.pk])
    assert "No places are left" in read(officer, "placement-later", run.round_id)
    withdraw_offer(offer=Offer.objects.latest("pk"), reason="The partner asks it.", actor=OFFICER, now=timezone.now())
    lock_policy(round=move_round(row=made, action="open", actor=OFFICER, now=timezone.now()), actor=OFFICER, now=timezone.now())
    letters = read(officer, "placement-invite", made.pk)
    assert "Letters that invite 1" in letters
    assert "there is now a round for the places that are left: “Later round”" in letters.replace("There", "there")
    assert not Delivery.objects.filter(letter="later-round").exists()
    officer.post(reverse("office:placement-invite", args=[made.pk]))
    assert Delivery.objects.get(letter="later-round").address == "student3@example.org"
    assert officer.get(reverse("office:placement-invite", args=[run.round_id])).status_code == 404


def test_places_change_on_the_board_with_a_reason_and_never_below_what_is_held(officer: Client) -> None:
    scored = a_scored_round(places=2)
    run = a_published_run(scored, timezone.now() + timedelta(days=7), timezone.now())
    address = reverse("office:placement-places", args=[scored.stage.pools[0].pk])
    assert "2 places are offered or accepted" in words(officer.post(address, {"places": "1", "reason": "w"}, follow=True).content.decode())
    assert "Give a number of places." in words(officer.post(address, {"places": "x", "reason": "w"}, follow=True).content.decode())
    withdraw = reverse("office:placement-offer-withdraw", args=[Offer.objects.filter(pool=scored.stage.pools[0]).latest("pk").pk])
    assert "It is gone: the partner takes it back." in words(officer.get(withdraw).content.decode())
    officer.post(withdraw, {"reason": "Alpha closes a programme.", "place": "gone"})
    scored.stage.pools[0].refresh_from_db()
    assert (scored.stage.pools[0].places, Offer.objects.filter(state="withdrawn", is_hoping=True).count()) == (1, 1)
    assert "number of places changed" in read(officer, "rounds-history", run.round_id)


def test_the_office_sees_what_changed_at_partners(officer: Client) -> None:
    scored, run = published()
    assert "What changed at partners" not in read(officer, "placement-desk", run.round_id)
    Agreement.objects.filter(key="bravo").update(state="ended")
    CountryAdvice.objects.create(country=scored.stage.university.home.country, colour="orange", valid_from=timezone.localdate())
    for name in ("placement-desk", "placement-offers"):
        page = read(officer, name, run.round_id)
        assert "Bravo (1 person has a place): the agreement is no longer in effect." in page
        assert "Alpha (1 person has a place): the travel advice is orange. Nobody is nominated while it is." in page
    assert "Nobody is nominated while it is." in read(officer, "nomination-list", scored.stage.pools[0].destination_id)
