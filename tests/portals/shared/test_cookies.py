"""The cookies that visitors get are those that the privacy page names."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone, translation
from tests.factories.university import a_small_university

from goliard.apps.accounts.services import create_administrator
from goliard.portals.shared.cookies import cookies
from goliard.rules.access.actor import system


@pytest.mark.django_db
def test_a_visit_with_sign_in_sets_no_other_cookie() -> None:
    a_small_university()
    named = {cookie.name for cookie in cookies()}
    create_administrator(
        email="a@example.org", display_name="A", password="a long enough sentence", actor=system("test"), now=timezone.now()
    )
    client = Client(enforce_csrf_checks=True)
    client.get("/en/")
    assert set(client.cookies) == set()  # a visitor who only reads gets none
    client.get("/en/account/sign-in/")
    token = client.cookies["goliard_csrf"].value
    sent = {"login": "a@example.org", "password": "a long enough sentence", "csrfmiddlewaretoken": token}
    assert client.post("/en/account/sign-in/", sent).status_code == 302
    client.get("/en/office/")
    assert set(client.cookies) <= named
    assert {"goliard_session", "goliard_csrf"} <= set(client.cookies)
    assert client.cookies["goliard_session"]["httponly"]
    assert client.cookies["goliard_session"]["samesite"] == "Lax"


def test_every_cookie_is_explained_in_both_languages() -> None:
    for language in ("en", "nl"):
        with translation.override(language):
            assert all(str(text) for cookie in cookies() for text in (cookie.name, cookie.purpose, cookie.set_when, cookie.kept))
