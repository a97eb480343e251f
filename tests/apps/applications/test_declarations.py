"""Special-category data: with consent, apart, read by few, never without a trace."""

from __future__ import annotations

import io
import json

import pytest
from tests.factories.applications import PDF, a_draft, a_student, a_submitted_application, actor_of
from tests.factories.rounds import NOW, OFFICER, an_open_round

from goliard.apps.accounts.models import User
from goliard.apps.applications.choices import Ground
from goliard.apps.applications.models import ApplicationSubmission, OpportunityDeclaration
from goliard.apps.applications.policies import may_read_declarations
from goliard.apps.applications.queries.declarations import recognised_in
from goliard.apps.applications.services.declarations import (
    assess_declaration,
    declare_opportunity,
    end_special_data_reader,
    name_special_data_reader,
    read_declaration,
    withdraw_declaration,
)
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import EntryDetails, JournalEntry
from goliard.apps.journal.queries import history_of
from goliard.apps.messaging.models import Delivery
from goliard.rules.access.actor import Actor, Role, RoleGrant, system

pytestmark = pytest.mark.django_db
SECRET = "a chronic illness"


def test_declared_kept_apart_and_taken_back() -> None:
    stage = an_open_round()
    person = a_student(stage)
    draft, actor = a_submitted_application(stage, person), actor_of(person)
    given = {"application": draft, "ground": Ground.HEALTH, "explanation": SECRET, "actor": actor, "now": NOW}
    with pytest.raises(Refused):
        declare_opportunity(**given, has_consented=False)
    declare_opportunity(**given, has_consented=True, evidence=io.BytesIO(PDF))
    entries = JournalEntry.objects.filter(verb="declare-opportunity")
    assert [(entry.actor, entry.subject_id == str(draft.pk)) for entry in entries] == [("system:applicant", False)]
    assert not history_of(draft).filter(verb__contains="declar").exists()
    told = "".join(
        [*ApplicationSubmission.objects.values_list("content", flat=True), *EntryDetails.objects.values_list("content", flat=True)]
    )
    told += repr([*Delivery.objects.values(), *JournalEntry.objects.values(), *StoredFile.objects.values()])
    assert SECRET not in told
    assert "health" not in told
    assert "declaration" not in json.loads(ApplicationSubmission.objects.get().content)
    files = StoredFile.objects.count()
    withdraw_declaration(application=draft, actor=actor, now=NOW)
    assert OpportunityDeclaration.objects.count() == 0
    assert StoredFile.objects.count() == files - 1


def test_only_accounts_that_were_named_may_read_and_each_reading_is_journalled() -> None:
    stage = an_open_round()
    person = a_student(stage)
    draft = a_draft(stage, person)
    declare_opportunity(
        application=draft, ground=Ground.HEALTH, explanation=SECRET, has_consented=True, actor=actor_of(person), now=NOW
    )  # fmt: skip
    user = User.objects.create(email="few@example.org", display_name="Few")
    for role in Role:
        assert not may_read_declarations(Actor(user.actor_id, (RoleGrant(role),)), NOW.date())
    reader = name_special_data_reader(user=user, reason="Scholarships", actor=system("test"), now=NOW)
    officer = Actor(user.actor_id, (RoleGrant(Role.OFFICER),))
    assert may_read_declarations(officer, NOW.date())
    assert not may_read_declarations(OFFICER, NOW.date())
    assert not may_read_declarations(system("anything"), NOW.date())
    found = read_declaration(application=draft, actor=officer, now=NOW)
    assert found is not None
    assert found.explanation == SECRET
    entry = JournalEntry.objects.get(verb="read-declaration")
    assert (entry.actor, entry.subject_id) == (user.actor_id, str(found.public_id))
    end_special_data_reader(reader=reader, actor=system("test"), now=NOW)
    assert not may_read_declarations(officer, NOW.date())


def test_only_what_was_recognised_counts() -> None:
    stage = an_open_round()
    first, second = a_student(stage, 1), a_student(stage, 2)
    drafts = [a_draft(stage, person) for person in (first, second)]
    for draft, person in zip(drafts, (first, second), strict=True):
        declare_opportunity(
            application=draft, ground=Ground.CARE, explanation="", has_consented=True, actor=actor_of(person), now=NOW
        )  # fmt: skip
    assert recognised_in(stage.round.pk) == frozenset()
    assess_declaration(application=drafts[0], is_recognised=True, actor=OFFICER, now=NOW)
    assess_declaration(application=drafts[1], is_recognised=False, actor=OFFICER, now=NOW)
    assert recognised_in(stage.round.pk) == {drafts[0].pk}
    declare_opportunity(
        application=drafts[0], ground=Ground.CARE, explanation="More.", has_consented=True, actor=actor_of(first), now=NOW
    )  # fmt: skip
    assert recognised_in(stage.round.pk) == frozenset(), "what is changed waits for its assessment again"
