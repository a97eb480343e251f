"""How a grant is paid: a first instalment and a balance, and what a stay that turns out shorter or longer does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import Entitlement, price_mobility
from goliard.rules.grants.mobility import Mobility
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Reason, Text


class InstalmentKind(StrEnum):
    """The two payments of a grant agreement."""

    FIRST = "first"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment, with its reason. A negative balance is to be paid back."""

    kind: InstalmentKind
    amount: Money
    because: Text
    sources: tuple[str, ...]
    status: Status


def instalments(grant: Money, first_percent: Decimal, table: Table) -> tuple[Instalment, Instalment]:
    """Split a grant by the share that the institution chose (70 to 100 %); the two always add up to the grant.

    Raises `Ineligible` for a share outside the table's borders, and `MissingFigure`.
    """
    least, most = table.figure("first_instalment_min"), table.figure("first_instalment_max")
    if not least.number <= first_percent <= most.number:
        because = Text(
            nl=f"de eerste termijn is {least.number:f} tot {most.number:f} % van de beurs",
            en=f"the first instalment is {least.number:f} to {most.number:f} % of the grant",
        )
        raise Ineligible((Reason("first_instalment", because, "; ".join(least.sources), "first_percent"),))
    first = Money.rounded(Fraction(grant.cents, 100) * Fraction(first_percent) / 100, table.rounding("line").mode)
    share = Text(
        nl=f"{first_percent:f} % van {grant.text('nl')}",
        en=f"{first_percent:f} % of {grant.text('en')}",
    )
    return Instalment(InstalmentKind.FIRST, first, share, least.sources, least.status), balance(grant, first, table)


def balance(grant: Money, paid: Money, table: Table) -> Instalment:
    """What is left of a grant after what was paid; negative where too much was paid."""
    term = table.figure("balance_days")
    because = Text(
        nl=f"{grant.text('nl')} min {paid.text('nl')} dat is betaald",
        en=f"{grant.text('en')} less {paid.text('en')} that was paid",
    )
    return Instalment(InstalmentKind.BALANCE, grant - paid, because, term.sources, term.status)


def first_due(signed_on: date, table: Table) -> date:
    """The last day for the first instalment, counted from the signature; an agreement may name the start of the stay instead."""
    return signed_on + timedelta(days=int(table.figure("first_instalment_days").number))


def balance_due(survey_on: date, table: Table) -> date:
    """The last day for the balance, counted from the day on which the participant submitted the EU survey."""
    return survey_on + timedelta(days=int(table.figure("balance_days").number))


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a stay is worth once it has ended."""

    mobility: Mobility
    entitlement: Entitlement
    because: Text


def settle(agreed: Mobility, confirmed_days: int, table: Table) -> Settlement:
    """Price a stay again with the days that the host confirmed, within the agreement.

    The amount never rises after the stay: days beyond the agreed ones become zero-grant days (LAWINS-HR). A stay that is a few days
    shorter, within the tolerance of the table, keeps its amount. Raises `Ineligible` where the shorter stay falls below a minimum:
    that is a decision about force majeure, which a person takes.
    """
    tolerance = table.figure("shorter_stay_tolerance")
    difference = confirmed_days - agreed.days
    if difference > 0:
        settled = replace(agreed, zero_grant_days=agreed.zero_grant_days + difference)
        because = Text(
            nl=f"{difference} dagen langer dan afgesproken: zonder beurs",
            en=f"{difference} days longer than agreed: without grant",
        )
    elif -difference <= tolerance.number:
        settled = agreed
        because = Text(
            nl=f"niet meer dan {tolerance.number:f} dagen korter dan afgesproken: het bedrag blijft",
            en=f"no more than {tolerance.number:f} days shorter than agreed: the amount stays",
        )
    else:
        settled = replace(agreed, days=confirmed_days, calendar_days=None)
        because = Text(
            nl=f"{-difference} dagen korter dan afgesproken: opnieuw berekend",
            en=f"{-difference} days shorter than agreed: computed anew",
        )
    return Settlement(settled, price_mobility(settled, table), because)
