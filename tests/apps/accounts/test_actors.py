"""Which actor an account is, on a day."""

from __future__ import annotations

import datetime as dt

import pytest

from goliard.apps.accounts.actors import actor_for, may_sign_in
from goliard.apps.accounts.queries import names_of_actors, units_below
from goliard.apps.accounts.services import assign_role
from goliard.apps.institutions.models import UnitParent
from goliard.rules.access.actor import Role, RoleGrant

TODAY = dt.date(2022, 10, 3)


def test_an_account_without_a_role_is_an_actor_without_grants(user) -> None:
    assert (actor_for(user, TODAY).id, actor_for(user, TODAY).grants) == (f"user:{user.public_id}", ())


def test_a_role_of_the_whole_institution_has_no_units(user, now, office) -> None:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    assert actor_for(user, TODAY).grants == (RoleGrant(Role.OFFICER),)


def test_a_faculty_officer_covers_everything_below_the_faculty(user, university, now, office) -> None:
    assign_role(user=user, role=Role.FACULTY_OFFICER, unit=university.science, actor=office, now=now)
    below = frozenset({university.science.pk, university.observatory.pk, university.group.pk})
    assert actor_for(user, TODAY).grants == (RoleGrant(Role.FACULTY_OFFICER, units=below),)
    assert actor_for(user, TODAY).covers(frozenset({university.group.pk}))
    assert not actor_for(user, TODAY).covers(frozenset({university.law.pk}))


def test_units_are_below_for_as_long_as_they_are(university) -> None:
    science, observatory, group = university.science.pk, university.observatory.pk, university.group.pk
    assert units_below([science], dt.date(2019, 12, 31)) == {science: {science}}
    assert units_below([science], dt.date(2022, 12, 31)) == {science: {science, observatory, group}}
    assert units_below([science, group], dt.date(2023, 1, 1)) == {science: {science, observatory}, group: {group}}


def test_a_circle_of_units_ends_where_it_began(university) -> None:
    UnitParent.objects.create(unit=university.science, parent=university.group)
    everything = {university.science.pk, university.observatory.pk, university.group.pk}
    assert units_below([university.group.pk], TODAY) == {university.group.pk: everything}


def test_a_partner_contact_stands_for_one_organisation(user, university, now, office) -> None:
    assign_role(user=user, role=Role.PARTNER_CONTACT, organisation=university.partner, actor=office, now=now)
    assert actor_for(user, TODAY).grants == (RoleGrant(Role.PARTNER_CONTACT, organisation=university.partner.pk),)


@pytest.mark.parametrize(
    ("day", "held"),
    [(dt.date(2022, 10, 9), False), (dt.date(2022, 10, 10), True), (dt.date(2022, 10, 20), True), (dt.date(2022, 10, 21), False)],
)
def test_a_role_holds_from_its_first_to_its_last_day(user, now, office, day, held) -> None:
    assign_role(user=user, role=Role.AUDITOR, valid_from=dt.date(2022, 10, 10), valid_until=dt.date(2022, 10, 20), actor=office, now=now)
    assert actor_for(user, day).has(Role.AUDITOR) is held


def test_a_closed_account_has_no_roles(user, now, office) -> None:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    user.is_active = False
    assert actor_for(user, TODAY).grants == ()


def test_a_demonstration_account_has_no_roles_outside_a_demonstration(user, now, office, settings) -> None:
    assign_role(user=user, role=Role.OFFICER, actor=office, now=now)
    user.is_demonstration = True
    assert may_sign_in(user)
    settings.GOLIARD_DEMO = False
    assert not may_sign_in(user)
    assert actor_for(user, TODAY).grants == ()


def test_an_actor_costs_one_query_and_one_more_for_units(user, university, now, office, django_assert_num_queries) -> None:
    assign_role(user=user, role=Role.STAFF, actor=office, now=now)
    with django_assert_num_queries(1):
        actor_for(user, TODAY)
    for unit in (university.science, university.observatory, university.law):
        assign_role(user=user, role=Role.FACULTY_OFFICER, unit=unit, actor=office, now=now)
    with django_assert_num_queries(2):
        actor_for(user, TODAY)


def test_names_behind_the_journals_ids(user, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert names_of_actors([user.actor_id, "system:load", "anonymous"]) == {user.actor_id: "Someone"}
