"""What agreements in effect and projects have left for a round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from goliard.apps.accounts.queries import units_below
from goliard.apps.agreements.choices import ClaimState, ConditionKind
from goliard.apps.agreements.models import CooperationCondition, PlaceClaim
from goliard.apps.agreements.queries.places import claims_on_flow, supply_of
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.apps.institutions.models import Organisation
from goliard.apps.projects.choices import Direction, PartnerRole
from goliard.apps.projects.models import ProjectFlow
from goliard.apps.rounds.choices import RoundKind
from goliard.apps.rounds.models import Round
from goliard.rules.agreements.places import Claim, Supply, left
from goliard.rules.values.academic_year import InvalidAcademicYear, parse_academic_year
from goliard.rules.values.folding import fold

KINDS = {
    RoundKind.UNIVERSITY_WIDE: (ConditionKind.STUDENT_STUDIES,),
    RoundKind.FACULTY: (ConditionKind.STUDENT_STUDIES,),
    RoundKind.STAFF_MOBILITY: (ConditionKind.STAFF_TEACHING, ConditionKind.STAFF_TRAINING),
    RoundKind.TRAINEESHIP: (ConditionKind.STUDENT_TRAINEESHIP,),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Places that a round may draw: out of a condition or a flow (one of the two is None), how many there are and how many are left."""

    partner: Organisation
    condition: CooperationCondition | None
    flow: ProjectFlow | None
    places: int
    left: int

    @property
    def days(self) -> int | None:
        """How many days were granted to each; None where an agreement gives the places."""
        return self.flow.days if self.flow is not None else None

    @property
    def months(self) -> str:
        """The same in months of 30 days, as students' stays are counted: `4.5`; empty for staff and for agreements."""
        if self.flow is None or self.flow.kind.startswith("staff/"):
            return ""
        return f"{Decimal(self.flow.days) / 30:.1f}".removesuffix(".0")

    @property
    def name(self) -> str:
        """A word for forms."""
        return f"condition-{self.condition.pk}" if self.condition else f"flow-{self.flow.pk if self.flow else 0}-{self.partner.pk}"


def sources_of(round: Round, text: str = "") -> list[Source]:
    """Return what may be drawn into a round: conditions of its year and kind under which home sends, or the flows of its project.

    A round of the whole university draws from what no unit sends alone; a faculty's round also from what the faculty or a unit below sends.
    `text` narrows to partners in whose name or country every word occurs. Sources with nothing left stand among them, at the end.
    """
    found = _flows(round) if round.project_id else _conditions(round)
    words = fold(text).split()
    fitting = [each for each in found if all(word in f"{each.partner.search_key} {each.partner.country.search_key}" for word in words)]
    return sorted(fitting, key=lambda each: (not each.left, each.partner.name_en, each.name))


def _conditions(round: Round) -> list[Source]:
    try:
        year = parse_academic_year(round.academic_year)
    except InvalidAcademicYear:
        return []
    rows = conditions_in_force().filter(sending__is_home=True, kind__in=KINDS.get(RoundKind(round.kind), ()), mobilities_per_year__gt=0)
    related = rows.select_related("version__agreement", "receiving__country", "receiving_unit", "sending_unit")
    own = units_below([round.owner_id], date.fromisoformat(f"{year.first:04}-09-01"))[round.owner_id] if round.owner_id else frozenset()
    held = [
        row
        for row in related.prefetch_related("splits")
        if (row.sending_unit_id is None or row.sending_unit_id in own)
        and parse_academic_year(row.first_year).first <= year.first <= parse_academic_year(row.last_year).first
    ]
    claims: dict[int, list[Claim]] = {}
    live = PlaceClaim.objects.filter(condition__in=held, academic_year=round.academic_year).exclude(state=ClaimState.RELEASED)
    for condition, places, unit in live.values_list("condition_id", "places", "unit_id"):
        claims.setdefault(condition or 0, []).append(Claim(places, unit))
    return [
        Source(row.receiving, row, None, row.mobilities_per_year, _left(row, tuple(claims.get(row.pk, ())), round.owner_id)) for row in held
    ]


def _left(row: CooperationCondition, claims: tuple[Claim, ...], owner: int | None) -> int:
    unit = row.sending_unit_id or owner
    return left(supply_of(row), claims).for_unit(unit)


def _flows(round: Round) -> list[Source]:
    """The mobilities that were granted to the project, out of the house and for the round's audience."""
    audience = "staff/" if round.is_for_staff else "student/"
    assert round.project is not None, "asked for rounds of a project only"
    partners = round.project.partners.exclude(role=PartnerRole.CONSORTIUM_MEMBER).select_related("organisation__country")
    return [
        Source(partner.organisation, None, flow, flow.granted, left(Supply(flow.granted), claims_on_flow(flow)).total)
        for flow in round.project.flows.filter(granted__gt=0, direction=Direction.OUTGOING, kind__startswith=audience)
        for partner in partners
    ]
