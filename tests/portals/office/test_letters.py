"""Letters as the office edits them."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.portals.office.conftest import SignIn

from goliard.apps.messaging.letters import LETTERS, letter
from goliard.apps.messaging.models import LetterTemplate
from goliard.rules.access.actor import Role
from goliard.rules.values.texts import Text

pytestmark = pytest.mark.django_db
TEXTS = {"subject_nl": "Dag {{ name }}", "subject_en": "Hello {{ name }}", "body_nl": "Beste", "body_en": "Dear"}


@pytest.fixture(autouse=True)
def greeting():
    letter(key="greeting", purpose=Text("groet", "greeting"), values={"name"}, subject=Text("Dag", "Hello"), body=Text("Beste", "Dear"))
    yield
    del LETTERS["greeting"]


def test_an_officer_changes_a_letter_and_goes_back(officer: Client) -> None:
    assert officer.post("/en/office/letters/greeting/", TEXTS).status_code == 302
    assert LetterTemplate.objects.get().subject_nl == "Dag {{ name }}"
    assert "Hello [name]" in officer.get("/en/office/letters/greeting/").content.decode()
    officer.post("/en/office/letters/greeting/", {"reset": "1"})
    assert LetterTemplate.objects.count() == 0


def test_an_unknown_placeholder_is_refused_by_name(officer: Client) -> None:
    response = officer.post("/nl/office/letters/greeting/", TEXTS | {"body_en": "Dear {{ secret }}"})
    assert response.status_code == 422
    assert "Deze brief kent secret niet; wel: name." in response.content.decode()
    assert LetterTemplate.objects.count() == 0


def test_an_auditor_reads_and_changes_nothing(sign_in: SignIn) -> None:
    auditor = sign_in(Role.AUDITOR)
    assert auditor.get("/en/office/letters/").status_code == 200
    assert auditor.post("/en/office/letters/greeting/", TEXTS).status_code == 403
    assert LetterTemplate.objects.count() == 0


def test_an_unknown_letter_is_not_found(officer: Client) -> None:
    assert officer.get("/en/office/letters/nothing/").status_code == 404
