"""The door of the API: tokens, limits, languages, and what is no request of ours."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.api.conftest import ROOT, Machine
from tests.factories.agreements import an_agreement

from goliard.api.callers import WRONG_TRIES
from goliard.apps.accounts.models import ApiToken, RoleAssignment
from goliard.apps.accounts.services.api_tokens import revoke_api_token
from goliard.rules.access.actor import system

PROBLEM = "application/problem+json"


def told(answer) -> tuple[int, str]:
    """Status and code, of an answer that is a problem."""
    assert answer.headers["Content-Type"] == PROBLEM
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic b2s6b2s=", "Token x"])
def test_without_a_token_there_is_nothing(university, header) -> None:
    answer = Client().get(f"{ROOT}partners", headers={} if header is None else {"authorization": header})
    assert told(answer) == (401, "token-missing")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Goliard"'


@pytest.mark.parametrize("token", ["goliard_wrong", "x" * 10_000, "ë", "a b"])
def test_a_wrong_token_opens_nothing(university, token) -> None:
    answer = Client().get(f"{ROOT}partners", headers={"authorization": f"Bearer {token}"})
    assert told(answer) == (401, "token-refused")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Goliard", error="invalid_token"'


def test_expired_revoked_and_orphaned_tokens_open_nothing(university, machine, reader) -> None:
    assert reader.get("partners").status_code == 200
    revoke_api_token(token=reader.made.token, actor=system("test"), now=timezone.now())
    assert told(reader.get("partners")) == (401, "token-refused")
    old = machine()
    ApiToken.objects.filter(pk=old.made.token.pk).update(expires_at=timezone.now())
    assert told(old.get("partners")) == (401, "token-refused")
    orphaned = machine()
    RoleAssignment.objects.update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert told(orphaned.get("partners")) == (401, "token-refused")


def test_the_owner_needs_a_second_factor_where_the_role_does(university, reader, settings) -> None:
    settings.GOLIARD_TOTP_ROLES = ["officer"]
    assert told(reader.get("partners")) == (401, "token-refused")


def test_guessing_is_slow_and_does_not_lock_out_a_good_token(university, reader) -> None:
    wrong = {"authorization": "Bearer goliard_wrong"}
    answers = [Client().get(f"{ROOT}partners", headers=wrong).status_code for _ in range(WRONG_TRIES + 1)]
    assert answers == [401] * WRONG_TRIES + [429]
    assert reader.get("partners").status_code == 200


def test_a_token_that_asks_too_often_waits_and_others_do_not(university, reader, machine, settings) -> None:
    settings.GOLIARD_API_PER_MINUTE = 2
    assert [reader.get("partners").status_code for _ in range(2)] == [200, 200]
    answer = reader.get("partners")
    assert told(answer) == (429, "too-many-requests")
    assert answer.headers["Retry-After"] == "60"
    assert machine().get("partners").status_code == 200
    cache.clear()  # the minute is over
    assert reader.get("partners").status_code == 200


def test_a_session_of_the_office_opens_nothing_here(university, owner) -> None:
    browser = Client()
    browser.force_login(owner)
    assert told(browser.get(f"{ROOT}partners")) == (401, "token-missing")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", (404, "not-found")),
        ("nothing", (404, "not-found")),
        ("agreements/", (404, "not-found")),
        ("agreements/with space", (404, "not-found")),
        ("agreements/absent", (404, "not-found")),
        ("partners/absent", (404, "not-found")),
        ("partners/home", (404, "not-found")),
        ("partners?page=2", (400, "unknown-parameter")),
        ("partners?kind=hei%00", (400, "not-a-text")),
        ("partners?limit=0", (422, "invalid")),
        ("partners?limit=201", (422, "invalid")),
        ("partners?kind=club", (422, "invalid")),
        ("agreements?in_effect_on=0", (422, "invalid")),
        ("agreements?in_effect_on=2026-02-30", (422, "invalid")),
        ("places", (422, "invalid")),
        ("places?academic_year=2026/2028", (422, "invalid")),
    ],
)
def test_what_cannot_be_answered_says_why(university, reader, path, expected) -> None:
    assert told(reader.client.get(f"{ROOT}{path}", headers=reader.headers)) == expected


def test_another_version_is_not_there_and_nobody_is_led_to_a_page(university, reader) -> None:
    assert told(reader.client.get("/api/v2/partners", headers=reader.headers)) == (404, "not-found")


def test_a_method_that_is_not_possible_names_those_that_are(university, reader) -> None:
    answer = reader.send("delete", "partners")
    assert told(answer) == (405, "method-not-possible")
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize(
    ("language", "expected", "title", "message"),
    [
        ("nl", "nl", "Inhoud niet aanvaard", "mag hoogstens 200 zijn"),
        ("nl-NL,en;q=0.5", "nl", "Inhoud niet aanvaard", "mag hoogstens 200 zijn"),
        ("de, en;q=0.5, nl;q=0.7", "nl", "Inhoud niet aanvaard", "mag hoogstens 200 zijn"),
        ("en", "en", "Content not accepted", "may be at most 200"),
        ("de", "en", "Content not accepted", "may be at most 200"),
        ("", "en", "Content not accepted", "may be at most 200"),
        (";;;,,q=1", "en", "Content not accepted", "may be at most 200"),
    ],
)
def test_problems_are_told_in_the_language_that_is_accepted(university, machine, language, expected, title, message) -> None:
    answer = machine(language=language).get("partners", limit=900)
    problem = answer.json()
    assert answer.headers["Content-Language"] == expected
    assert problem["title"] == title
    assert problem["errors"] == [{"field": "limit", "rule": "less-than-equal", "message": message, "source": ""}]


def test_every_parameter_that_is_unknown_is_named(university, reader) -> None:
    assert reader.get("partners", x="1", limit="2", y="3").json()["detail"] == "Unknown parameters: x, y."


def test_an_answer_is_private_and_unchanged_answers_are_short(university, reader) -> None:
    first = reader.get("partners")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert {"Accept-Language", "Authorization"} <= set(first.headers["Vary"].split(", "))
    again = reader.client.get(f"{ROOT}partners", headers=reader.headers | {"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    an_agreement(university, state="in-effect")
    assert "Set-Cookie" not in first.headers


def test_head_is_answered_as_get_without_its_content(university, reader) -> None:
    answer = reader.client.head(f"{ROOT}partners", headers=reader.headers)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"", "application/json; charset=utf-8")


def test_a_fault_of_ours_is_a_problem_too(university, reader, settings) -> None:
    settings.GOLIARD_API_PER_MINUTE = "many"  # what an installation could mistype
    answer = reader.get("partners")
    assert told(answer) == (500, "broken")
    assert "Traceback" not in answer.content.decode()


def test_a_token_is_used_and_its_use_is_noted(university, reader: Machine) -> None:
    reader.get("partners")
    assert ApiToken.objects.get(pk=reader.made.token.pk).last_used_at is not None
