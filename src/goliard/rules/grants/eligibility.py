"""May this mobility be paid at all: who, what for, where, and for how long.

Every check yields a finding. A finding that rests on a verified figure refuses; one that rests on an unverified figure only warns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from goliard.rules.grants.case import Case
from goliard.rules.grants.lines import Evidence
from goliard.rules.grants.mobility import ACTIVITIES_OF, Activity, Direction, Mobility, Participant
from goliard.rules.grants.rows import Figure
from goliard.rules.grants.status import Status
from goliard.rules.values.texts import Reason, Text


class Ineligible(Exception):
    """The programme does not pay this mobility. `reasons` say why, each with the field that it concerns."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__("; ".join(reason.because.en for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that speaks against a mobility, and how sure its rule is."""

    reason: Reason
    status: Status = Status.V1

    @property
    def refuses(self) -> bool:
        """Whether the rule is sure enough to refuse; otherwise it warns."""
        return self.status.is_verified


def check(case: Case) -> tuple[Reason, ...]:
    """Return the warnings of a mobility that may be paid.

    Raises `Ineligible` with every reason, and `MissingFigure` for a limit that is not there.
    """
    findings = list(_shape(case.mobility)) or [finding for rule in RULES for finding in rule(case)]
    refusals = tuple(finding.reason for finding in findings if finding.refuses)
    if refusals:
        raise Ineligible(refusals)
    return tuple(finding.reason for finding in findings)


def _shape(mobility: Mobility) -> Iterator[Finding]:
    """Facts that contradict each other; nothing else is looked at while they do."""
    if mobility.activity not in ACTIVITIES_OF[mobility.participant]:
        yield _finding(
            "activity",
            "activity",
            "studenten studeren of lopen stage, medewerkers doceren of volgen training",
            "students have studies or a traineeship, staff teaching or training",
        )
    if mobility.participant is Participant.STUDENT and mobility.cycle is None:
        yield _finding("cycle", "cycle", "een student heeft een studiecyclus", "a student has a study cycle")
    if mobility.participant is Participant.STAFF and mobility.cycle is not None:
        yield _finding("cycle", "cycle", "een medewerker heeft geen studiecyclus", "staff have no study cycle")
    if mobility.from_country == mobility.to_country:
        yield _finding("two_countries", "to_country", "een mobiliteit gaat naar een ander land", "a mobility goes to another country")
    if mobility.inclusion_costs.cents and not mobility.fewer_opportunities:
        yield _finding(
            "inclusion_costs",
            "fewer_opportunities",
            "inclusiekosten horen bij een deelnemer met minder kansen",
            "inclusion costs belong to a participant with fewer opportunities",
        )
    numbers = ("days", "travel_days", "zero_grant_days", "days_used_in_cycle")
    for field in numbers:
        if getattr(mobility, field) < 0:
            yield _finding("not_negative", field, "een aantal dagen is niet negatief", "a number of days is not negative")


def _countries(case: Case) -> Iterator[Finding]:
    """The institution that holds the grant sits in a programme country; the other end is where the action goes."""
    table, outgoing = case.table, case.mobility.direction is Direction.OUTGOING
    home_field, other_field = ("from_country", "to_country") if outgoing else ("to_country", "from_country")
    if not table.is_programme_country(case.programme_end):
        yield _finding(
            "programme_country",
            home_field,
            f"{case.programme_end} is in deze call geen programmaland",
            f"{case.programme_end} is no programme country in this call",
        )
    between = case.figure("between_programme_countries")
    if case.third_country is None and not table.is_programme_country(case.other_end):
        yield _finding(
            "country", other_field, f"{case.other_end} is geen bekend land", f"{case.other_end} is no country that the table knows"
        )
    elif not between.is_yes and (case.third_country is None or not case.third_country.partner):
        yield _finding(
            "partner_country",
            other_field,
            f"{table.action} gaat van of naar een partnerland; {case.other_end} is dat in deze call niet",
            f"{table.action} goes to or from a partner country; {case.other_end} is none in this call",
            between,
        )


