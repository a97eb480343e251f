"""Asked, awarded and realised money and mobilities of a call, by region and by faculty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from goliard.apps.funding.models import FundingCall, PartnershipDecision, ProjectApplication
from goliard.apps.funding.queries.applications import NO_REGION, whole_of
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.queries.placed_units import placed_units
from goliard.apps.projects.models import AwardedProject, Project
from goliard.apps.projects.queries.priced import unverified_of
from goliard.apps.rates.queries import table_of_call
from goliard.rules.values.texts import Text

NO_UNIT = Text("geen eenheid", "no unit")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Cents and mobilities of one partnership or project; realised is None until something is reported."""

    asked: int
    awarded: int
    realised: int | None
    planned: int
    granted: int
    done: int | None


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A region or faculty with its sums."""

    name: Text
    sums: Amounts


@dataclass(frozen=True, slots=True)
class CallMoney:
    """The money of a call along its two sides, and together; `without_support`: asked leaves out the organisational support.

    `unverified` are the figures behind it that nobody has seen in print.
    """

    regions: tuple[MoneyLine, ...]
    faculties: tuple[MoneyLine, ...]
    total: Amounts
    is_illustrative: bool
    without_support: bool
    unverified: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    region: Text
    unit: OrganizationalUnit | None
    amounts: Amounts
    is_illustrative: bool


def call_money(call: FundingCall, *, today: date) -> CallMoney | None:
    """Return the money of a call: of its application, or of its projects where they were made without one; None before either."""
    application = ProjectApplication.objects.filter(call=call).select_related("call__action").first()
    rows = _of_application(application) if application else _of_projects(call)
    if not rows:
        return None
    places = placed_units([row.unit for row in rows if row.unit], on=today)

    def faculty(row: _Row) -> Text:
        place = places.get(row.unit.pk) if row.unit else None
        unit = (place.parent or place.unit) if place else None
        return Text(unit.name_nl, unit.name_en) if unit else NO_UNIT

    return CallMoney(
        _lines(rows, lambda row: row.region), _lines(rows, faculty), _sum(row.amounts for row in rows),
        any(row.is_illustrative for row in rows), application is not None, _unverified(call, application),
    )  # fmt: skip


def _unverified(call: FundingCall, application: ProjectApplication | None) -> tuple[str, ...]:
    if application is None:
        return unverified_of(Project.objects.filter(call=call, flows__isnull=False).distinct().select_related("call__action", "country"))
    plan = whole_of(application).budget.plan
    return tuple(plan.unverified) if plan else ()


def _of_application(application: ProjectApplication) -> list[_Row]:
    partnerships = whole_of(application).partnerships
    keys = [each.interest.pk for each in partnerships]
    awarded = dict(PartnershipDecision.objects.filter(interest__in=keys).values_list("interest_id", "amount_cents"))
    made = AwardedProject.objects.filter(decision__interest__in=keys).select_related("decision")
    projects = {row.decision.interest_id: row.project for row in made.prefetch_related("project__flows", "project__budgets")}
    rows = []
    for each in partnerships:
        project = projects.get(each.interest.pk)
        own = _amounts(project) if project else Amounts(0, 0, None, each.budget.mobilities, 0, None)
        planned = own.planned or each.budget.mobilities
        amounts = Amounts(each.cents, awarded.get(each.interest.pk, 0), own.realised, planned, own.granted, own.done)
        rows.append(_Row(each.region or NO_REGION, each.interest.unit, amounts, each.interest.is_illustrative))
    return rows


def _of_projects(call: FundingCall) -> list[_Row]:
    table = table_of_call(call.action.code, call.year)
    projects = Project.objects.filter(call=call, flows__isnull=False).distinct().select_related("country")
    rows = []
    for project in projects.prefetch_related("flows", "budgets", "home_units__unit"):
        region = table.region_of(project.country.iso2) if table and project.country else None
        unit = next((home.unit for home in project.home_units.all()), None)
        illustrative = project.is_illustrative or any(flow.is_illustrative for flow in project.flows.all())
        rows.append(_Row(region.name if region else NO_REGION, unit, _amounts(project), illustrative))
    return rows


def _amounts(project: Project) -> Amounts:
    flows, budgets = list(project.flows.all()), list(project.budgets.all())
    return Amounts(
        sum(row.planned_cents for row in budgets), sum(row.granted_cents for row in budgets), _known(row.realised_cents for row in budgets),
        sum(row.planned for row in flows), sum(row.granted for row in flows), _known(row.realised for row in flows),
    )  # fmt: skip


def _lines(rows: list[_Row], name: Callable[[_Row], Text]) -> tuple[MoneyLine, ...]:
    groups: dict[Text, list[Amounts]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row.amounts)
    return tuple(MoneyLine(label, _sum(group)) for label, group in sorted(groups.items(), key=lambda each: each[0].en))


def _sum(amounts: Iterable[Amounts]) -> Amounts:
    rows = list(amounts)
    return Amounts(
        sum(row.asked for row in rows), sum(row.awarded for row in rows), _known(row.realised for row in rows),
        sum(row.planned for row in rows), sum(row.granted for row in rows), _known(row.done for row in rows),
    )  # fmt: skip


def _known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
