"""Asked, awarded and realised money of a call, by region and by faculty."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from goliard.apps.funding.models import FundingCall, PartnershipDecision, ProjectApplication
from goliard.apps.funding.queries.applications import NO_REGION, Partnership, whole_of
from goliard.apps.institutions.queries.placed_units import placed_units
from goliard.apps.projects.models import AwardedProject
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A region or faculty with its money in cents; realised is None until something is reported."""

    name: Text
    asked: int
    awarded: int
    realised: int | None


@dataclass(frozen=True, slots=True)
class CallMoney:
    """The money of an application along its two sides."""

    regions: tuple[MoneyLine, ...]
    faculties: tuple[MoneyLine, ...]


def call_money(call: FundingCall, *, today: date) -> CallMoney | None:
    """Return the money of the call's application, or None before there is one."""
    application = ProjectApplication.objects.filter(call=call).select_related("call__action").first()
    if application is None:
        return None
    partnerships = whole_of(application).partnerships
    keys = [each.interest.pk for each in partnerships]
    awarded = dict(PartnershipDecision.objects.filter(interest__in=keys).values_list("interest_id", "amount_cents"))
    spent = AwardedProject.objects.filter(decision__interest__in=keys).annotate(spent=Sum("project__budgets__realised_cents"))
    realised = dict(spent.values_list("decision__interest_id", "spent"))
    places = placed_units([each.interest.unit for each in partnerships if each.interest.unit], on=today)

    def faculty(each: Partnership) -> Text:
        place = places.get(each.interest.unit_id or 0)
        unit = (place.parent or place.unit) if place else None
        return Text(unit.name_nl, unit.name_en) if unit else Text("geen eenheid", "no unit")

    def lines(name: Callable[[Partnership], Text]) -> tuple[MoneyLine, ...]:
        groups: dict[Text, list[Partnership]] = {}
        for each in partnerships:
            groups.setdefault(name(each), []).append(each)
        return tuple(
            MoneyLine(
                label,
                sum(each.cents for each in group),
                sum(awarded.get(each.interest.pk, 0) for each in group),
                _sum(realised.get(each.interest.pk) for each in group),
            )
            for label, group in groups.items()
        )

    return CallMoney(lines(lambda each: each.region or NO_REGION), lines(faculty))


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
