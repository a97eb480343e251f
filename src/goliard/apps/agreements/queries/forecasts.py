"""Balance forecasts of partners: counts of the last years, places agreed for the next one, and what is tolerable; in four queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from goliard.apps.agreements.choices import AgreementState
from goliard.apps.agreements.models import AgreementParty, ExchangeCount
from goliard.apps.agreements.queries.balance import academic_year_on
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.apps.projects.choices import Direction
from goliard.rules.agreements.balance import YearCount
from goliard.rules.agreements.forecast import Forecast, forecast
from goliard.rules.values.academic_year import AcademicYear, parse_academic_year

WINDOW = 3  # academic years, the next one among them


def forecasts(today: date, partners: Iterable[int] | None = None) -> dict[int, Forecast]:
    """Return the forecast for next academic year of every partner with an agreement in effect (or of these), by primary key.

    A balance is one with the partner as a whole, over all agreements: what they tolerate adds up, as their places do.
    """
    year = academic_year_on(today).shifted(1)
    newest = ExchangeCount.objects.filter(academic_year__lt=f"{year.first}").aggregate(newest=Max("academic_year"))["newest"]
    until = parse_academic_year(newest).first if newest else None
    wanted = None if partners is None else set(partners)
    tolerances = _tolerances(wanted)
    counts, places = _counts(year, wanted), _places(year)
    return {
        partner: forecast(
            tuple(counts.get(partner, ())),
            year=year,
            places_out=places[partner, Direction.OUTGOING],
            places_in=places[partner, Direction.INCOMING],
            tolerance=tolerance,
            years=WINDOW,
            counted_until=until,
        )
        for partner, tolerance in tolerances.items()
    }


def _tolerances(wanted: set[int] | None) -> dict[int, int | None]:
    """Every partner of an agreement in effect, with the sum of what its agreements tolerate; None where none says so."""
    rows = AgreementParty.objects.filter(agreement__state=AgreementState.IN_EFFECT, organisation__is_home=False).order_by()
    if wanted is not None:
        rows = rows.filter(organisation__in=wanted)
    found: dict[int, int | None] = {}
    for partner, tolerance in rows.values_list("organisation", "agreement__tolerance"):
        before = found.setdefault(partner, None)
        found[partner] = before if tolerance is None else (before or 0) + tolerance
    return found


def _counts(year: AcademicYear, wanted: set[int] | None) -> dict[int, list[YearCount]]:
    rows = ExchangeCount.objects.filter(academic_year__gte=f"{year.first - WINDOW}", academic_year__lt=f"{year.first}").order_by()
    if wanted is not None:
        rows = rows.filter(organisation__in=wanted)
    found: dict[int, list[YearCount]] = defaultdict(list)
    for partner, counted, direction, people in rows.values_list("organisation", "academic_year", "direction", "people"):
        incoming = people if direction == Direction.INCOMING else 0
        found[partner].append(YearCount(parse_academic_year(counted), incoming, people - incoming))
    return found


def _places(year: AcademicYear) -> dict[tuple[int, str], int]:
    """Places that the agreements in effect give in a year, by partner and direction."""
    rows = conditions_in_force().filter(first_year__lt=f"{year.first}/9999", last_year__gte=f"{year.first}").order_by()
    found: dict[tuple[int, str], int] = defaultdict(int)
    for sending, is_outgoing, receiving, places in rows.values_list("sending", "sending__is_home", "receiving", "mobilities_per_year"):
        found[(receiving, Direction.OUTGOING) if is_outgoing else (sending, Direction.INCOMING)] += places
    return found
