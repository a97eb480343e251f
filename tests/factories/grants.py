"""A scholarship scheme, a student, and a request."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.factories import exchange

from goliard.apps.grants.models import Scholarship, ScholarshipScheme
from goliard.apps.grants.services.asking import StayWords, ask_scholarship
from goliard.apps.people.models import Person, PersonEmail
from goliard.rules.access.actor import system

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
OFFICER = system("test")


def a_scheme(key: str = "lustra-2026", **changes: Any) -> ScholarshipScheme:
    """LUSTRA+ by the shipped table of 2026, with a budget of a thousand euros."""
    values = {"title_en": "LUSTRA+", "title_nl": "LUSTRA+", "table_year": 2026, "budget_cents": 100_000}
    return ScholarshipScheme.objects.get_or_create(key=key, defaults=values | changes)[0]


def a_student(name: str = "One") -> Person:
    """A person with an address."""
    person = Person.objects.create(given_name="Student", family_name=name, search_key=f"student {name}".lower())
    PersonEmail.objects.create(person=person, email=f"student-{name.lower()}@example.org", is_preferred=True)
    return person


def a_stay(**changes: Any) -> StayWords:
    """Five months in Ethiopia, approved and for credit: 450 euros."""
    values: dict[str, Any] = {
        "cycle": "second", "purpose": "study", "country": exchange.make_country("ET"), "host": "Addis University",
        "starts_on": dt.date(2027, 2, 1), "ends_on": dt.date(2027, 6, 30), "approved_by_board": True, "for_credit": True,
    }  # fmt: skip
    return StayWords(**(values | changes))


def a_scholarship(person: Person | None = None, scheme: ScholarshipScheme | None = None, **changes: Any) -> Scholarship:
    """A request that was handed in."""
    return ask_scholarship(scheme=scheme or a_scheme(), person=person or a_student(), words=a_stay(**changes), actor=OFFICER, now=NOW)
