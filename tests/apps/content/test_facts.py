"""Facts: numbers as published, that stay while texts quote them."""

from __future__ import annotations

import pytest
from tests.factories.content import NOW, a_fact, a_news_item, a_page

from goliard.apps.content.models import PublishedFact
from goliard.apps.content.services.facts import keep_fact, remove_fact
from goliard.apps.institutions.refusals import Refused, StillInUse
from goliard.apps.journal.models import JournalEntry
from goliard.rules.access.actor import Actor, Role, RoleGrant

pytestmark = pytest.mark.django_db
OFFICER = Actor("user:officer", (RoleGrant(Role.OFFICER),))


def test_a_quoted_fact_is_not_deleted_and_its_texts_are_named() -> None:
    fact = a_fact("participants")
    a_fact("participants_2")
    a_page(body_nl="Er waren [[ fact:participants ]].", title_en="Dossier")
    a_page("other", body_en="[[fact:participants_2]]")
    a_news_item(summary_en="[[fact:participants]]")
    with pytest.raises(StillInUse) as refused:
        remove_fact(row=fact, actor=OFFICER, now=NOW)
    assert [(usage.count, usage.names) for usage in refused.value.users] == [(1, ("Dossier",)), (1, ("Award",))]
    assert PublishedFact.objects.count() == 2
    assert JournalEntry.objects.count() == 0


def test_an_unquoted_fact_is_deleted() -> None:
    remove_fact(row=a_fact(), actor=OFFICER, now=NOW)
    assert PublishedFact.objects.count() == 0
    assert JournalEntry.objects.get().verb == "remove"


def test_a_quoted_fact_keeps_its_key_and_may_get_another_value() -> None:
    fact = a_fact("participants")
    a_page(body_nl="[[fact:participants]]")
    fact.value = "14.5"
    keep_fact(row=fact, actor=OFFICER, now=NOW)
    fact.key = "people"
    with pytest.raises(Refused) as refused:
        keep_fact(row=fact, actor=OFFICER, now=NOW)
    assert [reason.because.en for reason in refused.value.reasons] == ["Texts quote this fact as “participants”: About."]
    assert list(PublishedFact.objects.values_list("key", "value")) == [("participants", "14.5")]


@pytest.mark.parametrize("value", ["13 million", "1,5", "13.", "", "1.000.000"])
def test_a_value_is_a_number_as_published(value: str) -> None:
    fact = a_fact()
    fact.value = value
    with pytest.raises(Refused) as refused:
        keep_fact(row=fact, actor=OFFICER, now=NOW)
    assert [reason.rule for reason in refused.value.reasons] == ["fact-value"]
