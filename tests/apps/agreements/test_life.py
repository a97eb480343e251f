"""The life of an agreement: proposed, agreed, in effect, amended; what was agreed stays byte for byte."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.copies import canonical, copy_of, hash_of, read_canonical
from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition
from goliard.apps.agreements.queries.versions import conditions_in_force, version_in_force
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Actor, Role, RoleGrant, system
from goliard.rules.agreements.comparison import compare
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
OFFICE = system("test")


def take(agreement: Agreement, *actions: str, actor: Actor = OFFICE) -> Agreement:
    for action in actions:
        agreement = move_agreement(row=agreement, action=action, actor=actor, now=NOW)
    return agreement


def test_from_draft_to_in_effect_and_only_then_it_gives_places() -> None:
    agreement = an_agreement(a_small_university())
    for action in ("propose", "agree"):
        agreement = take(agreement, action)
        assert conditions_in_force().count() == 0
    agreement = take(agreement, "start")
    assert agreement.state == "in-effect"
    assert conditions_in_force().count() == 2
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == ["propose-agreement", "agree-agreement", "start-agreement"]


def test_what_was_agreed_is_kept_with_its_hash_and_reads_back() -> None:
    agreement = take(an_agreement(a_small_university()), "propose", "agree")
    version = version_in_force(agreement)
    assert version is not None
    assert version.content_hash == hash_of(version.content) != ""
    assert compare(read_canonical(version.content), copy_of(version)) == ()
    assert canonical(read_canonical(version.content)) == version.content


def test_the_order_of_rows_does_not_change_the_hash() -> None:
    agreement = an_agreement(a_small_university())
    version = agreement.versions.get()
    before = hash_of(canonical(copy_of(version)))
    for condition, position in zip(version.conditions.all(), (9, 3), strict=True):
        CooperationCondition.objects.filter(pk=condition.pk).update(position=position)
    assert hash_of(canonical(copy_of(version))) == before


def test_what_could_not_be_approved_is_not_proposed() -> None:
    agreement = an_agreement(a_small_university())
    CooperationCondition.objects.filter(version__agreement=agreement, position=0).update(amount="", eqf_levels="")
    with pytest.raises(Refused) as refused:
        take(agreement, "propose")
    assert [reason.rule for reason in refused.value.reasons] == ["amount", "eqf"]
    assert Agreement.objects.get().state == "draft"
    assert JournalEntry.objects.count() == 0


def test_an_amendment_leaves_the_version_in_force_until_both_agree() -> None:
    agreement = take(an_agreement(a_small_university()), "propose", "agree", "start", "amend")
    first, second = agreement.versions.order_by("number")
    assert (first.state, second.state) == ("agreed", "draft")
    second.conditions.update(mobilities_per_year=7)
    assert {each.mobilities_per_year for each in conditions_in_force()} == {2}
    take(agreement, "propose", "agree")
    assert {each.mobilities_per_year for each in conditions_in_force()} == {7}
    assert [each.state for each in AgreementVersion.objects.order_by("number")] == ["superseded", "agreed"]
    first.refresh_from_db()
    assert {each.mobilities for each in read_canonical(first.content).conditions} == {2}
    assert [subject.isced_f for each in second.conditions.all() for subject in each.subjects.all()] == ["0222", "0222"]


def test_two_amendments_at_once_are_refused() -> None:
    agreement = take(an_agreement(a_small_university()), "propose", "agree", "start", "amend")
    with pytest.raises(TransitionRefused):
        take(agreement, "amend")


@pytest.mark.parametrize("action", ["agree", "start", "amend", "renew", "nonsense"])
def test_a_draft_skips_no_step(action: str) -> None:
    agreement = an_agreement(a_small_university())
    with pytest.raises(TransitionRefused):
        take(agreement, action)
    assert Agreement.objects.get().state == "draft"


def test_an_agreement_without_dates_does_not_start() -> None:
    agreement = take(an_agreement(a_small_university()), "propose", "agree")
    Agreement.objects.update(ends_on=None)
    with pytest.raises(Refused, match="start or end date is missing"):
        take(agreement, "start")


def test_an_auditor_moves_nothing() -> None:
    with pytest.raises(TransitionRefused):
        take(an_agreement(a_small_university()), "propose", actor=Actor("user:a", (RoleGrant(Role.AUDITOR),)))
