"""What every register of the office promises, asked of each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.registers import ROWS
from tests.factories.university import a_small_university
from tests.portals.office.filled import filled

from goliard.apps.journal.models import JournalEntry
from goliard.portals.office.urls import REGISTERS
from goliard.rules.access.actor import Actor, Role, RoleGrant

pytestmark = pytest.mark.django_db
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))
BY_NAME = {register.name: register for register in REGISTERS}
each_register = pytest.mark.parametrize("name", sorted(BY_NAME))
each_form = pytest.mark.parametrize("name", sorted(name for name, register in BY_NAME.items() if register.form))


def make(name: str, count: int) -> list[Any]:
    university = a_small_university()
    return [ROWS[name](university, number) for number in range(count)]


def test_every_register_has_rows_to_be_tested_with() -> None:
    assert sorted(ROWS) == sorted(BY_NAME)


@each_register
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_screen_opens(officer: Client, name: str, language: str) -> None:
    (row,) = make(name, 1)
    base = f"/{language}/office/{name}/"
    forms = (f"{row.pk}/edit/", *(("new/",) if BY_NAME[name].may_add(OFFICER) else ())) if BY_NAME[name].form else ()
    for address in ("", "?q=a&sort=-name&page=9", "export.csv", "export.xlsx", f"{row.pk}/", f"{row.pk}/history/", *forms):
        response = officer.get(base + address)
        assert response.status_code == 200, address
    if forms and BY_NAME[name].removable_by(OFFICER, row):
        assert officer.get(f"{base}{row.pk}/delete/").status_code in {200, 409}
    assert officer.get(f"{base}987654321/").status_code == 404
    assert officer.get(f"{base}export.exe").status_code == 404


@each_register
def test_a_list_asks_as_many_questions_for_thirty_rows_as_for_one(officer: Client, name: str) -> None:
    university = a_small_university()
    ROWS[name](university, 0)
    officer.get(f"/en/office/{name}/")
    one = questions(lambda: officer.get(f"/en/office/{name}/"))
    for number in range(1, 30):
        ROWS[name](university, number)
    assert questions(lambda: officer.get(f"/en/office/{name}/")) == one


@each_form
def test_a_form_saved_unchanged_writes_nothing(officer: Client, name: str) -> None:
    (row,) = make(name, 1)
    register = BY_NAME[name]
    address = f"/en/office/{name}/{row.pk}/edit/"
    entries = JournalEntry.objects.count()
    response = officer.post(address, filled(officer.get(address).context))
    assert response.status_code == 302, [str(fault) for fault in response.context["faults"]] + [response.context["form"].errors.as_text()]
    assert JournalEntry.objects.count() == entries
    assert register.model._default_manager.filter(pk=row.pk).exists()


@each_register
def test_nobody_enters_without_signing_in(client: Client, name: str) -> None:
    (row,) = make(name, 1)
    forms = ("new/", f"{row.pk}/edit/", f"{row.pk}/delete/") if BY_NAME[name].form else ()
    for address in ("", "export.csv", f"{row.pk}/", f"{row.pk}/history/", *forms):
        response = client.get(f"/en/office/{name}/{address}")
        assert response.status_code == 302, address
        assert response["Location"].startswith("/en/account/sign-in/")


def questions(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
