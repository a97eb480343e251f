"""A student in a round that is open for nine days more, signed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.applications import a_student
from tests.factories.rounds import Stage, an_open_round

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application
from goliard.apps.people.models import Person


@pytest.fixture
def stage(db: None) -> Stage:
    today = timezone.localdate()
    return an_open_round(3, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))


@pytest.fixture
def person(stage: Stage) -> Person:
    return a_student(stage)


@pytest.fixture
def student(client: Client, person: Person) -> Client:
    client.force_login(User.objects.get(person=person))
    return client


def of(application: Application, part: str = "") -> str:
    """The address of a part of an application."""
    return f"/en/student/applications/{application.public_id}/{part}"
