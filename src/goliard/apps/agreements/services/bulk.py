"""One action on many agreements: each through its own service, with its own journal entry and its own answer.

A trial takes the same path and is then undone, so that what the confirmation promises is what the services would do at that moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from goliard.apps.agreements.choices import ReviewDecision
from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.policies import may_edit_agreement
from goliard.apps.agreements.services.agreements import keep_agreement, move_agreement
from goliard.apps.agreements.services.reminders import reminders_for, send_reminders
from goliard.apps.agreements.services.renewals import decide_renewal, renew_agreement
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.agreement import AGREEMENT
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.texts import Reason, Text

MOST = 500  # agreements at once


@dataclass(frozen=True, slots=True)
class Given:
    """What an action needs besides the agreements; each action takes what it uses."""

    reason: str = ""
    owner: OrganizationalUnit | None = None
    decision: ReviewDecision = ReviewDecision.RENEW
    home: str = ""  # the name of the home institution in letters


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened (or would happen) to one agreement; with `refusals`, nothing did."""

    agreement: Agreement
    told: Text | None
    refusals: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """When the action is taken."""

    now: datetime
    today: date


Act = Callable[[Agreement, Given, Actor, Moment], Text]


def try_bulk(*, agreements: Iterable[Agreement], action: str, given: Given, actor: Actor, moment: Moment) -> list[Outcome]:
    """Return what `run_bulk` would answer now; nothing is kept. Raises KeyError for an unknown action."""
    with transaction.atomic():
        outcomes = run_bulk(agreements=agreements, action=action, given=given, actor=actor, moment=moment)
        transaction.set_rollback(True)
    return outcomes


def run_bulk(*, agreements: Iterable[Agreement], action: str, given: Given, actor: Actor, moment: Moment) -> list[Outcome]:
    """Take an action on every agreement that the actor may edit; one that is refused keeps no other from its turn.

    Raises KeyError for an unknown action.
    """
    act = ACTIONS[action]
    return [_one(act, agreement, given, actor, moment) for agreement in agreements]


def _one(act: Act, agreement: Agreement, given: Given, actor: Actor, moment: Moment) -> Outcome:
    if not may_edit_agreement(actor, agreement):
        return Outcome(agreement, None, (_NOT_YOURS,))
    try:
        with transaction.atomic():
            return Outcome(agreement, act(agreement, given, actor, moment))
    except Refused as refused:
        return Outcome(agreement, None, tuple(reason.because for reason in refused.reasons))
    except TransitionRefused as refused:
        return Outcome(agreement, None, (refused.reason,))
    except ValidationError as invalid:
        return Outcome(agreement, None, tuple(Text(str(each), str(each)) for each in invalid.messages))


_NOT_YOURS = Text("Een ander beheert deze overeenkomst.", "Somebody else runs this agreement.")


def _remind(agreement: Agreement, given: Given, actor: Actor, moment: Moment) -> Text:
    letters = reminders_for([agreement], home=given.home, today=moment.today)
    if not letters:
        _refuse("no-end", "Zij is niet van kracht of heeft geen einddatum.", "It is not in effect, or has no end date.")
    sent = send_reminders(reminders=letters, home=given.home, actor=actor, now=moment.now)
    if not sent and any(letter.was_queued for letter in letters):
        _refuse("reminded", "De partner is hieraan al herinnerd.", "The partner has been reminded of this already.")
    if not sent:
        _refuse("no-address", "Geen contact heeft een adres dat werkt.", "No contact has an address that works.")
    names = ", ".join(letter.address for letter in letters if letter.address)
    return Text(f"Herinnering aan {names}", f"Reminder to {names}")


def _move(action: str, nl: str, en: str) -> Act:
    def act(agreement: Agreement, given: Given, actor: Actor, moment: Moment) -> Text:
        if not any(each.source == agreement.state and each.action == action for each in AGREEMENT.transitions):
            state = _state_of(agreement)
            _refuse("state", f"Dat kan niet: haar staat is ‘{state.nl}’.", f"That cannot be: its state is “{state.en}”.")
        move_agreement(row=agreement, action=action, actor=actor, now=moment.now, reason=given.reason[:500])
        return Text(nl, en)

    return act


def _state_of(agreement: Agreement) -> Text:
    with override("nl"):
        nl = str(agreement.get_state_display())
    with override("en"):
        return Text(nl, str(agreement.get_state_display()))


def _begin_renewal(agreement: Agreement, _given: Given, actor: Actor, moment: Moment) -> Text:
    renewal = renew_agreement(agreement=agreement, actor=actor, now=moment.now)
    period = f"{renewal.starts_on:%Y-%m-%d} – {renewal.ends_on:%Y-%m-%d}"
    return Text(f"Concept van de verlenging, {period}", f"Draft of the renewal, {period}")


def _decide(agreement: Agreement, given: Given, actor: Actor, moment: Moment) -> Text:
    decide_renewal(agreement=agreement, decision=given.decision, because=given.reason, actor=actor, now=moment.now)
    said = _DECIDED[given.decision]
    return Text(f"Besluit: {said.nl}", f"Decision: {said.en}")


_DECIDED = {
    ReviewDecision.RENEW: Text("ongewijzigd verlengen", "renew as it is"),
    ReviewDecision.CHANGE: Text("verlengen met wijzigingen", "renew with changes"),
    ReviewDecision.END: Text("laten aflopen", "let it end"),
}


def _set_owner(agreement: Agreement, given: Given, actor: Actor, moment: Moment) -> Text:
    if agreement.owner == given.owner:
        _refuse("same-owner", "Dat is al zo.", "It is so already.")
    agreement.owner = given.owner
    if not may_edit_agreement(actor, agreement):
        _refuse("not-yours", "U kunt haar alleen aan uw eigen faculteit geven.", "You can give it to your own faculty only.")
    keep_agreement(row=agreement, actor=actor, now=moment.now)
    if given.owner is None:
        return Text("Beheerd door de instelling als geheel", "Run by the institution as a whole")
    return Text(f"Beheerd door {given.owner.name('nl')}", f"Run by {given.owner.name('en')}")


def _show(*, is_public: bool) -> Act:
    def act(agreement: Agreement, _given: Given, actor: Actor, moment: Moment) -> Text:
        if agreement.is_public == is_public:
            _refuse("same", "Dat is al zo.", "It is so already.")
        agreement.is_public = is_public
        keep_agreement(row=agreement, actor=actor, now=moment.now)
        said = Text("Te zien op de publieke site", "Shown on the public site")
        return said if is_public else Text("Niet meer te zien op de publieke site", "No longer shown on the public site")

    return act


def _refuse(rule: str, nl: str, en: str) -> None:
    raise Refused([Reason(rule, Text(nl, en))])


ACTIONS: dict[str, Act] = {
    "remind": _remind,
    "decide": _decide,
    "begin-renewal": _begin_renewal,
    "start": _move("start", "Van kracht", "In effect"),
    "renew": _move("renew", "Afgesloten als verlengd", "Closed as renewed"),
    "end": _move("end", "Beëindigd", "Ended"),
    "owner": _set_owner,
    "show": _show(is_public=True),
    "hide": _show(is_public=False),
}
