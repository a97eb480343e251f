"""Rows of an exchange office, one plain function a noun: sensible values, changed by keyword. Nothing here goes through services."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

from goliard.apps.content.models import NewsItem, Page, PublishedFact
from goliard.apps.funding.models import Action, CallFigure, FundingCall, Programme
from goliard.apps.institutions.models import (
    Country,
    CountryAlias,
    Network,
    NetworkMembership,
    Organisation,
    OrganizationalUnit,
    UnitParent,
)
from goliard.apps.people.models import Person
from goliard.apps.projects.models import Project, ProjectCoordinator, ProjectHomeUnit, ProjectMobility, ProjectPartner
from goliard.rules.values.folding import fold, slug

_number = count(1)


@cache
def _countries() -> dict[str, dict[str, str]]:
    text = files("goliard.demo").joinpath("reference/countries.csv").read_text(encoding="utf-8")
    return {row["iso2"]: row for row in csv.DictReader(text.splitlines())}


def make_country(iso2: str = "ET") -> Country:
    """The country as the reference data have it; the same row for the same code."""
    if found := Country.objects.filter(iso2=iso2).first():
        return found
    row = _countries()[iso2]
    aliases = [alias for alias in row["aliases"].split(";") if alias]
    country = Country.objects.create(
        iso2=iso2,
        iso3=row["iso3"],
        numeric=row["numeric"],
        slug=slug(row["name_en"]),
        name_en=row["name_en"],
        name_nl=row["name_nl"],
        continent=row["continent"],
        latitude=row["lat"],
        longitude=row["lon"],
        search_key=" ".join(fold(name) for name in (row["name_en"], row["name_nl"], iso2, *aliases)),
    )
    CountryAlias.objects.bulk_create(CountryAlias(country=country, name=alias, search_key=fold(alias)) for alias in aliases)
    return country


def make_organisation(name: str = "", *, country: str = "ET", **changes: Any) -> Organisation:
    """A university with a public page."""
    name = name or f"University {next(_number)}"
    values = {"key": slug(name), "kind": "hei", "name_en": name, "name_nl": name, "city": "Somewhere"} | changes
    land = make_country(country)
    words = (values["name_en"], values["name_nl"], values["city"], values.pop("aliases", ""))
    return Organisation.objects.create(country=land, search_key=" ".join(fold(word) for word in words), **values)


def make_home(**changes: Any) -> Organisation:
    """The home institution, in Leiden."""
    values: dict[str, Any] = {"key": "home", "is_home": True, "name_nl": "Universiteit Thuis", "latitude": "52.1571", "longitude": "4.4853"}
    return make_organisation("Home University", country="NL", **(values | changes))


def make_unit(name: str, organisation: Organisation, *, below: OrganizationalUnit | None = None, **changes: Any) -> OrganizationalUnit:
    """A faculty, or an institute below one."""
    values = {"key": slug(name), "kind": "institute" if below else "faculty", "name_en": name, "name_nl": name} | changes
    unit = OrganizationalUnit.objects.create(organisation=organisation, **values)
    if below:
        UnitParent.objects.create(unit=unit, parent=below)
    return unit


def make_action(kind: str = "mobility", **changes: Any) -> Action:
    """An action of Erasmus+; of the mobility kind, International Credit Mobility. The same row for the same kind."""
    programme, _made = Programme.objects.get_or_create(
        key="erasmus-2021", defaults={"title_en": "Erasmus+ 2021-2027", "title_nl": "Erasmus+ 2021-2027", "first_year": 2021}
    )
    values = {
        "code": kind.upper(),
        "title_en": kind,
        "title_nl": kind,
        "kind": kind,
        "track": "icm" if kind == "mobility" else "",
    } | changes
    return Action.objects.get_or_create(key=kind, defaults={"programme": programme, **values})[0]


def make_call(year: int = 2022, *, figures: dict[str, int] | None = None, action: Action | None = None, **changes: Any) -> FundingCall:
    """A public call with what was published about it; the award in cents."""
    action = action or make_action()
    titles = {"title_en": f"{action.title_en} {year}", "title_nl": f"{action.title_nl} {year}", "is_public": True}
    call = FundingCall.objects.create(action=action, key=f"{action.key}-{year}", year=year, **(titles | changes))
    CallFigure.objects.bulk_create(CallFigure(call=call, measure=key, value=value, source="news") for key, value in (figures or {}).items())
    return call


def make_project(
    title: str = "",
    *,
    call: FundingCall,
    partners: list[Organisation] | None = None,
    units: list[OrganizationalUnit] | None = None,
    travellers: tuple[str, ...] = (),
    **changes: Any,
) -> Project:
    """A published historical record with its partners, home units and travellers (`student`, `staff`)."""
    title = title or f"Project {next(_number)}"
    country = partners[0].country if partners else None
    values = {"key": slug(title), "title_en": title, "title_nl": title, "state": "published", "is_historical": True, "country": country}
    project = Project.objects.create(call=call, search_key=fold(title), **(values | changes))
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=project, organisation=partner, position=place) for place, partner in enumerate(partners or [])
    )
    ProjectHomeUnit.objects.bulk_create(ProjectHomeUnit(project=project, unit=unit) for unit in units or [])
    ProjectMobility.objects.bulk_create(ProjectMobility(project=project, participant=who) for who in travellers)
    return project


def make_coordinator(project: Project, name: str, **changes: Any) -> ProjectCoordinator:
    """A coordinator who may be named in public."""
    person = Person.objects.create(given_name="Officer", family_name=name, search_key=fold(name))
    return ProjectCoordinator.objects.create(project=project, person=person, **({"is_public": True} | changes))


def make_network(name: str = "League of Universities", **changes: Any) -> Network:
    """A public network."""
    return Network.objects.create(**({"key": slug(name), "kind": "network", "name_en": name, "name_nl": name} | changes))


def make_membership(network: Network, organisation: Organisation, **changes: Any) -> NetworkMembership:
    """A membership without dates: it holds."""
    return NetworkMembership.objects.create(network=network, organisation=organisation, **changes)


def make_fact(key: str, value: str, **changes: Any) -> PublishedFact:
    """A published fact."""
    return PublishedFact.objects.create(key=key, value=value, **({"label_en": key, "label_nl": key, "source": "a page"} | changes))


def make_page(path: str, **changes: Any) -> Page:
    """A published page."""
    title = path.rsplit("/", 1)[-1].title()
    values = {"state": "published", "title_en": title, "title_nl": f"{title} (nl)", "body_en": "Text.", "body_nl": "Tekst."}
    return Page.objects.create(path=path, **(values | changes))


def make_news(slug: str = "news", **changes: Any) -> NewsItem:
    """A published news item."""
    values = {
        "state": "published",
        "published_on": dt.date(2022, 10, 3),
        "title_en": slug.title(),
        "title_nl": slug.title(),
        "body_en": "Text.",
        "body_nl": "Tekst.",
    }
    return NewsItem.objects.create(slug=slug, **(values | changes))


# The shape of a real call: thirteen countries on four continents, two partners in four of them. (country, partners, latitude and longitude)
SHAPE_OF_2022 = ("AM AM", "CN", "CO CO", "CU", "ET", "ID", "IL", "JP", "LB", "MA", "NG NG", "US", "ZA ZA")


def make_call_of_2022() -> FundingCall:
    """A call with 13 projects and 17 partners in 13 countries on 4 continents; the last partner is a placeholder without coordinates."""
    home = Organisation.objects.filter(is_home=True).first() or make_home()
    science = make_unit("Faculty of Science", home)
    units = [make_unit("Observatory", home, below=science), make_unit("Faculty of Law", home)]
    call = make_call(
        2022,
        figures={"projects": 13, "partners": 17, "countries": 13, "mobilities": 103, "award-cents": 45_000_000},
        headline_en="From Yerevan to Fukushima",
        headline_nl="Van Jerevan tot Fukushima",
    )
    for place, codes in enumerate(SHAPE_OF_2022):
        partners = [make_organisation(f"{code} University {number}", country=code) for number, code in enumerate(codes.split(), 1)]
        make_project(
            f"Project {codes[:2]}",
            call=call,
            partners=partners,
            units=[units[place % 2]],
            travellers=("staff",) if place % 3 else ("student", "staff"),
            first_year=2022,
            last_year=2025,
        )
    Organisation.objects.filter(key="za-university-2").update(name_status="placeholder", status_note_en="No source names it.")
    return call
