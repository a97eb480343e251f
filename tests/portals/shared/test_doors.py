"""What a door does with whom, apart from any page."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone, translation
from django_htmx.middleware import HtmxDetails

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role, invite
from goliard.portals.shared.doors import anyone, door, refuse_unless, signed_in
from goliard.portals.shared.middleware import ActorMiddleware
from goliard.rules.access.actor import ANONYMOUS, Actor, Role, system


def may_see_office(actor: Actor) -> bool:
    return actor.reads_office


@door(may_see_office)
def office(request) -> HttpResponse:
    """The office."""
    return HttpResponse("office")


@door(anyone)
def mine_only(request) -> HttpResponse:
    refuse_unless(request.actor.has(Role.STUDENT))
    return HttpResponse("mine")


def ask(view, user: User | None = None, method: str = "get", form: dict[str, str] | None = None, **headers: str) -> HttpResponse:
    """Ask a view as the middleware would, without the rest of the site."""
    translation.activate("en")
    request = getattr(RequestFactory(headers=headers), method)("/en/somewhere/?a=1", form)
    request.user = user or AnonymousUser()
    request.session = {}
    request._messages = FallbackStorage(request)
    request.htmx = HtmxDetails(request)
    return ActorMiddleware(view)(request)


@pytest.fixture
def student(db: None) -> User:
    return an_account(Role.STUDENT)


@pytest.fixture
def officer(db: None) -> User:
    return an_account(Role.OFFICER)


def an_account(role: Role) -> User:
    user = invite(email=f"{role}@example.org", display_name=role, actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=role, actor=system("test"), now=timezone.now())
    return user


def test_a_door_keeps_the_views_name_and_shows_its_policy() -> None:
    assert (office.__name__, office.__doc__, office.door) == ("office", "The office.", may_see_office)


def test_a_stranger_is_led_to_sign_in_and_back() -> None:
    assert ask(office).url == "/en/account/sign-in/?next=/en/somewhere/%3Fa%3D1"


def test_a_stranger_with_a_form_is_led_to_sign_in_and_home() -> None:
    assert ask(office, method="post").url == "/en/account/sign-in/?next=/"


WRITTEN = "A whole evening of <careful> writing about the southern sky."


@pytest.mark.django_db
def test_who_was_signed_out_while_writing_gets_the_text_back() -> None:
    form = {"motivation": WRITTEN, "csrfmiddlewaretoken": "x" * 64, "password": "p" * 64, "term": "autumn"}
    answer = ask(office, method="post", form=form)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "readonly>A whole evening of &lt;careful&gt; writing about the southern sky.</textarea>" in page
    assert page.count("<textarea") == 1, "no token, no password, no choice"
    assert 'href="/en/account/sign-in/?next=/"' in page
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_form_that_saves_itself_stays_on_the_screen_when_its_session_ends() -> None:
    answer = ask(office, method="post", form={"motivation": WRITTEN}, **{"HX-Request": "true"})
    assert (answer.status_code, "HX-Redirect" in answer) == (200, False)
    part = answer.content.decode()
    assert "Not saved" in part
    assert 'target="_blank"' in part


@pytest.mark.django_db
def test_after_signing_in_again_elsewhere_a_form_that_saves_itself_gets_a_token_that_works(officer) -> None:
    client = Client(enforce_csrf_checks=True, headers={"HX-Request": "true"})
    client.force_login(officer)
    stale = {"csrfmiddlewaretoken": "a" * 64}
    answer = client.post("/en/student/applications/00000000-0000-4000-8000-000000000000/questions/", stale)
    assert answer.status_code == 200, "htmx shows no other"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w{64})" hx-swap-oob', answer.content.decode())
    assert token is not None
    again = client.post("/en/student/applications/00000000-0000-4000-8000-000000000000/questions/", {"csrfmiddlewaretoken": token[1]})
    assert again.status_code == 404, "past the token: there is no such application"


def test_a_stranger_in_part_of_a_page_gets_a_whole_page_for_sign_in() -> None:
    answer = ask(office, **{"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/en/account/sign-in/?next=/en/somewhere/%3Fa%3D1")


def test_who_may_not_enter_is_told_so(student) -> None:
    with pytest.raises(PermissionDenied):
        ask(office, student)


def test_who_may_enter_gets_a_page_that_no_cache_keeps(officer) -> None:
    answer = ask(office, officer)
    assert (answer.content, answer["Cache-Control"]) == (b"office", "max-age=0, no-cache, no-store, must-revalidate, private")


def test_a_refusal_inside_is_sign_in_for_a_stranger_and_no_for_others(student, officer) -> None:
    assert ask(mine_only).url.startswith("/en/account/sign-in/")
    assert ask(mine_only, student).content == b"mine"
    with pytest.raises(PermissionDenied):
        ask(mine_only, officer)


def test_an_open_page_may_be_kept_by_a_cache(student) -> None:
    assert "Cache-Control" not in ask(mine_only, student).headers


def test_a_role_that_waits_for_its_second_factor_is_led_to_set_it_up(officer, settings) -> None:
    settings.GOLIARD_TOTP_ROLES = ["officer"]
    assert ask(office, officer).url == "/en/account/second-factor/app/"


@pytest.mark.parametrize(("policy", "opens"), [(anyone, [True, True]), (signed_in, [False, True])])
def test_the_two_general_policies(policy, opens) -> None:
    assert [policy(ANONYMOUS), policy(Actor("user:x"))] == opens


def test_a_visitor_without_a_session_costs_no_query(client: Client, django_assert_num_queries, db: None) -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware

    request = RequestFactory().get("/")
    request.session = client.session
    with django_assert_num_queries(0):
        AuthenticationMiddleware(ActorMiddleware(lambda request: HttpResponse(str(request.actor.id))))(request)


def test_an_actor_is_read_once_a_request(officer, django_assert_num_queries) -> None:
    def view(request) -> HttpResponse:
        return HttpResponse(f"{request.actor.id} {request.actor.reads_office} {request.actor.is_office}")

    with django_assert_num_queries(1):
        assert ask(view, officer).content.decode() == f"user:{officer.public_id} True True"
    with django_assert_num_queries(0):
        ask(lambda request: HttpResponse("who asks does not matter here"), officer)


def test_a_page_for_what_is_not_allowed(client: Client, student, officer) -> None:
    client.force_login(student)
    page = client.get("/en/office/")
    assert (page.status_code, "You have no access to this page" in page.content.decode()) == (403, True)
