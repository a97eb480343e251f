"""What stands around one scholarship: the scheme's time and budget, and other money for the same stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from goliard.rules.values.money import Money
from goliard.rules.values.period import Period
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class SchemeFacts:
    """A scheme: when it takes requests (None: no bound), its budget (None: no ceiling), and what it has promised so far."""

    opens_on: date | None
    closes_on: date | None
    budget: Money | None
    promised: Money


@dataclass(frozen=True, slots=True)
class OtherMoney:
    """Another grant of the same person: its name, whether the programme of the European Union pays it, and for which days."""

    name: str
    is_eu_funded: bool
    period: Period


def overlapping(period: Period, others: Iterable[OtherMoney]) -> tuple[OtherMoney, ...]:
    """Return the grants for days of the same stay."""
    return tuple(each for each in others if each.period.start <= period.end and period.start <= each.period.end)


def opening_faults(scheme: SchemeFacts, applied_on: date) -> tuple[Reason, ...]:
    """Return why the scheme takes no request on a day."""
    return tuple(_opening(scheme, applied_on))


def double_funding(period: Period, others: Iterable[OtherMoney]) -> tuple[Reason, ...]:
    """Return a reason for every scholarship of the institution that pays days of the same stay. What the European Union pays is judged by
    the scheme's own figure (`combines_with_eu_grant`)."""
    return tuple(
        Reason(
            "scholarship-double",
            Text(f"{each.name} betaalt dagen van hetzelfde verblijf.", f"{each.name} pays days of the same stay."),
            field="starts_on",
        )
        for each in overlapping(period, others)
        if not each.is_eu_funded
    )


def ceiling_fault(scheme: SchemeFacts, amount: Money) -> Reason | None:
    """Return why the scheme cannot promise an amount: less than that is left of its budget."""
    if scheme.budget is None or scheme.promised + amount <= scheme.budget:
        return None
    left = max(scheme.budget - scheme.promised, Money(0))
    text = Text(
        f"Van het budget van {scheme.budget.text('nl')} is nog {left.text('nl')} over; nodig is {amount.text('nl')}.",
        f"Of the budget of {scheme.budget.text('en')} {left.text('en')} is left; {amount.text('en')} is needed.",
    )
    return Reason("scholarship-ceiling", text)


def _opening(scheme: SchemeFacts, applied_on: date) -> Iterator[Reason]:
    if scheme.opens_on is not None and applied_on < scheme.opens_on:
        text = Text(f"Aanvragen kan vanaf {scheme.opens_on:%d-%m-%Y}.", f"Requests are taken from {scheme.opens_on} on.")
        yield Reason("scholarship-early", text)
    if scheme.closes_on is not None and applied_on > scheme.closes_on:
        text = Text(f"Aanvragen kon tot en met {scheme.closes_on:%d-%m-%Y}.", f"Requests were taken until {scheme.closes_on}.")
        yield Reason("scholarship-late", text)
