"""Several agreements at once on the office's screens, and the filters that choose them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university
from tests.portals.public.reading import words

from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.agreements.models import Agreement
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db


@pytest.fixture
def university() -> University:
    return a_small_university()


@pytest.fixture
def officer(settings, client: Client, university: University) -> Client:
    settings.GOLIARD_TOTP_ROLES = []
    user = invite(email="officer@example.org", display_name="Officer", actor=system("test"), now=timezone.now()).user
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=timezone.now())
    client.force_login(user)
    return client


def test_first_what_would_happen_then_what_did(officer: Client, university: University) -> None:
    good, bad = an_agreement(university, key="one", state="in-effect"), an_agreement(university, key="two", state="proposed")
    page = officer.get("/en/office/agreements/").content.decode()
    assert page.count('name="row"') == 2
    chosen = {"action": "end", "row": [good.pk, bad.pk]}
    plan = words(officer.get("/en/office/bulk/agreements/", chosen).content.decode())
    assert "Nothing has been done yet." in plan
    assert "Do it for 1 agreement" in plan
    assert "Refused 1" in plan
    assert officer.post("/en/office/bulk/agreements/", chosen).status_code == 422, "the reason is missing"
    assert Agreement.objects.get(key="one").state == "in-effect"
    done = words(officer.post("/en/office/bulk/agreements/", {**chosen, "reason": "Closed."}).content.decode())
    assert "1 agreement is done." in done
    assert set(Agreement.objects.values_list("key", "state")) == {("one", "ended"), ("two", "proposed")}


def test_all_of_a_filtered_list_and_the_export(officer: Client, university: University) -> None:
    for number in range(3):
        an_agreement(university, key=f"a{number}", state="in-effect")
    an_agreement(university, key="draft")
    wanted = {"action": "hide", "all": "1", "state": "in-effect"}
    assert "Do it for 3 agreements" in words(officer.get("/en/office/bulk/agreements/", wanted).content.decode())
    assert officer.get("/en/office/bulk/agreements/", {"action": "export", "all": "1"}).content[:2] == b"PK"


@pytest.mark.parametrize(
    "asked", [{}, {"action": "end"}, {"action": "nonsense", "row": "1"}, {"action": "end", "row": "x"}, {"action": "end", "row": "9" * 30}]
)
def test_nothing_chosen_leads_back(officer: Client, asked: dict[str, str]) -> None:
    assert officer.get("/en/office/bulk/agreements/", asked).status_code == 302


FILTERS = [
    ({}, 2), ({"owner": "none"}, 1), ({"mobility": "student-studies"}, 2), ({"mobility": "staff-teaching"}, 0), ({"subject": "02"}, 2),
    ({"subject": "04"}, 2), ({"level": "6", "language": "en"}, 2), ({"level": "5"}, 0), ({"state": "draft"}, 0), ({"kind": "exchange"}, 2),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "number"), FILTERS, ids=[str(asked) for asked, _number in FILTERS])
def test_each_filter_narrows(officer: Client, university: University, asked: dict[str, str], number: int) -> None:
    for key in ("one", "two"):
        an_agreement(university, key=key, state="in-effect")
    Agreement.objects.filter(key="two").update(owner=university.law)
    context = officer.get("/en/office/agreements/", asked).context
    expected = 2 if asked.get("subject") == "04" else number  # a subject that nobody has is no choice: the filter does not hold
    assert context["listing"].total == expected
    country = university.partner.country_id
    assert officer.get("/en/office/agreements/", {"country": country, "owner": university.law.pk}).context["listing"].total == 1
