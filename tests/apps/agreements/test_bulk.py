"""One action on many agreements: tried without a trace, then done row by row, each with its own entry and its own answer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.choices import ReviewDecision
from goliard.apps.agreements.models import Agreement, AgreementReview
from goliard.apps.agreements.services.bulk import ACTIONS, Given, Moment, Outcome, run_bulk, try_bulk
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Contact
from goliard.rules.access.actor import Actor, Role, RoleGrant, system

pytestmark = pytest.mark.django_db
MOMENT = Moment(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 20))


@pytest.fixture
def university() -> University:
    return a_small_university()


@pytest.fixture
def three(university: University) -> list[Agreement]:
    """One in effect, one in effect that Law runs, one draft."""
    for key, state in (("one", "in-effect"), ("two", "in-effect"), ("draft", "draft")):
        an_agreement(university, key=key, state=state)
    Agreement.objects.filter(key="two").update(owner=university.law)
    Contact.objects.create(organisation=university.partner, mailbox_name="Office", role="agreements", email="office@example.org")
    return chosen()


def chosen() -> list[Agreement]:
    return list(Agreement.objects.prefetch_related("parties__organisation__country").order_by("pk"))


def answers(outcomes: list[Outcome]) -> list[str]:
    return [each.told.en if each.told else f"– {' '.join(text.en for text in each.refusals)}" for each in outcomes]


def take(action: str, given: Given | None = None, actor: Actor | None = None) -> list[str]:
    """Try, see that nothing was kept, then do; both must say the same."""
    given, actor = given or Given(home="Home"), actor or system("office")
    before = JournalEntry.objects.count(), Delivery.objects.count(), list(Agreement.objects.order_by("pk").values())
    tried = answers(try_bulk(agreements=chosen(), action=action, given=given, actor=actor, moment=MOMENT))
    assert before == (JournalEntry.objects.count(), Delivery.objects.count(), list(Agreement.objects.order_by("pk").values()))
    done = answers(run_bulk(agreements=chosen(), action=action, given=given, actor=actor, moment=MOMENT))
    assert tried == done
    return done


NOT_IN_EFFECT = "– It is not in effect, or has no end date."


def test_remind(three: list[Agreement]) -> None:
    assert take("remind") == ["Reminder to office@example.org"] * 2 + [NOT_IN_EFFECT]
    assert take("remind") == ["– The partner has been reminded of this already."] * 2 + [NOT_IN_EFFECT]
    assert JournalEntry.objects.filter(verb="remind-partner").count() == Delivery.objects.count() == 2


def test_end_and_close(three: list[Agreement]) -> None:
    refused = take("renew")[2]
    assert refused.startswith("– ")
    assert [row.state for row in chosen()] == ["renewed", "renewed", "draft"]
    assert [answer[:2] for answer in take("end", Given(reason="No longer wanted."))] == ["– ", "– ", "En"]
    entry = JournalEntry.objects.get(verb="end-agreement")
    assert entry.reason == "No longer wanted."


def test_decide_and_renew(three: list[Agreement]) -> None:
    given = Given(decision=ReviewDecision.CHANGE, reason="Fewer places.")
    assert take("decide", given)[:2] == ["Decision: renew with changes"] * 2
    assert AgreementReview.objects.count() == 2
    assert take("begin-renewal")[:2] == ["Draft of the renewal, 2029-09-01 – 2032-08-31"] * 2
    assert Agreement.objects.filter(renews__isnull=False).count() == 2


def test_owner_and_site(three: list[Agreement], university: University) -> None:
    assert take("owner", Given(owner=university.law)) == ["Run by Law", "– It is so already.", "Run by Law"]
    assert take("hide") == ["No longer shown on the public site"] * 3
    assert take("show") == ["Shown on the public site"] * 3
    assert JournalEntry.objects.filter(verb="change").count() == 8


def test_a_faculty_officer_reaches_the_own_agreements_only_and_cannot_give_them_away(
    three: list[Agreement], university: University
) -> None:
    officer = Actor("user:faculty", (RoleGrant(Role.FACULTY_OFFICER, units=frozenset({university.law.pk})),))
    others = "– Somebody else runs this agreement."
    assert take("begin-renewal", actor=officer)[0::2] == [others, others]
    away = take("owner", Given(owner=university.science), officer)
    assert away[:2] == [others, "– You can give it to your own faculty only."]


@pytest.mark.parametrize("action", sorted(ACTIONS))
def test_a_stranger_does_nothing(three: list[Agreement], action: str) -> None:
    assert set(take(action, Given(reason="x"), Actor("user:stranger"))) == {"– Somebody else runs this agreement."}


def test_an_unknown_action_is_an_error(three: list[Agreement]) -> None:
    with pytest.raises(KeyError):
        try_bulk(agreements=three, action="nonsense", given=Given(), actor=system("office"), moment=MOMENT)
