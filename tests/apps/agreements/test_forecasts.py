"""Balance forecasts of partners: counted, with what all agreements give and tolerate together, in few queries."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.models import Agreement, ExchangeCount
from goliard.apps.agreements.queries.forecasts import forecasts
from goliard.rules.agreements.forecast import Meaning

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def count(university: University, year: str, incoming: int, outgoing: int) -> None:
    for direction, people in (("incoming", incoming), ("outgoing", outgoing)):
        ExchangeCount.objects.create(
            organisation=university.partner, academic_year=year, direction=direction, kind="student-studies", people=people
        )


def test_all_agreements_with_a_partner_count_together(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    university = a_small_university()
    for key, tolerance in (("one", 1), ("two", 2), ("three", None)):
        an_agreement(university, key=key, state="in-effect")
        Agreement.objects.filter(key=key).update(tolerance=tolerance)
    an_agreement(university, key="draft")
    count(university, "2023/2024", 50, 0)  # before the window of the difference, and never heard of again
    count(university, "2025/2026", 0, 3)
    count(university, "2026/2027", 1, 2)
    count(university, "2027/2028", 90, 0)
    with django_assert_num_queries(4):
        found = forecasts(TODAY)
    (only,) = found.values()
    assert (str(only.year), only.places_out, only.places_in, only.tolerance) == ("2027/2028", 6, 6, 3)
    assert (only.difference_now, only.expected_in, only.expected_out, only.advised) == (4, 1, 2, 0)
    assert only.meaning is Meaning.FEWER
    assert forecasts(TODAY, [university.partner.pk]) == found
    assert forecasts(TODAY, [university.home.pk]) == {}


def test_places_of_years_that_an_agreement_does_not_cover_do_not_count() -> None:
    university = a_small_university()
    an_agreement(university, state="in-effect")
    (late,) = forecasts(date(2028, 11, 1)).values()
    assert (str(late.year), late.places_out, late.tolerance, late.meaning) == ("2029/2030", 0, None, Meaning.UNKNOWN)
