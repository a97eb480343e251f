"""Every row × every role: who sees and changes the rows of one faculty, of no faculty, and of one person.

`law` is the faculty that runs the round, the agreement and the project; the student is enrolled at `science`; `arts` has nothing to do with
them. Beside `tests/portals/test_access.py`, which asks who may open an address, this asks whose rows it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from tests.factories.agreements import an_agreement
from tests.factories.applications import a_student, a_submitted_application, actor_of
from tests.factories.funding import a_project, some_funding
from tests.factories.grants import a_scholarship
from tests.factories.rounds import NOW, Stage, an_open_round

from goliard.apps.accounts.models import User
from goliard.apps.agreements import policies as agreements
from goliard.apps.agreements.models import Agreement
from goliard.apps.applications import policies as applications
from goliard.apps.applications.models import Application
from goliard.apps.grants import policies as grants
from goliard.apps.nominations import policies as nominations
from goliard.apps.people.models import Person
from goliard.apps.placement import policies as placement
from goliard.apps.placement.models import Offer
from goliard.apps.projects import policies as projects
from goliard.apps.projects.models import JointProgrammeInitiative, Project
from goliard.apps.rounds import policies as rounds
from goliard.apps.rounds.models import Round
from goliard.apps.scoring import policies as scoring
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeMember, CommitteeSheet
from goliard.rules.access.actor import ANONYMOUS, Actor, Role, RoleGrant

pytestmark = pytest.mark.django_db
OFFICE = "administrator officer"
READERS = f"{OFFICE} auditor"


@dataclass(frozen=True)
class Stand:
    """The rows, and who comes to see them."""

    stage: Stage
    application: Application
    actors: dict[str, Actor]

    def who(self, may: Callable[[Actor], Any]) -> str:
        return " ".join(name for name, actor in self.actors.items() if may(actor))


@pytest.fixture
def stand() -> Stand:
    stage = an_open_round()
    there = stage.university
    person = a_student(stage, 1, unit=there.science)
    other = a_student(stage, 2, unit=there.science)
    application = a_submitted_application(stage, person)
    Round.objects.filter(pk=stage.round.pk).update(owner=there.law)
    actors = {
        **{role.value: Actor(f"user:{role}", (RoleGrant(role),)) for role in (Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)},
        **{
            name: Actor(f"user:{name}", (RoleGrant(Role.FACULTY_OFFICER, units=frozenset({unit.pk})),))
            for name, unit in (("law", there.law), ("science", there.science), ("arts", there.group))
        },
        "staff": Actor(f"user:{uuid4()}", (RoleGrant(Role.STAFF),)),
        "staff-of-law": Actor(f"user:{uuid4()}", (RoleGrant(Role.STAFF, units=frozenset({there.law.pk})),)),  # units give a role no more
        "student": actor_of(person),
        "another-student": actor_of(other),
        "partner": Actor("user:partner", (RoleGrant(Role.PARTNER_CONTACT, organisation=there.partner.pk),)),
        "token": Actor(f"{actor_of(person).id}/token:1", (RoleGrant(Role.STAFF),)),  # of the student's own account: it acts for a system
        "nobody": ANONYMOUS,
    }
    return Stand(Stage(there, Round.objects.get(pk=stage.round.pk), stage.pools), Application.objects.get(pk=application.pk), actors)


def listed(visible: Callable[..., Any], model: Any) -> Callable[[Actor], bool]:
    return lambda actor: bool(visible(actor, model.objects.all()).exists())


def of_a_round(stand: Stand, row: Round) -> Iterator[tuple[str, str]]:
    destination = stand.stage.round.destinations.first()
    assert destination is not None
    destination.round = row
    yield "edit", stand.who(lambda actor: rounds.may_edit_round(actor, row))
    yield "place", stand.who(lambda actor: placement.may_place(actor, row))
    yield "run the scoring", stand.who(lambda actor: scoring.may_run_scoring(actor, row))
    yield "manage letters", stand.who(lambda actor: applications.may_manage_round_letters(actor, row))
    yield "nominate", stand.who(lambda actor: nominations.may_nominate(actor, destination))
    yield "see the placement", stand.who(lambda actor: placement.may_see_round_placement(actor, row))
    yield "see scores", stand.who(lambda actor: scoring.may_see_scores_of(actor, row))
    yield "see nominations", stand.who(lambda actor: nominations.may_see_nominations(actor, destination))
    yield "its list", stand.who(listed(rounds.visible_as_own, Round))
    yield "its placements", stand.who(listed(placement.visible_rounds, Round))


@pytest.mark.parametrize(("owner", "changes", "reads"), [("law", f"{OFFICE} law", f"{READERS} law"), (None, OFFICE, READERS)])
def test_a_round(stand: Stand, owner: str | None, changes: str, reads: str) -> None:
    if owner is None:
        Round.objects.update(owner=None)
    row = Round.objects.get(pk=stand.stage.round.pk)
    changing = dict.fromkeys(("edit", "place", "run the scoring", "manage letters", "nominate"), changes)
    reading = dict.fromkeys(("see the placement", "see scores", "see nominations", "its list", "its placements"), reads)
    assert dict(of_a_round(stand, row)) == changing | reading


def test_an_application(stand: Stand) -> None:
    row = stand.application
    assert stand.who(lambda actor: applications.may_write_application(actor, row)) == "student"
    assert stand.who(lambda actor: applications.may_see_application(actor, row)) == f"{READERS} law science student"
    assert stand.who(lambda actor: applications.may_manage_application(actor, row)) == f"{OFFICE} law science"
    assert stand.who(listed(applications.visible_applications, Application)) == f"{READERS} law science"
    assert stand.who(lambda actor: scoring.may_see_scores(actor, row)) == f"{READERS} law"


def test_a_file_stays_shut_for_the_member_who_declared_a_conflict_and_no_other_file_does(stand: Stand) -> None:
    row = stand.stage.round
    member, colleague = (
        CommitteeMember.objects.create(round=row, named_at=NOW, user=User.objects.create(email=f"{name}@example.org", display_name=name))
        for name in ("member", "colleague")
    )
    other = a_submitted_application(
        Stage(stand.stage.university, row, stand.stage.pools), Person.objects.exclude(pk=stand.application.person.pk).get()
    )
    CommitteeSheet.objects.create(dealt_at=NOW, member=member, application=stand.application, state=SheetState.CONFLICT)
    CommitteeSheet.objects.create(dealt_at=NOW, member=colleague, application=stand.application, state=SheetState.READING)
    readers = {each: Actor(each.user.actor_id, (RoleGrant(Role.OFFICER),)) for each in (member, colleague)}
    assert [scoring.may_see_scores(actor, stand.application) for actor in readers.values()] == [False, True]
    assert [scoring.may_see_scores(actor, other) for actor in readers.values()] == [True, True]
    sheets = CommitteeSheet.objects.order_by("pk")
    assert [scoring.may_read_file(actor, sheet) for sheet in sheets for actor in readers.values()] == [False, False, False, True]
    gone = Actor(colleague.user.actor_id, (RoleGrant(Role.STUDENT),))
    assert not scoring.may_read_file(gone, CommitteeSheet.objects.get(member=colleague)), "who works here no more reads nothing"
    CommitteeMember.objects.filter(pk=colleague.pk).update(left_at=NOW)
    assert not scoring.may_read_file(readers[colleague], CommitteeSheet.objects.get(member=colleague)), "who left reads nothing any more"


def test_an_application_of_somebody_without_an_account_is_nobodys_own(stand: Stand) -> None:
    User.objects.filter(person=stand.application.person).update(person=None)
    row = Application.objects.get(pk=stand.application.pk)
    assert stand.who(lambda actor: applications.may_see_application(actor, row)) == f"{READERS} law science"
    assert stand.who(lambda actor: applications.may_write_application(actor, row)) == ""
    assert stand.who(lambda actor: placement.may_answer_offer(actor, Offer(application=row))) == ""


def test_who_applied_and_is_no_student_any_more_does_not_write(stand: Stand) -> None:
    gone = Actor(stand.actors["student"].id, (RoleGrant(Role.PARTNER_CONTACT),))
    assert not applications.may_write_application(gone, stand.application)


def test_an_offer_is_answered_by_the_applicant_alone(stand: Stand) -> None:
    assert stand.who(lambda actor: placement.may_answer_offer(actor, Offer(application=stand.application))) == "student"


def test_a_scholarship(stand: Stand) -> None:
    row = a_scholarship(person=stand.application.person)
    assert stand.who(lambda actor: grants.may_see_scholarship(actor, row)) == f"{READERS} student"
    assert stand.who(lambda actor: grants.may_hold_scholarship(actor, row)) == "student"
    assert stand.who(grants.may_read_scholarships) == READERS
    assert stand.who(grants.may_decide_scholarships) == OFFICE
    assert stand.who(grants.may_ask_scholarship) == "student another-student"


@pytest.mark.parametrize(
    ("owner", "changes", "listed_for", "document"),
    [("law", f"{OFFICE} law", f"{READERS} law", f"{READERS} law"), (None, OFFICE, READERS, f"{READERS} law science arts")],
)
def test_an_agreement(stand: Stand, owner: str | None, changes: str, listed_for: str, document: str) -> None:
    row = an_agreement(stand.stage.university)
    Agreement.objects.exclude(pk=row.pk).update(owner=None)
    row.owner = stand.stage.university.law if owner else None
    row.save()
    own = Agreement.objects.filter(pk=row.pk)
    assert stand.who(lambda actor: agreements.may_edit_agreement(actor, row)) == changes
    assert stand.who(lambda actor: agreements.visible_as_own(actor, own).exists()) == listed_for
    assert stand.who(lambda actor: agreements.may_take_signed_document(actor, row)) == document
    assert stand.who(lambda actor: agreements.may_approve_iia(actor, row)) == OFFICE


def test_a_project_and_an_initiative(stand: Stand) -> None:
    there = stand.stage.university
    row = a_project(some_funding(there))
    row.home_units.all().delete()
    row.home_units.create(unit=there.law)
    assert stand.who(lambda actor: projects.may_edit_project(actor, row)) == f"{OFFICE} law"
    assert stand.who(lambda actor: projects.may_remove_project(actor, row)) == OFFICE
    assert stand.who(listed(projects.visible_as_own, Project)) == f"{READERS} law"
    initiative = JointProgrammeInitiative(unit=there.law)
    assert stand.who(lambda actor: projects.may_edit_initiative(actor, initiative)) == f"{OFFICE} law"
    assert stand.who(lambda actor: projects.may_remove_initiative(actor, initiative)) == OFFICE
