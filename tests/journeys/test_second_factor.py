"""An officer sets up an authenticator app and signs in with it, in a real browser, in both languages."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

from goliard.apps.accounts.models import RoleAssignment, User
from goliard.rules.access.actor import Role

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("university")]
PASSWORD = "a password for this test only"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sign_in_with_an_authenticator_app(visit: Visit, language: str, settings) -> None:
    settings.GOLIARD_TOTP_ROLES = ["officer"]
    user = User(email="officer@example.org", display_name="Officer")
    user.set_password(PASSWORD)
    user.save()
    RoleAssignment.objects.create(user=user, role=Role.OFFICER)
    barriers: list[str] = []

    give_password(visit, language)
    visit.page.wait_for_url(f"**/{language}/account/confirm/**")  # the office asks for the app, the app for the password once more
    barriers += found_by_axe(visit)
    visit.page.fill("[name=password]", PASSWORD)
    visit.page.locator("main form button").first.click()
    visit.page.wait_for_url(f"**/{language}/account/second-factor/app/**")
    barriers += found_by_axe(visit)
    secret = visit.page.locator("main code").first.inner_text()
    visit.page.fill("[name=code]", code(secret))
    visit.page.locator("main form button").first.click()
    visit.page.wait_for_url(f"**/{language}/account/second-factor/recovery-codes/")
    barriers += found_by_axe(visit)
    assert visit.open(f"/{language}/office/").locator("#desk-menu").is_visible()

    visit.page.context.clear_cookies()
    cache.clear()  # allauth remembers a code that was used
    give_password(visit, language)
    visit.page.wait_for_url(f"**/{language}/account/sign-in/code/**")
    barriers += found_by_axe(visit)
    visit.page.fill("[name=code]", code(secret))
    visit.page.locator("main form button").first.click()
    visit.page.wait_for_url(f"**/{language}/office/")
    assert barriers == []


def give_password(visit: Visit, language: str) -> None:
    page = visit.open(f"/{language}/account/sign-in/?next=/{language}/office/")
    page.fill("[name=login]", "officer@example.org")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button").first.click()


def code(secret: str) -> str:
    """The code that the app shows; one that lapses within three seconds is not worth typing."""
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def found_by_axe(visit: Visit) -> list[str]:
    return [f"{visit.path}: {one['id']}" for one in violations(visit.page)]
