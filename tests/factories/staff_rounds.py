"""A round of staff mobility, members of staff with an appointment, and what they hand in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from tests.factories.applications import wishes_of
from tests.factories.rounds import NOW, OFFICER, Stage, a_condition
from tests.factories.university import University, a_small_university

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role
from goliard.apps.applications.models import Application
from goliard.apps.applications.services.approvals import name_manager
from goliard.apps.applications.services.stays import StayWords, save_stay
from goliard.apps.applications.services.submitting import submit_application
from goliard.apps.applications.services.writing import save_answers, save_wishes, start_application
from goliard.apps.people.models import Appointment, Person, PersonEmail
from goliard.apps.rounds.models import Criterion, FormQuestion, Round
from goliard.apps.rounds.services.destinations import draw_condition
from goliard.apps.rounds.services.rounds import lock_policy, move_round
from goliard.rules.access.actor import Actor, Role, RoleGrant, system

PAGE = "https://example.org/approvals/{}/"
STAY = StayWords(
    purpose="teaching", starts_on=dt.date(2027, 10, 4), ends_on=dt.date(2027, 10, 8), host_group="Institute of Physics",
    sessions=[("Project management", Decimal(4)), ("Writing a research proposal", Decimal("4.5"))],
)  # fmt: skip


def an_open_staff_round(*, university: University | None = None, key: str = "staff-2027", **fields: Any) -> Stage:
    """Teaching or training for 2 to 60 days at `alpha` or `bravo`, with the line manager's approval; motivation counts for all."""
    university = university or a_small_university()
    values: dict[str, Any] = {
        "kind": "staff-mobility", "audience": "staff", "title_nl": "Medewerkersmobiliteit", "title_en": "Staff mobility",
        "academic_year": "2027/2028", "opens_on": dt.date(2026, 11, 2), "closes_on": dt.date(2026, 12, 1), "wishes_min": 1,
        "wishes_max": 3, "purposes": "teaching, training", "days_min": 2, "days_max": 60, "teaching_hours": 8, "asks_approval": True,
    }  # fmt: skip
    made = Round.objects.create(key=key, **(values | fields))
    FormQuestion.objects.create(round=made, text_nl="Waarom?", text_en="Why?", longest=2000)
    Criterion.objects.create(round=made, name_nl="Motivatie", name_en="Motivation", aim="motivation", weight=100)
    pools = []
    for name in ("alpha", "bravo"):
        condition = a_condition(university, name)
        condition.kind, condition.eqf_levels = "staff-teaching", ""
        condition.save()
        condition.subjects.all().delete()
        pools.append(draw_condition(round=made, condition=condition, places=1, actor=OFFICER, now=NOW))
    lock_policy(round=made, actor=OFFICER, now=NOW)
    return Stage(university, move_round(row=made, action="open", actor=OFFICER, now=NOW), tuple(pools))


def a_member_of_staff(stage: Stage, number: int = 1, *, email: str = "", **appointment: Any) -> Person:
    """A lecturer of the observatory with an account; the line manager is whom they name."""
    email = email or f"lecturer{number}@example.org"
    person = Person.objects.create(given_name="Lecturer", family_name=f"Number {number}", retention_class="application")
    PersonEmail.objects.create(person=person, email=email, is_preferred=True)
    values: dict[str, Any] = {
        "code": "a1", "function_nl": "Docent", "function_en": "Lecturer", "category": "academic", "seniority": "junior",
        "unit": stage.university.observatory, "valid_from": dt.date(2020, 9, 1), "as_of": dt.date(2026, 11, 1),
    }  # fmt: skip
    Appointment.objects.create(person=person, **(values | appointment))
    if User.objects.filter(email=email).update(person=person):
        return person
    user = User.objects.create(email=email, display_name=person.full_name, person=person)
    assign_role(user=user, role=Role.STAFF, actor=system("test"), now=NOW)
    return person


def staff_actor(person: Person) -> Actor:
    return Actor(User.objects.get(person=person).actor_id, (RoleGrant(Role.STAFF),))


def a_staff_draft(stage: Stage, person: Person, *names: str, now: dt.datetime = NOW, manager: str = "manager@example.org") -> Application:
    """Complete: wishes (alpha, then bravo), a motivation, a week of teaching, a line manager."""
    given: dict[str, Any] = {"actor": staff_actor(person), "now": now}
    draft = start_application(
        round=stage.round, person=person, enrolment=None, appointment=person.appointments.get(), language="en", **given
    )  # fmt: skip
    save_wishes(application=draft, wishes=wishes_of(stage, *(names or ("alpha", "bravo"))), seen=0, **given)
    question = stage.round.questions.get()
    save_answers(application=draft, answers={(question.pk, None): "To teach there."}, seen=0, **given)
    save_stay(application=draft, words=STAY, seen=0, **given)
    if stage.round.asks_approval:
        name_manager(application=draft, name="Manager", email=manager, **given)
    return Application.objects.get(pk=draft.pk)


def a_staff_application(stage: Stage, person: Person, *names: str, now: dt.datetime = NOW, **options: Any) -> Application:
    """Handed in; the line manager is asked."""
    draft = a_staff_draft(stage, person, *names, now=now, **options)
    submit_application(application=draft, actor=staff_actor(person), now=now, approval_page=PAGE.format)
    return Application.objects.get(pk=draft.pk)
