"""A joint programme in the making moves through its four states, each on what it stands on."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.university import University, a_small_university

from goliard.apps.institutions.models import Network, OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.projects.models import JointProgrammeInitiative
from goliard.apps.projects.services.initiatives import keep_initiative, move_initiative
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2023, 3, 1, 12, tzinfo=dt.UTC)
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))


def filed(university: University, unit: OrganizationalUnit | None = None) -> JointProgrammeInitiative:
    return JointProgrammeInitiative(
        title_en="Joint master", title_nl="Gezamenlijke master", level="master", unit=unit or university.law, idea="Together."
    )


def moved(row: JointProgrammeInitiative, action: str, actor: Actor = OFFICER) -> str:
    return move_initiative(row=row, action=action, actor=actor, now=NOW).state


def test_from_idea_to_application() -> None:
    row = keep_initiative(row=filed(a_small_university()), actor=OFFICER, now=NOW)
    assert (row.state, moved(row, "study")) == ("idea", "feasibility")
    with pytest.raises(Refused, match="Describe the feasibility first"):
        moved(row, "form")
    JointProgrammeInitiative.objects.update(feasibility="Enough students.")
    assert moved(row, "form") == "consortium"
    with pytest.raises(Refused, match="Choose the consortium first"):
        moved(row, "apply")
    JointProgrammeInitiative.objects.update(consortium=Network.objects.create(key="c", kind="erasmus-mundus", name_en="C", name_nl="C"))
    assert moved(row, "apply") == "application"
    with pytest.raises(TransitionRefused):
        moved(row, "end")
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == [
        "add",
        "move-to-feasibility",
        "move-to-consortium",
        "move-to-application",
    ]


def test_a_faculty_officer_files_for_the_own_faculty() -> None:
    university = a_small_university()
    science = Actor("user:science", (RoleGrant(Role.FACULTY_OFFICER, units=frozenset({university.science.pk})),))
    with pytest.raises(Refused, match="must belong to your faculty"):
        keep_initiative(row=filed(university), actor=science, now=NOW)
    row = keep_initiative(row=filed(university, university.science), actor=science, now=NOW)
    with pytest.raises(TransitionRefused):
        moved(row, "study", science)
    assert moved(row, "end", science) == "ended"
