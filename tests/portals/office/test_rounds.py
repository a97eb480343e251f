"""A round in the office: draw places, look at the form as applicants see it, lock, open, move the deadline, copy."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.factories.rounds import a_condition, a_drawn_round, a_round
from tests.factories.university import a_small_university

from goliard.apps.rounds.models import DestinationPool, FormQuestion, Round, RoundRequirement
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def current(**fields: object) -> dict[str, object]:
    """Dates around today, because the office's screens ask the real clock."""
    today = dt.datetime.now(tz=dt.UTC).date()
    return {"opens_on": today - dt.timedelta(days=3), "closes_on": today + dt.timedelta(days=10), **fields}


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_office_draws_places_by_partner_and_is_told_what_is_left(officer: Client) -> None:
    university = a_small_university()
    conditions = [a_condition(university, key, places=3) for key in ("alpha", "bravo")]
    round_ = a_round()
    address = f"/en/office/rounds/{round_.pk}/draw/"
    page = officer.get(address, {"q": "alph"})
    assert [row.source.left for row in page.context["rows"]] == [3]
    answer = officer.post(address, {f"condition-{conditions[0].pk}": "2", f"condition-{conditions[1].pk}": "", "term": "autumn"})
    assert answer.status_code == 302
    assert [(pool.places, pool.term) for pool in DestinationPool.objects.all()] == [(2, "autumn")]
    refused = officer.post(address, {f"condition-{conditions[0].pk}": "2"})
    assert (refused.status_code, DestinationPool.objects.count()) == (422, 1)
    assert "1 of 3 places are left; 2 were asked for." in refused.content.decode()


def test_it_is_locked_opened_and_given_a_later_deadline(officer: Client) -> None:
    stage = a_drawn_round(1, **current())
    base = f"/en/office/rounds/{stage.round.pk}/"
    officer.post(f"{base}lock-policy/")
    officer.post(f"{base}open/")
    row = Round.objects.get()
    assert (row.state, len(row.policy_hash)) == ("open", 64)
    assert row.policy_hash in words(officer, base)
    early = officer.post(f"{base}close/", follow=True).content.decode()
    assert "The deadline has not passed yet." in early
    until = (row.deadline + dt.timedelta(days=2)).replace(tzinfo=None)
    assert officer.post(f"{base}later-deadline/", {"until": until.isoformat(), "reason": ""}).status_code == 422
    assert officer.post(f"{base}later-deadline/", {"until": until.isoformat(), "reason": "Exams."}).status_code == 302
    assert [each.reason for each in row.reopenings.all()] == ["Exams."]
    officer.post(f"{base}back/call-off/", {"reason": "Nobody may travel."})
    assert Round.objects.get().state == "ended"


def test_places_change_with_a_reason_and_a_destination_is_withdrawn(officer: Client) -> None:
    stage = a_drawn_round(1, **current())
    pool = stage.pools[0]
    officer.post(f"/en/office/round-pools/{pool.pk}/places/", {"places": "1"})
    assert DestinationPool.objects.get().places == 1
    told = officer.post(f"/en/office/round-pools/{pool.pk}/places/", {"places": "9"}, follow=True).content.decode()
    assert "2 of 2 places are left; 9 were asked for." in told
    officer.post(f"/en/office/round-destinations/{pool.destination_id}/withdraw/", {"reason": "The partner closed."})
    assert stage.round.destinations.get().is_withdrawn


def test_the_form_is_shown_as_applicants_see_it_in_their_language(officer: Client) -> None:
    round_ = a_round(wishes_max=2)
    FormQuestion.objects.create(
        round=round_, position=2, kind="choice", text_nl="Welke taal?", text_en="Which language?", choices_nl="Frans\nDuits",
        choices_en="French\nGerman", first_wishes=3,
    )  # fmt: skip
    dutch = words(officer, f"/en/office/rounds/{round_.pk}/form-nl/")
    assert dutch.count("Welke taal?") == 2  # three wishes asked, two are possible
    assert "<option>Duits</option>" in dutch
    assert "Waarom wil je gaan?" in dutch
    assert "<option>German</option>" in words(officer, f"/nl/office/rounds/{round_.pk}/form-en/")
    assert officer.get(f"/en/office/rounds/{round_.pk}/form-fr/").status_code == 404


def test_next_year_is_a_copy_that_tells_what_could_not_be_drawn(officer: Client) -> None:
    stage = a_drawn_round(1, **current(academic_year="2028/2029"))
    answer = officer.post(f"/en/office/rounds/{stage.round.pk}/copy/", {"key": "next"}, follow=True).content.decode()
    assert "alpha: No agreement in effect" not in answer
    assert "alpha: The condition holds from 2026/2027 to 2028/2029, not in 2029/2030." in answer.replace("&#x27;", "'")
    assert Round.objects.get(key="next").state == "draft"


def test_a_faculty_officer_reads_every_round_and_changes_those_of_the_faculty(sign_in) -> None:
    stage = a_drawn_round(1, **current())
    faculty = sign_in(Role.FACULTY_OFFICER, unit=stage.university.law)
    base = f"/en/office/rounds/{stage.round.pk}/"
    assert "Draw places" not in words(faculty, base)
    assert faculty.post(f"{base}lock-policy/").status_code == 403
    Round.objects.update(owner=stage.university.law)
    assert faculty.post(f"{base}lock-policy/").status_code == 302
    assert Round.objects.get().is_locked


def test_requirements_are_told_as_they_were_filled_in_and_the_key_is_explained(officer: Client) -> None:
    round_ = a_round()
    RoundRequirement.objects.update_or_create(round=round_, destination=None, defaults={"minimum_credits": 60, "barred_advice": "red"})
    form = words(officer, f"/en/office/rounds/{round_.pk}/edit/")
    assert "Such as en B2, fr B1: one of them is enough." in form
    assert "Stands in addresses and files, such as exchange-2027." in form
    page = words(officer, f"/en/office/rounds/{round_.pk}/")
    assert "credits, at least (EC): 60" in page
    assert "round: " not in page
    assert "deferred-acceptance" not in page
    refused = officer.post("/en/office/rounds/new/", {"key": "Spring 2027"}).content.decode()
    assert "Use letters without accents, digits and hyphens only, without spaces" in refused
    assert "slug" not in refused
