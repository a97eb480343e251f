"""A small university: a faculty with an institute and a group below it, another faculty, and a partner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit, UnitParent


@dataclass(frozen=True)
class University:
    home: Organisation
    partner: Organisation
    science: OrganizationalUnit
    observatory: OrganizationalUnit  # below science since 2020
    group: OrganizationalUnit  # below the observatory until the end of 2022
    law: OrganizationalUnit


def a_country(iso2: str = "NL", name_en: str = "Netherlands", name_nl: str = "Nederland") -> Country:
    return Country.objects.create(
        iso2=iso2, slug=name_en.lower(), name_en=name_en, name_nl=name_nl, continent="europe", latitude=52, longitude=5, search_key=iso2
    )


def a_small_university() -> University:
    country = a_country()
    home = Organisation.objects.create(key="home", kind="hei", is_home=True, name_en="Home", name_nl="Thuis", country=country)
    partner = Organisation.objects.create(key="partner", kind="hei", name_en="Partner", name_nl="Partner", country=country)
    science, law = _unit(home, "science", "faculty"), _unit(home, "law", "faculty")
    observatory, group = _unit(home, "observatory", "institute"), _unit(home, "group", "department")
    UnitParent.objects.create(unit=observatory, parent=science, valid_from=dt.date(2020, 1, 1))
    UnitParent.objects.create(unit=group, parent=observatory, valid_until=dt.date(2022, 12, 31))
    return University(home=home, partner=partner, science=science, observatory=observatory, group=group, law=law)


def _unit(home: Organisation, key: str, kind: str) -> OrganizationalUnit:
    return OrganizationalUnit.objects.create(key=key, organisation=home, kind=kind, name_en=key.title(), name_nl=key.title())
