"""The office sees what is not published yet, in both languages, at the address where it will stand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.exchange import make_call, make_home, make_network, make_news, make_organisation, make_page, make_project
from tests.portals.public.reading import words_of

from goliard.apps.accounts.services import assign_role, invite
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db
DRAFTS = {
    "projects/draft-project/": "Concept.",
    "news/draft/": "Concept.",
    "plans/": "Concept.",
    "partners/hidden-university/": "Niet op de openbare site.",
    "networks/hidden-network/": "Niet op de openbare site.",
}


@pytest.fixture(autouse=True)
def drafts(settings: Any) -> None:
    settings.GOLIARD_TOTP_ROLES = []
    make_home()
    make_project("Draft project", call=make_call(), partners=[make_organisation()], state="draft")
    make_news("draft", state="draft", body_nl="[[fact:typo]]")
    make_page("plans", state="draft")
    make_organisation("Hidden University", is_public=False)
    make_network("Hidden Network", is_public=False)


def signed_in(client: Client, role: Role) -> Client:
    user = invite(email=f"{role}@example.org", display_name=role, actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=role, actor=system("test"), now=timezone.now())
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", DRAFTS)
def test_an_auditor_sees_the_draft_and_that_it_is_one(client: Client, path: str) -> None:
    assert DRAFTS[path] in words_of(signed_in(client, Role.AUDITOR), f"/nl/{path}")


@pytest.mark.parametrize("path", DRAFTS)
def test_a_student_does_not(client: Client, path: str) -> None:
    assert signed_in(client, Role.STUDENT).get(f"/nl/{path}").status_code == 404


def test_a_placeholder_that_quotes_nothing_is_marked_for_the_office(client: Client) -> None:
    assert "[[fact:typo]]" in words_of(signed_in(client, Role.AUDITOR), "/nl/news/draft/")
