"""A referee writes by a link: once, in time, and never for the applicant's eyes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.factories.applications import a_draft, a_student, actor_of
from tests.factories.rounds import NOW, an_open_round

from goliard.apps.applications.models import Application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.sealing import unsealed
from goliard.apps.scoring.models import Recommendation
from goliard.apps.scoring.services.recommendations import ask_recommendation, give_recommendation, open_recommendation
from goliard.rules.access.actor import ANONYMOUS

pytestmark = pytest.mark.django_db


def a_draft_with(recommendations: int) -> Application:
    stage = an_open_round(recommendations=recommendations)
    return a_draft(stage, a_student(stage))


def ask(draft: Application, email: str = "referee@example.org", **given: object) -> tuple[Recommendation, str]:
    secrets: list[str] = []

    def page(secret: str) -> str:
        secrets.append(secret)
        return f"https://example.org/{secret}/"

    values = {"referee": "Lecturer Astronomy", "email": email, "page": page, "actor": actor_of(draft.person), "now": NOW}
    return ask_recommendation(application=draft, **(values | given)), secrets[0]


def test_a_referee_gets_a_link_and_writes_once() -> None:
    draft = a_draft_with(1)
    asked, secret = ask(draft)
    letter = Delivery.objects.get(letter="recommendation-asked")
    assert secret not in letter.body, "the office reads letters: the link is for the referee"
    assert f"https://example.org/{secret}/" in unsealed(letter.body, letter.sealed, letter.language)
    assert asked.secret_hash != secret
    found = open_recommendation(secret=secret, now=NOW)
    assert found == asked
    with pytest.raises(Refused, match="Write a text"):
        give_recommendation(recommendation=asked, relation="", text=" ", actor=ANONYMOUS, now=NOW)
    give_recommendation(recommendation=asked, relation="lecturer", text="Works well.", actor=ANONYMOUS, now=NOW)
    with pytest.raises(Refused, match="shut"):
        give_recommendation(recommendation=asked, relation="", text="Again.", actor=ANONYMOUS, now=NOW)
    assert Recommendation.objects.get().text == "Works well."


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"email": "no address"}, "referee-email"),
        ({"email": "student1@example.org"}, "referee-twice"),
        ({"referee": " "}, "referee-name"),
        ({"now": dt.datetime(2026, 12, 3, tzinfo=dt.UTC)}, "application.late"),
    ],
)
def test_what_is_not_asked(changes: dict[str, object], rule: str) -> None:
    draft = a_draft_with(1)
    with pytest.raises(Refused) as refused:
        ask(draft, **changes)  # type: ignore[arg-type]
    assert rule in {reason.rule for reason in refused.value.reasons}
    assert Delivery.objects.filter(letter="recommendation-asked").count() == 0


def test_no_more_than_the_round_asks_and_no_link_after_its_time() -> None:
    draft = a_draft_with(1)
    asked, secret = ask(draft)
    with pytest.raises(Refused, match="asks for 1"):
        ask(draft, email="second@example.org")
    assert open_recommendation(secret=secret, now=asked.expires_at + dt.timedelta(seconds=1)) is None
    assert open_recommendation(secret="another", now=NOW) is None


def test_the_page_of_the_referee_opens_by_the_link_alone(client: Client) -> None:
    draft = a_draft_with(1)
    asked, secret = ask(draft)
    Recommendation.objects.update(expires_at=dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
    address = f"/en/partner/recommendations/{secret}/"
    assert "Recommendation for Student Number 1" in client.get(address).content.decode()
    assert "Thank you" in client.post(address, {"relation": "lecturer", "text": "Works well."}).content.decode()
    assert client.get("/en/partner/recommendations/wrong/").status_code == 404
    asked.refresh_from_db()
    assert asked.given_at is not None