def _duration(case: Case) -> Iterator[Finding]:
    """Shortest and longest stay, counted without travel days (FHJ), zero-grant days included."""
    stay = case.mobility.days + case.mobility.zero_grant_days
    if not case.is_student:
        yield from _at_least(stay, case.figure("staff_days_min"))
        yield from _at_most(stay, case.figure("staff_days_max"))
        return
    if case.is_short:
        yield from _at_least(stay, case.figure("student_short_days_min"))
        yield from _at_most(stay, case.figure("student_short_days_max"))
    else:
        yield from _at_least(stay, case.figure("student_long_days_min"))
    months, month_days = case.figure("cap_months_per_cycle"), case.figure("month_days")
    cap, used = int(months.number * month_days.number), case.mobility.days_used_in_cycle
    if stay + used > cap:
        already_nl = f" (waarvan {used} al eerder)" if used else ""
        already_en = f" (of which {used} earlier)" if used else ""
        yield _finding(
            "cap_per_cycle",
            "days",
            f"{stay + used} dagen in deze studiecyclus{already_nl}; ten hoogste {months.number} maanden van {month_days.number} dagen",
            f"{stay + used} days in this study cycle{already_en}; at most {months.number} months of {month_days.number} days",
            months,
        )


def _teaching(case: Case) -> Iterator[Finding]:
    """Hours of a teacher, where they are known: eight a week or shorter stay, in proportion for a part of a further week (EVTOS).

    Into how many days a week is divided for the proportion was not seen, so a lack in that part only warns.
    """
    hours = case.mobility.teaching_hours
    if hours is None or case.mobility.activity is not Activity.TEACHING:
        return
    least = case.figure("teaching_hours_with_training" if case.mobility.with_training else "teaching_hours_min")
    week = case.figure("teaching_week_days")
    weeks, rest = divmod(case.mobility.days, int(week.number))
    whole_weeks = least.number * max(weeks, 1)
    in_proportion = whole_weeks + (least.number * rest / week.number if weeks else 0)
    if hours < in_proportion:
        needed = math.ceil(in_proportion)
        yield _finding(
            "teaching_hours",
            "teaching_hours",
            f"{hours} lesuren in {case.mobility.days} dagen; ten minste {needed}",
            f"{hours} teaching hours in {case.mobility.days} days; at least {needed}",
            least if hours < whole_weeks else week,
        )


def _travel_days(case: Case) -> Iterator[Finding]:
    """Travel days that may be paid; green travel has more of them in calls that know green travel."""
    green = case.mobility.green and case.table.knows("green_travel_days_max")
    most = case.figure("green_travel_days_max" if green else "standard_travel_days_max")
    if case.mobility.travel_days > most.number:
        yield _finding("travel_days", "travel_days", f"ten hoogste {most.number} reisdagen", f"at most {most.number} travel days", most)


def _travel_costs(case: Case) -> Iterator[Finding]:
    """Real costs of travel, in actions that know expensive travel (KA171 does not: GAFR25)."""
    if case.mobility.travel_costs.cents:
        allowed = case.figure("expensive_travel_allowed")
        if not allowed.is_yes:
            yield _finding(
                "expensive_travel",
                "travel_costs",
                f"{case.table.action} vergoedt geen dure reis naar werkelijke kosten",
                f"{case.table.action} does not pay expensive travel by real costs",
                allowed,
            )


def _restrictions(case: Case) -> Iterator[Finding]:
    """Who may not go where, as the table lists it."""
    field = "to_country" if case.mobility.direction is Direction.OUTGOING else "from_country"
    for restriction in case.table.restrictions:
        if restriction.concerns(case.facts, case.other_end):
            because = Text(nl=f"{case.other_end}: {restriction.because.nl}", en=f"{case.other_end}: {restriction.because.en}")
            reason = Reason(restriction.rule, because, "; ".join(restriction.sources), field)
            yield Finding(reason, restriction.status)


def _at_least(days: int, limit: Figure) -> Iterator[Finding]:
    if days < limit.number:
        yield _finding(
            limit.name, "days", f"{days} dagen; ten minste {limit.number} dagen", f"{days} days; at least {limit.number} days", limit
        )


def _at_most(days: int, limit: Figure) -> Iterator[Finding]:
    if days > limit.number:
        yield _finding(
            limit.name, "days", f"{days} dagen; ten hoogste {limit.number} dagen", f"{days} days; at most {limit.number} days", limit
        )


def _finding(rule: str, field: str, nl: str, en: str, evidence: Evidence | None = None) -> Finding:
    source = "; ".join(evidence.sources) if evidence is not None else ""
    return Finding(Reason(rule, Text(nl=nl, en=en), source, field), evidence.status if evidence is not None else Status.V1)


RULES = (_countries, _duration, _teaching, _travel_days, _travel_costs, _restrictions)
