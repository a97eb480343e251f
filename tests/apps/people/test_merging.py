"""Two records of one human being become one, and nothing that referred to either is lost."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.funding import a_project, some_funding

from goliard.apps.accounts.services import invite
from goliard.apps.journal.queries import history_of
from goliard.apps.people.models import Contact, Person, PersonEmail, PersonIdentifier
from goliard.apps.people.services.merging import CannotMerge, merge_persons
from goliard.apps.projects.models import ProjectCoordinator
from goliard.rules.access.actor import system

NOW = dt.datetime(2022, 10, 3, 9, 30, tzinfo=dt.UTC)
ACTOR = system("test")

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Person:
    person = Person.objects.create(given_name="Coordinator", family_name="Ångström")
    PersonEmail.objects.create(person=person, email="a@example.org", is_preferred=True)
    return person


@pytest.fixture
def merged() -> Person:
    person = Person.objects.create(given_name="C.", family_name="Angstrom", native_name="Ангстрем")
    PersonEmail.objects.create(person=person, email="a@example.org", is_preferred=True)
    PersonEmail.objects.create(person=person, email="b@example.org")
    return person


def merge(kept: Person, merged: Person) -> Person:
    return merge_persons(kept=kept, merged=merged, actor=ACTOR, now=NOW, reason="Typed twice.")


def test_what_referred_to_one_refers_to_the_other(kept, merged) -> None:
    funding = some_funding()
    contact = Contact.objects.create(organisation=funding.institute, person=merged, role="general")
    number = PersonIdentifier.objects.create(person=merged, scheme="orcid", value="0000-0001")
    task = ProjectCoordinator.objects.create(project=a_project(funding), person=merged)
    account = invite(email="b@example.org", display_name="B", person=merged, actor=ACTOR, now=NOW).user
    merge(kept, merged)
    for row in (contact, number, task, account):
        row.refresh_from_db()
        assert row.person == kept
    assert [(row.email, row.is_preferred) for row in kept.emails.all()] == [("a@example.org", True), ("b@example.org", False)]
    merged.refresh_from_db()
    assert merged.merged_into == kept


def test_the_other_name_is_kept_and_found(kept, merged) -> None:
    merge(kept, merged)
    kept.refresh_from_db()
    assert [(str(name), name.native_name, name.valid_until) for name in kept.earlier_names.all()] == [
        ("C. Angstrom", "Ангстрем", dt.date(2022, 10, 3))
    ]
    assert "c angstrom" in kept.search_key
    assert "b example org" in kept.search_key


def test_both_histories_tell_of_it(kept, merged) -> None:
    merge(kept, merged)
    [told], [also] = history_of(kept), history_of(merged)
    assert (told.verb, told.reason) == ("merge", "Typed twice.")
    assert told.erasable.as_dict == {"merged": merged.pk, "name": "C. Angstrom", "moved": {"people.personemail": 1}}
    assert also.erasable.as_dict == {"into": kept.pk}


def test_one_person_cannot_be_merged_with_itself_or_twice(kept, merged) -> None:
    with pytest.raises(CannotMerge):
        merge(kept, kept)
    merge(kept, merged)
    with pytest.raises(CannotMerge):
        merge(kept, merged)
    with pytest.raises(CannotMerge):
        merge(merged, kept)


def test_what_there_can_be_one_of_stands_in_the_way(kept, merged) -> None:
    for number, person in enumerate((kept, merged)):
        invite(email=f"account{number}@example.org", display_name="A", person=person, actor=ACTOR, now=NOW)
    with pytest.raises(CannotMerge, match="account"):
        merge(kept, merged)
    merged.refresh_from_db()
    assert (merged.merged_into, merged.emails.count(), merged.account.email) == (None, 2, "account1@example.org")
    assert merged.emails.get(email="a@example.org").is_preferred
