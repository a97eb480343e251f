"""Every URL × every role: `tests/portals/access.toml` says who gets in, and everybody else must be refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from tests.factories.university import University, a_small_university
from tests.portals.access_table import TABLE, VISITORS, Row, addresses, read_table
from tests.portals.examples import example

from goliard.apps.accounts.services import assign_role, invite
from goliard.portals.partner import entrance
from goliard.rules.access.actor import Role, system

ROWS = read_table()
NAMESPACES = sorted({row.url.rpartition(":")[0] or "site" for row in ROWS})
SIGN_IN = "/en/account/sign-in/"
OF_A_PART = {Role.FACULTY_OFFICER, Role.PARTNER_CONTACT, Role.STUDENT, Role.STAFF}  # roles that see a part of the rows


@pytest.fixture(autouse=True)
def _patient_entrance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every role knocks at every address of the partner page with a wrong link; that is more than one visitor may."""
    cache.clear()
    monkeypatch.setattr(entrance, "TRIES", 1000)


def test_every_address_is_in_the_table() -> None:
    assert sorted({name for name, _ in addresses()} - {row.url for row in ROWS}) == [], "add them to tests/portals/access.toml"


def test_every_row_is_an_address() -> None:
    assert sorted({row.url for row in ROWS} - {name for name, _ in addresses()}) == [], "these are in access.toml only"


def test_every_view_of_ours_has_a_door() -> None:
    ours = {name: view for name, view in addresses() if view.__module__.startswith("goliard.")}
    assert len(ours) > 10
    assert sorted(name for name, view in ours.items() if not hasattr(view, "door")) == []


@pytest.fixture
def university(db: None) -> University:
    return a_small_university()


@pytest.fixture
def visitors(university: University, settings) -> dict[str, Client]:
    """A browser for each role, and one in which nobody has signed in. The faculty officer's faculty is science."""
    settings.GOLIARD_TOTP_ROLES = []
    translation.activate("en")
    browsers = {"anonymous": Client()}
    for role in Role:
        user = invite(email=f"{role}@example.org", display_name=role, actor=system("test"), now=timezone.now()).user
        user.set_password("a long enough sentence")
        user.save()
        scope: dict[str, Any] = {"unit": university.science} if role is Role.FACULTY_OFFICER else {}
        scope |= {"organisation": university.partner} if role is Role.PARTNER_CONTACT else {}
        assign_role(user=user, role=role, actor=system("test"), now=timezone.now(), **scope)
        browsers[role.value] = Client()
        browsers[role.value].force_login(user)
    return browsers


@pytest.fixture
def examples(university: University) -> Callable[[object], object]:
    """What stands for a value of `args`: itself, or the example that `$name` names, made once."""
    made: dict[str, object] = {}

    def stands_for(value: object) -> object:
        if not (isinstance(value, str) and value.startswith("$")):
            return value
        if value not in made:
            made[value] = example(value[1:], university)
        return made[value]

    return stands_for


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_address_opens_to_whom_the_table_says(visitors, examples, namespace: str) -> None:
    rows = [row for row in ROWS if (row.url.rpartition(":")[0] or "site") == namespace]
    wrong = [line for row in rows for line in _faults(row, visitors, examples)]
    assert not wrong, "\n".join(wrong)


def _faults(row: Row, visitors: dict[str, Client], examples: Callable[[object], object]) -> Iterator[str]:
    """Ask the address as every visitor; whatever is written is undone."""
    examples(f"${row.about}" if row.about else None)
    args = {name: examples(value) for name, value in row.args.items()}
    for method, allowed in row.opens.items():
        for visitor in _asking(allowed):
            with transaction.atomic():
                answer = getattr(visitors[visitor], method.lower())(reverse(row.url, kwargs=args), row.data)
                transaction.set_rollback(True)
            absent = row.absent and visitor in allowed
            if answer.status_code >= 500 or answer.status_code == 405 or (answer.status_code == 404) != absent:
                yield f"{method} {row.url} as {visitor}: {answer.status_code}: what does the address need? Give args or data."
            elif _opened(answer, visitor) != (visitor in allowed):
                yield f"{method} {row.url} as {visitor}: {answer.status_code} {answer.headers.get('Location', '')}"


def _asking(allowed: frozenset[str]) -> tuple[str, ...]:
    """Everybody. On PostgreSQL only those for whom the page asks different questions of the database: who is refused was told on SQLite."""
    if connection.vendor != "postgresql":
        return VISITORS
    whole = next((visitor for visitor in VISITORS if visitor in allowed - OF_A_PART), None)
    return tuple(visitor for visitor in VISITORS if visitor == whole or visitor in allowed & OF_A_PART)


def _opened(answer: HttpResponse, visitor: str) -> bool:
    """Whether the door opened: refused is sign-in for who has not signed in, and 403 for who has."""
    led_to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)
    return not (led_to_sign_in if visitor == "anonymous" else answer.status_code == 403 or led_to_sign_in)


@pytest.mark.parametrize(
    "row",
    ['x = { GET = "everybody" }', "x = { args = { pk = 1 } }", 'x = { GET = "student", PUT = "student" }', 'x = { GET = "students" }'],
)
def test_a_row_that_says_nothing_or_too_much_is_refused(tmp_path, row) -> None:
    table = tmp_path / "access.toml"
    table.write_text(f'[groups]\nall = "student"\n[site]\n{row}\n')
    with pytest.raises(ValueError, match=r"x:|There is no"):
        read_table(table)


def test_the_table_is_where_its_readers_look() -> None:
    assert TABLE.is_file()
    assert {"home", "dashboard"} <= {row.url.rpartition(":")[2] for row in ROWS}
