"""What-if copies: priced beside the application, line by line, and never submitted."""

from __future__ import annotations

import pytest
from tests.factories.calls import NOW, OFFICER, a_selected_interest, an_application, an_open_call, answered

from goliard.apps.funding.models import MobilityFlow, PlanCopy, ProjectApplication
from goliard.apps.funding.queries.applications import told_application, whole_of
from goliard.apps.funding.queries.what_if import side_by_side
from goliard.apps.funding.services.applications import move_application
from goliard.apps.funding.services.what_if import CopiedNumbers, change_copy, copy_plan, drop_copy
from goliard.apps.institutions.refusals import Refused

pytestmark = pytest.mark.django_db


def an_application_with_a_copy() -> tuple[ProjectApplication, PlanCopy]:
    stage = an_open_call()
    a_selected_interest(stage)
    application = an_application(stage)
    return application, copy_plan(application=application, name="fewer students", actor=OFFICER, now=NOW)


def halved(copy: PlanCopy) -> PlanCopy:
    first, second = copy.flows.all()
    return change_copy(copy=copy, numbers={first.pk: CopiedNumbers(1, 120, 0), second.pk: CopiedNumbers(0, 0, 0)}, actor=OFFICER, now=NOW)


def test_a_copy_begins_equal_and_is_compared_line_by_line() -> None:
    application, copy = an_application_with_a_copy()
    equal = side_by_side(application)
    assert [line.differs for line in equal.lines] == [False, False]
    assert equal.sides[1].difference == 0
    halved(copy)
    plans = side_by_side(application)
    base, changed = plans.sides
    assert base.budget.cents == whole_of(application).budget.cents, "the application's plan is priced as on its own page"
    students, staff = plans.lines
    assert [cell.count if cell else None for cell in students.cells] == [2, 1]
    assert students.cells[0].cents == 2 * students.cells[1].cents
    assert staff.cells[1] is None
    assert changed.difference == changed.budget.cents - base.budget.cents < 0


def test_nothing_of_a_copy_is_submitted() -> None:
    application, copy = an_application_with_a_copy()
    before = told_application(whole_of(application))["budget"]
    halved(copy)
    answered(whole_of(application).partnerships[0].interest)
    for action in ("finalise", "submit"):
        application = move_application(application=application, action=action, actor=OFFICER, now=NOW)
    assert (application.asked_cents, application.mobilities) == (before["total_cents"], 3)
    assert MobilityFlow.objects.filter(stage="application").count() == 2


def test_copies_have_names_of_their_own_and_there_are_four_at_most() -> None:
    application, copy = an_application_with_a_copy()
    for name in ("", "fewer students"):
        with pytest.raises(Refused):
            copy_plan(application=application, name=name, actor=OFFICER, now=NOW)
    for number in range(3):
        copy_plan(application=application, name=str(number), actor=OFFICER, now=NOW)
    with pytest.raises(Refused) as refused:
        copy_plan(application=application, name="fifth", actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["copy-most"]
    drop_copy(copy=copy, actor=OFFICER, now=NOW)
    assert application.copies.count() == 3
