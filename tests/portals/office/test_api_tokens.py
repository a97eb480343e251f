"""Tokens of the API as the office makes and ends them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone, translation
from tests.factories.university import University, a_small_university

from goliard.apps.accounts.models import ApiToken, User
from goliard.apps.accounts.services.api_tokens import open_api_token
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.journal.queries import history_of
from goliard.rules.access.actor import Role

TOKENS = "/en/office/api-tokens/"
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def university(db: None) -> University:
    translation.activate("en")
    return a_small_university()


def fields(**given: object) -> dict[str, object]:
    return {"name": "Student system", "role": "officer", "expires_on": (TODAY + dt.timedelta(days=30)).isoformat(), **given}


def a_unit() -> OrganizationalUnit:
    return OrganizationalUnit.objects.get(key="science")


def made(browser: Client, **given: object) -> ApiToken:
    browser.post(f"{TOKENS}new/", fields(**given))
    return ApiToken.objects.get()


def test_a_new_token_is_shown_once_works_and_is_in_the_journal(officer) -> None:
    answer = officer.post(f"{TOKENS}new/", fields(may_write="on"))
    secret = re.search(r'<code class="link">(goliard_[^<]+)</code>', answer.content.decode())[1]
    token = open_api_token(secret=secret, now=timezone.now())
    assert (token.name, token.role, token.may_write, token.sees_people, token.unit) == ("Student system", "officer", True, False, None)
    assert (token.owner, token.last_day) == (User.objects.get(), TODAY + dt.timedelta(days=30))
    assert "no-store" in answer.headers["Cache-Control"]
    page = officer.get(TOKENS).content.decode()
    assert secret not in page
    assert f"<code>{secret[:12]}…</code>" in page
    assert [(entry.verb, entry.actor) for entry in history_of(token)] == [("make-api-token", token.owner.actor_id)]


def test_a_token_of_a_faculty_needs_its_unit(officer, university) -> None:
    page = officer.post(f"{TOKENS}new/", fields(role="faculty-officer")).content.decode()
    assert "A token that acts as faculty officer, and no other, has a home unit as scope." in page
    token = made(officer, role="faculty-officer", unit="Science (science)")
    assert token.unit == university.science


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"expires_on": (TODAY - dt.timedelta(days=1)).isoformat()}, "A token ends in the future, within a year."),
        ({"expires_on": (TODAY + dt.timedelta(days=370)).isoformat()}, "A token ends in the future, within a year."),
        ({"role": "auditor", "may_write": "on"}, "An auditor reads: such a token cannot change anything."),
        ({"role": "administrator"}, "Select a valid choice"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_what_does_not_fit_is_said_and_makes_nothing(officer, given, said) -> None:
    assert said in officer.post(f"{TOKENS}new/", fields(**given)).content.decode()
    assert not ApiToken.objects.exists()


def test_revoking_asks_why_and_ends_the_token_at_once(officer) -> None:
    token = made(officer)
    assert officer.post(f"{TOKENS}{token.pk}/revoke/", {"reason": ""}).status_code == 200
    assert ApiToken.objects.get().revoked_at is None
    assert officer.post(f"{TOKENS}{token.pk}/revoke/", {"reason": "Leaked."}).url == TOKENS
    assert ApiToken.objects.get().revoked_at is not None
    assert [(entry.verb, entry.reason) for entry in history_of(token)[:1]] == [("revoke-api-token", "Leaked.")]
    assert f"{TOKENS}{token.pk}/revoke/" not in officer.get(TOKENS).content.decode()


def test_an_auditor_sees_tokens_and_touches_none(officer, sign_in) -> None:
    token = made(officer)
    page = sign_in(Role.AUDITOR).get(TOKENS).content.decode()
    assert "Student system" in page
    assert "/new/" not in page
    assert f"/{token.pk}/revoke/" not in page


def test_a_token_that_ends_within_a_month_asks_for_attention(officer, sign_in) -> None:
    made(officer)
    for name, days in (("Later", 31), ("Soon", 3)):
        officer.post(f"{TOKENS}new/", fields(name=name, expires_on=(TODAY + dt.timedelta(days=days)).isoformat()))
    officer.post(f"{TOKENS}{ApiToken.objects.get(name='Student system').pk}/revoke/", {"reason": "Replaced."})

    def asked(browser: Client) -> list[list[str]]:
        busy = browser.get("/en/office/").context["busy"]
        return [[line.title for line in section.lines] for section in busy if "API tokens" in str(section.title)]

    assert asked(officer) == [["Soon"]]
    assert asked(sign_in(Role.FACULTY_OFFICER, unit=a_unit())) == []


def test_the_list_costs_the_same_at_one_and_at_thirty_tokens(officer, django_assert_num_queries) -> None:
    made(officer)
    officer.get(TOKENS)
    with django_assert_num_queries(COST):
        officer.get(TOKENS)
    for number in range(30):
        officer.post(f"{TOKENS}new/", fields(name=f"System {number}"))
    with django_assert_num_queries(COST):
        officer.get(TOKENS)


COST = 5  # session, account, its roles, house, tokens
