"""Kinds of partners add up to all partners."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.queries.partner_mix import partner_mix
from goliard.apps.institutions.models import Organisation


@pytest.mark.django_db
def test_every_partner_counts_once() -> None:
    university = a_small_university()
    for number, kind in enumerate(("company", "company", "government", "ngo", "national-agency")):
        Organisation.objects.create(key=f"o-{number}", kind=kind, name_en="O", name_nl="O", country=university.home.country)
    for key in ("one", "two"):
        an_agreement(university, key=key, state="in-effect")
    found = partner_mix(date(2026, 11, 20))
    assert [(each.kind, each.partners, each.with_agreement, each.strand) for each in found] == [
        ("company", 2, 0, "industry"), ("government", 1, 0, "government"), ("hei", 1, 1, "university"), ("ngo", 1, 0, "society"),
    ]  # fmt: skip
    assert sum(each.partners for each in found) == Organisation.objects.filter(is_home=False).exclude(kind="national-agency").count()
