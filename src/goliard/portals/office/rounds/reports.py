"""Reports over rounds: who takes part against who could, programmes that can go nowhere, and the staff of one round."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_read_applications, visible_applications
from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.applications.queries.unserved import programmes_served
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.people.choices import CycleChoice, IdentifierScheme, StaffCategory
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer
from goliard.apps.placement.queries.participation import Grouping, participation_in
from goliard.apps.rounds.choices import Audience
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.policies import may_read_rounds
from goliard.portals.shared.doors import door
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest

GROUPINGS = {
    Audience.STUDENTS: (Grouping.CYCLE, Grouping.FACULTY),
    Audience.STAFF: (Grouping.CATEGORY, Grouping.FACULTY),
}


@door(may_read_rounds)
def participation(request: ActorRequest) -> HttpResponse:
    """Per group: how many there are, applied and got a place, with small numbers hidden."""
    years = _years()
    year = request.GET.get("year", "")
    year = year if year in years else (years[0] if years else "")
    tables = [
        (audience.label, grouping, [(_group(grouping, row.group), row) for row in participation_in(audience, year, grouping, localdate())])
        for audience, groupings in GROUPINGS.items()
        for grouping in groupings
    ]
    return render(request, "office/rounds/participation.html", {"tables": tables, "years": years, "year": year})


@door(may_read_rounds)
def unserved(request: ActorRequest) -> HttpResponse:
    """Programmes without any destination in the rounds of a year, and why; below them those that have one."""
    years = _years()
    year = request.GET.get("year", "")
    year = year if year in years else (years[0] if years else "")
    rows = programmes_served(year, localdate())
    context = {
        "lacking": [row for row in rows if not row.is_served],
        "served": [row for row in rows if row.is_served],
        "years": years,
        "year": year,
    }
    return render(request, "office/rounds/unserved.html", context)


@door(may_read_applications)
def staff(request: ActorRequest, pk: int) -> HttpResponse:
    """The staff of a round: academic and support staff counted apart, and the topics of their sessions."""
    round_ = _staff_round(pk)
    rows = _rows(request, round_)
    accepted = _accepted(round_)
    counts = {}
    for name, chosen in (
        (_("applied"), rows),
        (_("approved by the line manager"), [row for row in rows if _approval(row) == "approved"]),
        (_("place accepted"), [row for row in rows if row.pk in accepted]),
    ):
        by_category = Counter(row.appointment.category for row in chosen if row.appointment)
        counts[name] = [*(by_category[category] for category in StaffCategory.values), len(chosen)]
    topics: dict[str, list[Decimal]] = {}
    for row in rows:
        for session in row.stay.sessions.all() if hasattr(row, "stay") else ():
            topics.setdefault(session.topic, []).append(session.hours or Decimal(0))
    context = {
        "round": round_,
        "categories": StaffCategory.labels,
        "counts": counts,
        "topics": sorted((topic, len(hours), sum(hours, Decimal(0))) for topic, hours in topics.items()),
    }
    return render(request, "office/rounds/staff.html", context)


@door(may_read_applications)
def staff_record(request: ActorRequest, pk: int) -> HttpResponse:
    """The same for the record of the human resources department, a row a member of staff."""
    round_, language = _staff_round(pk), get_language() or "en"
    accepted = _accepted(round_)
    heading = [
        "staff_number", "name", "category", "function", "unit", "destination", "purpose", "starts_on", "ends_on", "days", "sessions",
        "hours", "line_manager", "approval", "approved_on", "accepted",
    ]  # fmt: skip
    body = [_record(row, accepted.get(row.pk), language) for row in _rows(request, round_)]
    return csv_response(f"staff-{round_.key}.csv", [heading, *body])


def _record(row: Application, offer: Offer | None, language: str) -> list[object]:
    stay, approval, appointment = getattr(row, "stay", None), getattr(row, "approval", None), row.appointment
    numbers = [each.value for each in row.person.identifiers.all() if each.scheme == IdentifierScheme.STAFF_NUMBER and not each.valid_until]
    sessions = list(stay.sessions.all()) if stay else []
    hours = sum((each.hours or Decimal(0) for each in sessions), Decimal(0))
    answered = localdate(approval.answered_at) if approval and approval.answered_at else ""
    return [
        numbers[-1] if numbers else "", row.person.full_name, appointment.category if appointment else "",
        appointment.title(language) if appointment else "", appointment.unit.name(language) if appointment else "",
        offer.pool.destination.name(language) if offer else "", stay.purpose if stay else "", stay.starts_on or "" if stay else "",
        stay.ends_on or "" if stay else "", stay.days or "" if stay else "", "; ".join(each.topic for each in sessions), hours,
        approval.name if approval else "", _approval(row), answered, "yes" if offer else "no",
    ]  # fmt: skip


def _staff_round(pk: int) -> Round:
    round_: Round = get_object_or_404(Round, pk=pk)
    if not round_.is_for_staff:
        raise Http404
    return round_


def _rows(request: ActorRequest, round_: Round) -> list[Application]:
    found = visible_applications(request.actor, counting_applications(round_.pk)).select_related("stay", "approval")
    return list(found.prefetch_related("stay__sessions", "person__identifiers").order_by("person__family_name", "pk"))


def _accepted(round_: Round) -> dict[int, Offer]:
    rows = Offer.objects.filter(application__round=round_, state=OfferState.ACCEPTED)
    return {row.application_id: row for row in rows.select_related("pool__destination__organisation", "pool__destination__unit")}


def _approval(row: Application) -> str:
    approval: Any = getattr(row, "approval", None)
    return approval.state if approval else ""


def _years() -> list[str]:
    return sorted(set(Round.objects.values_list("academic_year", flat=True)), reverse=True)


def _group(grouping: Grouping, key: str) -> str:
    if not key:
        return _("everybody")
    if grouping is Grouping.CYCLE:
        return str(CycleChoice(int(key)).label)
    if grouping is Grouping.CATEGORY:
        return str(StaffCategory(key).label)
    unit = OrganizationalUnit.objects.filter(key=key, organisation__is_home=True).first()
    return unit.name(get_language() or "en") if unit else key
