"""The tables of the lives of projects and pages."""

from __future__ import annotations

import pytest

from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.publication import PAGE, PROJECT
from goliard.rules.lifecycles.transition import Lifecycle, TransitionRefused


def who(role: Role) -> Actor:
    return Actor(f"user:{role}", (RoleGrant(role),))


def test_a_project_goes_out_and_comes_back() -> None:
    officer = who(Role.OFFICER)
    assert PROJECT.next_state(state="draft", action="publish", actor=officer) == "published"
    assert PROJECT.next_state(state="published", action="withdraw", actor=officer) == "draft"
    assert PROJECT.next_state(state="published", action="archive", actor=officer) == "archived"


@pytest.mark.parametrize("role", [Role.STUDENT, Role.STAFF, Role.AUDITOR, Role.PARTNER_CONTACT])
def test_whoever_only_reads_changes_no_state(role: Role) -> None:
    with pytest.raises(TransitionRefused, match="Your role may not do this: publish"):
        PROJECT.next_state(state="draft", action="publish", actor=who(role))
    assert PROJECT.open_actions(state="draft", actor=who(role)) == ()


def test_a_faculty_officer_publishes_but_does_not_archive() -> None:
    actor = who(Role.FACULTY_OFFICER)
    assert [each.action for each in PROJECT.open_actions(state="draft", actor=actor)] == ["publish"]
    assert [each.action for each in PROJECT.open_actions(state="published", actor=actor)] == ["withdraw"]


def test_an_action_that_leads_nowhere_says_so_in_both_languages() -> None:
    with pytest.raises(TransitionRefused) as refused:
        PROJECT.next_state(state="draft", action="archive", actor=who(Role.OFFICER))
    assert refused.value.reason.nl == "«archive» kan niet vanuit de staat «draft»."


@pytest.mark.parametrize("lifecycle", [PROJECT, PAGE])
def test_every_state_can_be_reached_and_left(lifecycle: Lifecycle) -> None:
    for state in lifecycle.states():
        assert any(each.source == state for each in lifecycle.transitions)
        assert state == lifecycle.initial or any(each.target == state for each in lifecycle.transitions)
