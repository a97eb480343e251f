"""A programme with an ICM action, its call of 2022, and a project between the home institution and a partner beyond Europe."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.factories.university import University, a_country, a_small_university

from goliard.apps.funding.models import Action, FundingCall, Programme
from goliard.apps.institutions.models import Country, CountryStatus, Organisation
from goliard.apps.people.models import Person
from goliard.apps.projects.models import Project, ProjectCoordinator, ProjectHomeUnit, ProjectMobility, ProjectPartner
from goliard.apps.projects.services.searching import key_project

TEXTS = ("lay_summary", "summary", "home_brings", "partner_brings")


@dataclass(frozen=True)
class Funding:
    university: University
    agency: Organisation
    ethiopia: Country
    institute: Organisation  # the partner in Ethiopia
    icm: Action
    call: FundingCall


def some_funding(university: University | None = None) -> Funding:
    university = university or a_small_university()
    ethiopia = a_country("ET", "Ethiopia", "Ethiopië")
    status(university.home.country, "programme")
    status(ethiopia, "partner")
    programme = Programme.objects.create(key="erasmus-2021", title_en="Erasmus+", title_nl="Erasmus+", first_year=2014, last_year=2027)
    icm = Action.objects.create(
        key="ka171", programme=programme, code="KA171", title_en="International Credit Mobility",
        title_nl="International Credit Mobility", kind="mobility", track="icm", first_call_year=2014, project_months=36,
    )  # fmt: skip
    agency = an_organisation("agency", "national-agency", university.home.country)
    call = FundingCall.objects.create(
        key="icm-2022", action=icm, year=2022, title_en="ICM 2022", title_nl="ICM 2022", funder=agency, funder_role="national-agency",
        project_months=36, is_public=True,
    )  # fmt: skip
    return Funding(university, agency, ethiopia, an_organisation("institute", "hei", ethiopia), icm, call)


def status(country: Country, what: str) -> None:
    CountryStatus.objects.create(country=country, status=what, valid_from=dt.date(2014, 1, 1), verification="V1", source="guide")


def an_organisation(key: str, kind: str, country: Country) -> Organisation:
    return Organisation.objects.create(key=key, kind=kind, name_en=key.title(), name_nl=f"{key.title()} (nl)", country=country)


def a_project(funding: Funding, number: int = 0, **fields: object) -> Project:
    """A draft with a partner and the observatory, that lacks most of what its page must say."""
    values: dict[str, object] = {
        "title_en": f"Stars {number}",
        "title_nl": f"Sterren {number}",
        "country": funding.ethiopia,
        "call": funding.call,
    }
    project = Project(key=f"icm-2022-{number}", **(values | fields))
    key_project(project=project)
    project.save()
    ProjectPartner.objects.create(project=project, organisation=funding.institute)
    ProjectHomeUnit.objects.create(project=project, unit=funding.university.observatory)
    return project


def a_complete_project(funding: Funding, number: int = 0, **fields: object) -> Project:
    values: dict[str, object] = {f"{name}_{language}": "Text." for name in TEXTS for language in ("nl", "en")}
    values |= {"starts_on": dt.date(2022, 8, 1), "ends_on": dt.date(2025, 7, 31), "isced_f": "0533"}
    project = a_project(funding, number, **(values | fields))
    coordinate(project, f"Coordinator {number}")
    ProjectMobility.objects.create(project=project, participant="student", direction="incoming", purpose="research")
    return project


def coordinate(project: Project, name: str, **fields: object) -> ProjectCoordinator:
    person = Person.objects.create(given_name=name, search_key=name.lower())
    return ProjectCoordinator.objects.create(project=project, person=person, **fields)
