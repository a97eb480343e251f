"""The session ends in the middle of a sentence: the text stays, and is saved after signing in again in another tab."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect
from tests.factories.applications import a_draft, a_student
from tests.factories.rounds import an_open_round
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Answer
from goliard.apps.people.models import Person

pytestmark = pytest.mark.browser
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LONG = 60_000  # milliseconds, for a machine that is busy


def sign_in(visit: Visit, person: Person) -> None:
    """As signing in leaves it, in whichever tab: another session, another token for forms."""
    user = User.objects.get(person=person)
    store = SessionStore()
    store.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()})
    store.save()
    visit.page.context.clear_cookies()
    assert store.session_key is not None
    visit.page.context.add_cookies([{"name": "goliard_session", "value": store.session_key, "url": visit.address}])


def test_a_text_outlives_its_session(transactional_db: None, visit: Visit) -> None:
    today = timezone.localdate()
    stage = an_open_round(1, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))
    person = a_student(stage)
    draft = a_draft(stage, person, now=timezone.now())
    sign_in(visit, person)
    page = visit.open(f"/en/student/applications/{draft.public_id}/questions/")
    text = page.get_by_label("Why do you want to go?")
    text.press_sequentially("To see the stars")
    expect(page.get_by_text(re.compile("^Saved at"))).to_be_visible(timeout=LONG)
    Session.objects.all().delete()
    text.press_sequentially(" of the southern sky")
    expect(page.get_by_role("link", name="Sign in in a new tab")).to_be_visible(timeout=LONG)
    expect(text).to_have_value("To see the stars of the southern sky")
    assert violations(page) == []
    assert Answer.objects.get().text == "To see the stars"
    sign_in(visit, person)
    text.press_sequentially(".")
    expect(page.get_by_text(re.compile("^Saved at"))).to_be_visible(timeout=LONG)  # it tries again by itself with the token that it got
    assert Answer.objects.get().text == "To see the stars of the southern sky."
