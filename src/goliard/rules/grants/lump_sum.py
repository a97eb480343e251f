"""Scholarships of the institution that pay one sum by the length of the stay, such as LUSTRA+.

The same tables, lines and reasons as the grants of the programme; the conditions are those of the scholarship.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from goliard.rules.grants.eligibility import Finding, Ineligible
from goliard.rules.grants.entitlement import Entitlement
from goliard.rules.grants.lines import Category, line
from goliard.rules.grants.mobility import Cycle
from goliard.rules.grants.rows import Figure
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class ScholarshipStay:
    """A stay for which a student asks a scholarship: study, traineeship or research, which makes no difference.

    `holidays` are days of the period that do not count. `days_used_in_cycle` were paid by the same scholarship in this study cycle.
    `eu_grant` says whether the programme pays the same stay.
    """

    cycle: Cycle
    to_country: str
    period: Period
    applied_on: date
    approved_by_board: bool
    for_credit: bool
    travel_allowed: bool
    eu_grant: bool = False
    holidays: int = 0
    days_used_in_cycle: int = 0

    @property
    def days(self) -> int:
        """Months of thirty days, holidays taken off."""
        return self.period.days_of_360 - self.holidays


def price_scholarship(stay: ScholarshipStay, table: Table) -> Entitlement:
    """Award the lump sum of a stay. Raises `Ineligible` with every condition that is not met, and `MissingFigure`."""
    findings = list(_findings(stay, table))
    refusals = tuple(finding.reason for finding in findings if finding.refuses)
    if refusals:
        raise Ineligible(refusals)
    step = table.lump_sum(stay.days)
    assert step is not None  # a stay outside every step was refused
    amount = Money.rounded(Fraction(step.sum.number), table.rounding("line").mode)
    because = Text(
        nl=f"{stay.days} dagen zonder vakantie: één bedrag voor {step.days_from}-{step.days_to} dagen",
        en=f"{stay.days} days without holidays: one sum for {step.days_from}-{step.days_to} days",
    )
    paid = line("lump_sum", Category.INDIVIDUAL_SUPPORT, amount, because, (step.sum,))
    return Entitlement((paid,), tuple(finding.reason for finding in findings))


def payment_window(stay: ScholarshipStay, table: Table) -> tuple[date, date]:
    """The first and the last day on which the scholarship is paid, before the stay begins."""
    most, least = table.figure("paid_days_before_start_most"), table.figure("paid_days_before_start_least")
    return stay.period.start - timedelta(days=int(most.number)), stay.period.start - timedelta(days=int(least.number))


def _findings(stay: ScholarshipStay, table: Table) -> Iterator[Finding]:
    yield from _where_and_who(stay, table)
    yield from _length(stay, table)
    early = table.figure("apply_days_before_start")
    if stay.applied_on > stay.period.start - timedelta(days=int(early.number)):
        nl, en = f"aanvragen ten minste {early.number} dagen voor de start", f"apply at least {early.number} days before the start"
        yield _finding("apply_in_time", "applied_on", nl, en, early)
    if stay.eu_grant and not table.figure("combines_with_eu_grant").is_yes:
        nl, en = "niet naast een beurs van het programma voor hetzelfde verblijf", "not beside a grant of the programme for the same stay"
        yield _finding("no_double_funding", "eu_grant", nl, en, table.figure("combines_with_eu_grant"))
    conditions = (
        (
            stay.approved_by_board,
            "approved_by_board",
            "de examencommissie keurt het verblijf goed",
            "the board of examiners approves the stay",
        ),
        (stay.for_credit, "for_credit", "het verblijf telt mee voor studiepunten", "the stay counts for credit"),
        (stay.travel_allowed, "travel_allowed", "alleen als reizen daarheen is toegestaan", "only if travel there is allowed"),
    )
    for met, field, nl, en in conditions:
        if not met:
            yield _finding(field, field, nl, en, table.lump_sums[0].sum)


def _where_and_who(stay: ScholarshipStay, table: Table) -> Iterator[Finding]:
    facts = {"direction": "outgoing", "participant": "student", "activity": "studies", "cycle": str(stay.cycle)}
    for restriction in table.restrictions:
        if restriction.concerns(facts, stay.to_country):
            field = "to_country" if restriction.countries else "cycle"
            yield Finding(Reason(restriction.rule, restriction.because, "; ".join(restriction.sources), field), restriction.status)


def _length(stay: ScholarshipStay, table: Table) -> Iterator[Finding]:
    months, month_days = table.figure("cap_months_per_cycle"), table.figure("month_days")
    if table.lump_sum(stay.days) is None:
        first, last = table.lump_sums[0].days_from, table.lump_sums[-1].days_to
        because = Text(nl=f"{stay.days} dagen; van {first} tot en met {last} dagen", en=f"{stay.days} days; from {first} to {last} days")
        # refuses also where the sums are unverified: there is none to pay
        yield Finding(Reason("length_of_stay", because, "; ".join(table.lump_sums[0].sum.sources), "period"))
    elif stay.days + stay.days_used_in_cycle > months.number * month_days.number:
        all_days = stay.days + stay.days_used_in_cycle
        yield _finding(
            "cap_per_cycle",
            "days_used_in_cycle",
            f"{all_days} dagen in deze studiecyclus; ten hoogste {months.number} maanden",
            f"{all_days} days in this study cycle; at most {months.number} months",
            months,
        )


def _finding(rule: str, field: str, nl: str, en: str, evidence: Figure) -> Finding:
    return Finding(Reason(rule, Text(nl=nl, en=en), "; ".join(evidence.sources), field), evidence.status)
