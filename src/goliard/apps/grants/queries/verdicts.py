"""What the rules say of a scholarship: its sum with every line, or every reason against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.utils import timezone

from goliard.apps.grants.choices import ScholarshipState
from goliard.apps.grants.models import OtherGrant, Scholarship, ScholarshipScheme
from goliard.apps.rates.queries import table_of_call
from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import Entitlement
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.lump_sum import ScholarshipStay, payment_window, price_scholarship
from goliard.rules.grants.mobility import Cycle
from goliard.rules.grants.scholarship import OtherMoney, SchemeFacts, double_funding, opening_faults, overlapping
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period
from goliard.rules.values.texts import Reason, Text

COUNTING = (ScholarshipState.AWARDED, ScholarshipState.PAID)
ASKED = (ScholarshipState.SUBMITTED, *COUNTING)


@dataclass(frozen=True, slots=True)
class ScholarshipVerdict:
    """The sum with its lines, or the reasons against it; `pay` is when it is paid."""

    entitlement: Entitlement | None
    table: Table | None
    refused: tuple[Reason, ...]
    pay: tuple[date, date] | None = None

    @property
    def cents(self) -> int | None:
        """The sum, or None where there is none."""
        return self.entitlement.total.cents if self.entitlement else None


def verdict_on(row: Scholarship) -> ScholarshipVerdict:
    """Judge a request as it stands, saved or not."""
    table = table_of_call(row.scheme.table_action, row.scheme.table_year)
    if table is None:
        name = f"{row.scheme.table_action} {row.scheme.table_year}"
        text = Text(f"Er is nog geen tarieventabel van {name}.", f"There is no rate table of {name} yet.")
        return ScholarshipVerdict(None, None, (Reason("rates-absent", text),))
    others = other_money(row)
    period = Period(row.starts_on, row.ends_on)
    refused = [*opening_faults(scheme_facts(row.scheme), timezone.localdate(row.applied_at)), *double_funding(period, others)]
    stay = _stay(row, period, others)
    try:
        entitlement = price_scholarship(stay, table)
        pay = payment_window(stay, table)
    except Ineligible as findings:
        return ScholarshipVerdict(None, table, (*refused, *findings.reasons))
    except MissingFigure as missing:
        lacking = Text(f"De tarieventabel mist een cijfer: {missing}.", f"The rate table lacks a figure: {missing}.")
        return ScholarshipVerdict(None, table, (*refused, Reason("rates-missing", lacking)))
    return ScholarshipVerdict(None if refused else entitlement, table, tuple(refused), pay)


def scheme_facts(scheme: ScholarshipScheme) -> SchemeFacts:
    """Gather what the rules need to know of a scheme."""
    budget = None if scheme.budget_cents is None else Money(scheme.budget_cents)
    return SchemeFacts(scheme.opens_on, scheme.closes_on, budget, promised(scheme))


def promised(scheme: ScholarshipScheme) -> Money:
    """Return what the scheme has awarded so far."""
    return Money(scheme.scholarships.filter(state__in=COUNTING).aggregate(sum=Sum("amount_cents"))["sum"] or 0)


def other_money(row: Scholarship) -> list[OtherMoney]:
    """Return every other grant of the person: recorded ones, and other scholarships that were asked for or awarded."""
    recorded = OtherGrant.objects.filter(person=row.person)
    found = [OtherMoney(each.name, each.is_eu_funded, Period(each.starts_on, each.ends_on)) for each in recorded]
    mine = Scholarship.objects.filter(person=row.person, state__in=ASKED).exclude(pk=row.pk).select_related("scheme")
    return [*found, *(OtherMoney(each.scheme.title_en, is_eu_funded=False, period=Period(each.starts_on, each.ends_on)) for each in mine)]


def _stay(row: Scholarship, period: Period, others: list[OtherMoney]) -> ScholarshipStay:
    earlier = Scholarship.objects.filter(
        person=row.person, cycle=row.cycle, scheme__table_action=row.scheme.table_action, state__in=COUNTING
    ).exclude(pk=row.pk)
    used = sum(Period(each.starts_on, each.ends_on).days_of_360 - each.holidays for each in earlier)
    return ScholarshipStay(
        cycle=Cycle(row.cycle), to_country=row.country.iso2, period=period, applied_on=timezone.localdate(row.applied_at),
        approved_by_board=row.approved_by_board, for_credit=row.for_credit, travel_allowed=row.travel_allowed,
        eu_grant=any(each.is_eu_funded for each in overlapping(period, others)), holidays=row.holidays, days_used_in_cycle=used,
    )  # fmt: skip
