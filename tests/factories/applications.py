"""Students with results, and applications in the open round of `tests/factories/rounds.py`."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from tests.factories.rounds import NOW, Stage

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role
from goliard.apps.applications.models import Application
from goliard.apps.applications.services.documents import add_document
from goliard.apps.applications.services.submitting import submit_application
from goliard.apps.applications.services.writing import WishWords, save_answers, save_wishes, start_application
from goliard.apps.people.models import Enrolment, LanguageResult, Person, PersonEmail
from goliard.rules.access.actor import Actor, Role, RoleGrant, system

PDF = b"%PDF-1.7 transcript"
LATE = dt.datetime(2026, 12, 1, 23, 0, tzinfo=dt.UTC)  # midnight in Amsterdam, a minute after the deadline


def a_student(stage: Stage, number: int = 1, *, email: str = "", **enrolment: Any) -> Person:
    """A bachelor student of the observatory with 90.5 EC and an average of 7.25, with an account that signs in."""
    email = email or f"student{number}@example.org"
    person = Person.objects.create(given_name="Student", family_name=f"Number {number}", retention_class="application")
    PersonEmail.objects.create(person=person, email=email, is_preferred=True)
    values: dict[str, Any] = {
        "programme": "B-AST", "programme_name_nl": "Sterrenkunde", "programme_name_en": "Astronomy", "cycle": 6,
        "unit": stage.university.observatory, "subject": "0222", "valid_from": dt.date(2024, 9, 1), "credits_hundredths": 9050,
        "average_thousandths": 7250, "as_of": dt.date(2026, 11, 1),
    }  # fmt: skip
    Enrolment.objects.create(person=person, **(values | enrolment))
    LanguageResult.objects.create(person=person, language="en", level="C1", told_by="student-system", as_of=values["as_of"])
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User(email=email, display_name=person.full_name, person=person)
        user.set_password("a long enough sentence")
        user.save()
        assign_role(user=user, role=Role.STUDENT, actor=system("test"), now=NOW)
    else:
        User.objects.filter(pk=user.pk).update(person=person)
    return person


def actor_of(person: Person) -> Actor:
    return Actor(User.objects.get(person=person).actor_id, (RoleGrant(Role.STUDENT),))


def a_draft(stage: Stage, person: Person, **options: Any) -> Application:
    """An empty draft."""
    return start_application(
        round=stage.round, person=person, enrolment=person.enrolments.get(), language="en", actor=actor_of(person),
        **({"now": NOW} | options),
    )  # fmt: skip


def wishes_of(stage: Stage, *names: str) -> list[WishWords]:
    """Wishes for destinations by the key of their partner, in order."""
    rows = {row.organisation.key: row.pk for row in stage.round.destinations.select_related("organisation")}
    return [WishWords(rows[name]) for name in names]


def a_complete_draft(stage: Stage, person: Person, *names: str, now: dt.datetime = NOW) -> Application:
    """A draft with wishes (alpha, then bravo), a motivation and a transcript."""
    actor, draft = actor_of(person), a_draft(stage, person, now=now)
    save_wishes(application=draft, wishes=wishes_of(stage, *(names or ("alpha", "bravo"))), seen=0, actor=actor, now=now)
    question = stage.round.questions.get()
    save_answers(application=draft, answers={(question.pk, None): "To see the stars."}, seen=0, actor=actor, now=now)
    add_document(
        application=draft, requirement=stage.round.documents.get(), stream=io.BytesIO(PDF), name="transcript.pdf", actor=actor, now=now
    )
    return Application.objects.get(pk=draft.pk)


def a_submitted_application(stage: Stage, person: Person, *names: str, now: dt.datetime = NOW) -> Application:
    """Handed in at `now`."""
    draft = a_complete_draft(stage, person, *names, now=now)
    submit_application(application=draft, actor=actor_of(person), now=now)
    return Application.objects.get(pk=draft.pk)
