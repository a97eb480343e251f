"""The page of policy documents: what holds until when, what has lapsed, and the goals of the strategic plan."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories.exchange import make_home
from tests.portals.public.reading import html_of, words_of

from goliard.apps.funding.models import PolicyDocument, StrategicGoal

pytestmark = pytest.mark.django_db


def a_document(key: str, kind: str, **changes: object) -> PolicyDocument:
    return PolicyDocument.objects.create(key=key, kind=kind, title_en=key.title(), title_nl=f"{key.title()} (nl)", **changes)


def test_each_document_with_its_validity_and_goals(client: Client) -> None:
    make_home(motto="Praesidium Libertatis")
    a_document("statement", "policy-statement", valid_from=dt.date(2021, 1, 1), valid_until=dt.date(2099, 12, 31), publisher="Home")
    a_document("framework", "framework", valid_until=dt.date(2020, 12, 31))
    a_document("guide", "guide", citation="p. 6, General objective", url="https://example.org/guide")
    plan = a_document("plan", "strategic-plan")
    StrategicGoal.objects.create(key="goal", document=plan, title_en="Further abroad", title_nl="Verder weg")
    text = words_of(client, "/en/documents/")
    assert "Statement Publisher Home Validity 1 January 2021 – 31 December 2099" in text
    assert "Framework no longer in force Validity until 31 December 2020" in text
    assert "Validity not published Cited here p. 6, General objective" in text
    assert "Its goals: Further abroad" in text
    assert "Praesidium Libertatis" in text
    assert 'href="https://example.org/guide"' in html_of(client, "/en/documents/")
    dutch = words_of(client, "/nl/documents/")
    assert "1 januari 2021 – 31 december 2099" in dutch
    assert "Verder weg" in dutch
    assert "Plan (nl)" in dutch


def test_many_documents_cost_as_many_queries_as_one(client: Client) -> None:
    make_home()
    a_document("one", "strategic-plan")
    with CaptureQueriesContext(connection) as few:
        html_of(client, "/en/documents/")
    for number in range(30):
        plan = a_document(f"more-{number}", "strategic-plan")
        StrategicGoal.objects.create(key=f"goal-{number}", document=plan, title_en="Goal", title_nl="Doel")
    with CaptureQueriesContext(connection) as many:
        html_of(client, "/en/documents/")
    assert len(many) == len(few)
