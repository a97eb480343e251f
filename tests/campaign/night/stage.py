"""Run in a process with the installation's settings: `stage.py make N` fills it, `stage.py tell` says what it holds, both as JSON."""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import timedelta
from typing import Any

from goliard.cli.django_setup import setup

setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 -- Django is loaded by now
from django.contrib.sessions.models import Session  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.factories.rounds import an_open_round  # noqa: E402

from goliard.apps.accounts.models import RoleAssignment, User  # noqa: E402
from goliard.apps.applications.models import Application, ApplicationSubmission  # noqa: E402
from goliard.apps.people.models import Enrolment, LanguageResult, Person, PersonEmail  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make(count: int) -> dict[str, Any]:
    """A round that is open, students who have signed in, and what the driver needs to know."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    today = timezone.localdate()
    stage = an_open_round(6, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=2), wishes_max=5)
    persons = Person.objects.bulk_create(
        Person(given_name="Student", family_name=f"Number {number}", retention_class="application") for number in range(count)
    )
    PersonEmail.objects.bulk_create(
        PersonEmail(person=person, email=f"student{number}@example.org", is_preferred=True) for number, person in enumerate(persons)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            person=person, programme="B-AST", cycle=6, unit=stage.university.observatory, subject="0222", valid_from=today,
            credits_hundredths=9050, average_thousandths=7250, as_of=today,
        )
        for person in persons
    )  # fmt: skip
    LanguageResult.objects.bulk_create(
        LanguageResult(person=person, language="en", level="C1", told_by="student-system", as_of=today) for person in persons
    )
    users = User.objects.bulk_create(
        User(email=f"student{number}@example.org", display_name=person.full_name, person=person, password="!none")
        for number, person in enumerate(persons)
    )
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role="student") for user in users)
    sessions = [_session(user) for user in users]
    Session.objects.bulk_create(sessions)
    return {
        "round": stage.round.key,
        "zone": stage.round.zone,
        "question": stage.round.questions.get().pk,
        "document": stage.round.documents.get().pk,
        "destinations": list(stage.round.destinations.values_list("pk", flat=True)),
        "sessions": [session.session_key for session in sessions],
    }


def tell() -> dict[str, Any]:
    """Every student's application with what was handed in."""
    told: dict[str, Any] = {}
    for row in Application.objects.select_related("person"):
        number = row.person.family_name.removeprefix("Number ")
        told[number] = {
            "state": row.state,
            "answers": list(row.answers.values_list("text", flat=True)),
            "wishes": list(row.preferences.order_by("rank").values_list("destination_id", flat=True)),
            "submissions": [_submission(each) for each in row.submissions.order_by("number")],
        }
    return {"applications": told, "letters": _letters()}


def _submission(row: ApplicationSubmission) -> dict[str, Any]:
    own = json.loads(row.content)["own"]
    return {
        "number": row.number,
        "received": row.received_at.timestamp(),
        "whole": hashlib.sha256(row.content.encode()).hexdigest() == row.content_hash,
        "answer": own["answers"][0]["answer"],
        "wishes": len(own["wishes"]),
        "documents": len(own["documents"]),
    }


def _letters() -> int:
    from goliard.apps.messaging.models import Delivery

    return Delivery.objects.filter(letter="application-received").count()


def _session(user: User) -> Session:
    store = SessionStore()
    data = {"_auth_user_id": str(user.pk), "_auth_user_backend": BACKEND, "_auth_user_hash": user.get_session_auth_hash()}
    expires = timezone.now() + timedelta(days=1)
    return Session(session_key=store._get_new_session_key(), session_data=store.encode(data), expire_date=expires)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make(int(sys.argv[2])) if sys.argv[1] == "make" else tell()) + "\n")
