"""Signing in as people do it, page by page."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.factories.university import a_small_university

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role, create_administrator, deactivate_account, invite
from goliard.rules.access.actor import Role, system

ACTOR = system("test")
PASSWORD = "a long enough sentence"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english_and_a_house() -> None:
    translation.activate("en")
    a_small_university()


@pytest.fixture
def officer() -> User:
    return an_account("officer@example.org", Role.OFFICER)


def an_account(email: str, *roles: Role) -> User:
    user = invite(email=email, display_name=email, actor=ACTOR, now=timezone.now()).user
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        assign_role(user=user, role=role, actor=ACTOR, now=timezone.now())
    return user


def sign_in(client: Client, email: str = "officer@example.org", password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def confirm(client: Client):
    """Give the password once more, as allauth asks before the second factor changes."""
    return client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("email", ["officer@example.org", "Officer@Example.ORG"])
def test_an_officer_arrives_in_the_office(client, officer, email) -> None:
    assert sign_in(client, email).url == "/en/account/"
    assert client.get("/en/account/").url == "/en/office/"
    assert client.get("/en/office/").status_code == 200


def test_a_student_arrives_at_the_own_exchange(client) -> None:
    an_account("student@example.org", Role.STUDENT)
    sign_in(client, "student@example.org")
    assert client.get("/en/account/").url == "/en/student/"


@pytest.mark.parametrize(("email", "password"), [("officer@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_sign_in_says_the_same_whoever_asks(client, officer, email, password) -> None:
    page = sign_in(client, email, password)
    assert page.status_code == 200
    assert "The email address and/or password you specified are not correct." in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_who_wanted_to_go_somewhere_gets_there(client, officer) -> None:
    refused = client.get("/en/office/")
    assert refused.url == "/en/account/sign-in/?next=/en/office/"
    assert client.post(refused.url, {"login": officer.email, "password": PASSWORD, "next": "/en/office/"}).url == "/en/office/"


def test_no_one_is_led_to_another_site(client, officer) -> None:
    answer = client.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.url == "/en/account/"


def test_a_closed_account_signs_in_no_more_and_open_sessions_end(client, officer) -> None:
    sign_in(client)
    deactivate_account(user=officer, actor=ACTOR, now=timezone.now(), reason="Leaves.")
    assert client.get("/en/office/").status_code == 302
    assert sign_in(Client()).url == "/en/account/inactive/"


def test_a_demonstration_account_signs_in_nowhere_else(client, officer, settings) -> None:
    User.objects.update(is_demonstration=True)
    settings.GOLIARD_DEMO = False
    assert sign_in(client).url == "/en/account/inactive/"
    assert "_auth_user_id" not in client.session
    client.force_login(officer)
    assert client.get("/en/office/").status_code == 403


@pytest.mark.parametrize("path", ["signup/", "sign-up/", "email/", "password/set/", "confirm-email/x/"])
def test_nobody_opens_an_account_or_changes_its_address_alone(client, path) -> None:
    answer = client.get(f"/en/account/{path}")
    assert answer.status_code == 404 or answer.url.startswith("/en/account/sign-in/")


def test_guessing_a_password_is_slowed_down(client, officer, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    cache.clear()
    for _ in range(5):
        sign_in(client, password="wrong")
    page = sign_in(client)
    cache.clear()
    assert "Too many failed login attempts" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_flood_of_sign_ins_is_refused_with_a_page(client, officer, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    cache.clear()
    for _ in range(2):
        sign_in(client, password="wrong")
    page = client.post("/nl/account/sign-in/", {"login": "x@example.org", "password": "x"})
    cache.clear()
    assert (page.status_code, "<h1>Te veel pogingen</h1>" in page.content.decode()) == (429, True)


@pytest.mark.parametrize(("language", "title"), [("en", "This form has expired"), ("nl", "Dit formulier is verlopen")])
def test_a_form_without_its_token_is_told_what_to_do(officer, language, title) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post(f"/{language}/account/sign-in/", {"login": officer.email, "password": PASSWORD})
    assert (page.status_code, f"<h1>{title}</h1>" in page.content.decode()) == (403, True)
    assert "_auth_user_id" not in strict.session


def test_an_invitation_sets_a_password_once(client) -> None:
    invitation = invite(email="new@example.org", display_name="New", actor=ACTOR, now=timezone.now())
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": invitation.uid, "key": invitation.token})
    form = client.get(link, follow=True)
    assert "Choose a password" in form.content.decode()
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(client, "new@example.org").url == "/en/account/"
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_a_forgotten_password(client, officer) -> None:
    assert client.post(reverse("account_reset_password"), {"email": officer.email}).url == "/en/account/password/reset/sent/"
    [message] = mail.outbox
    assert (message.to, message.subject) == (["officer@example.org"], "Choose a new password")
    link = re.search(r"http://testserver(\S+)", message.body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert sign_in(client, password=PASSWORD + "!").url == "/en/account/"


def test_who_has_no_account_gets_no_mail_and_the_same_page(client) -> None:
    assert client.post(reverse("account_reset_password"), {"email": "nobody@example.org"}).url == "/en/account/password/reset/sent/"
    assert mail.outbox == []


@pytest.fixture
def _office_needs_a_second_factor(settings) -> None:
    settings.GOLIARD_TOTP_ROLES = ["administrator", "officer"]


@pytest.mark.usefixtures("_office_needs_a_second_factor")
def test_an_officer_sets_up_the_second_factor_and_signs_in_with_it(client, officer) -> None:
    sign_in(client)
    assert client.get("/en/account/").url == "/en/office/"
    assert client.get("/en/office/").url == "/en/account/second-factor/app/"
    asked = client.get("/en/account/second-factor/app/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/en/account/confirm/")
    assert "Your role asks for a second factor." in asked.content.decode()
    confirm(client)
    page = client.get("/en/account/second-factor/app/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    assert client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}).url == "/en/account/second-factor/recovery-codes/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/en/account/second-factor/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert client.get("/en/office/").status_code == 200

    another = Client()
    assert sign_in(another).url == "/en/account/sign-in/code/"
    assert another.get("/en/office/").url.startswith("/en/account/sign-in/")  # the password alone opens nothing
    assert another.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    another.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert another.get("/en/office/").status_code == 200

    third = Client()
    sign_in(third)
    third.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert third.get("/en/office/").status_code == 302  # a recovery code works once


@pytest.mark.usefixtures("_office_needs_a_second_factor")
def test_who_removes_the_second_factor_loses_the_role_until_it_is_back(client, officer) -> None:
    sign_in(client)
    confirm(client)
    secret = re.search(r"<code>(\w+)</code>", client.get("/en/account/second-factor/app/").content.decode())[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert client.get("/en/office/").status_code == 200
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert client.get("/en/office/").url == "/en/account/second-factor/app/"


@pytest.mark.usefixtures("_office_needs_a_second_factor")
def test_who_may_not_enter_is_not_sent_to_set_anything_up(client) -> None:
    an_account("student@example.org", Role.STUDENT)
    sign_in(client, "student@example.org")
    assert client.get("/en/office/").status_code == 403


def test_changing_the_second_factor_asks_for_the_password_again(client, officer) -> None:
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).url.startswith("/en/account/confirm/")
    assert client.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    confirm(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


PAGES = (
    *("account_login", "account_logout", "account_inactive", "account_change_password", "account_reset_password", "account_reauthenticate"),
    *("account_reset_password_done", "account_reset_password_from_key_done", "mfa_index", "mfa_activate_totp"),
)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_the_account_stands_in_both_languages(client, officer, name, language) -> None:
    if name not in {"account_login", "account_inactive"}:
        sign_in(client)
        confirm(client)
    with translation.override(language):
        page = client.get(reverse(name))
    assert page.status_code == 200
    text = page.content.decode()
    assert f'<html lang="{language}">' in text
    assert "style=" not in text
    assert "<script>" not in text


def test_an_administrator_signs_in(client) -> None:
    create_administrator(email="a@example.org", display_name="A", password=PASSWORD, actor=ACTOR, now=dt.datetime.now(dt.UTC))
    assert sign_in(client, "a@example.org").url == "/en/account/"


def test_dutch_is_ours_where_the_library_has_none_or_another_tone(client, officer) -> None:
    page = client.get("/nl/account/sign-in/").content.decode()
    assert "<h1>Inloggen</h1>" in page
    assert "Wachtwoord vergeten?" in page
    wrong = client.post("/nl/account/sign-in/", {"login": officer.email, "password": "wrong"}).content.decode()
    assert "Het e-mailadres of het wachtwoord klopt niet." in wrong
