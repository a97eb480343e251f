"""The overview of a call: one line for each partner in each of its projects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit
from goliard.apps.institutions.queries.placed_units import PlacedUnit, placed_units
from goliard.apps.projects.models import Project, ProjectHomeUnit, ProjectMobility, ProjectPartner
from goliard.apps.projects.queries.call_numbers import CallNumbers
from goliard.apps.projects.queries.visible import visible_projects


@dataclass(frozen=True, slots=True)
class Line:
    """A partner in a project, with the home units and the kinds of mobility of that project."""

    project: Project
    organisation: Organisation
    unit: OrganizationalUnit | None
    home_units: tuple[PlacedUnit, ...]
    mobilities: tuple[ProjectMobility, ...]

    @property
    def country(self) -> Country:
        """Where the partner is."""
        return self.organisation.country

    @property
    def participants(self) -> frozenset[str]:
        """Who travels: `student`, `staff`."""
        return frozenset(mobility.participant for mobility in self.mobilities)

    def matches(self, *, country: str = "", unit: str = "", who: str = "") -> bool:
        """Whether a visitor who asks for these (a country's slug, a unit's key, a participant; empty for any) wants to see the line."""
        return (
            (not country or self.country.slug == country)
            and (not unit or any(unit in home.keys for home in self.home_units))
            and (not who or who in self.participants)
        )


@dataclass(frozen=True, slots=True)
class CallOverview:
    """The lines of a call and what they add up to."""

    call: FundingCall
    projects: tuple[Project, ...]
    lines: tuple[Line, ...]

    @property
    def organisations(self) -> list[Organisation]:
        """The distinct partners."""
        return list({line.organisation.pk: line.organisation for line in self.lines}.values())

    @property
    def countries(self) -> list[Country]:
        """The distinct countries of the partners."""
        return list({line.country.pk: line.country for line in self.lines}.values())

    @property
    def numbers(self) -> CallNumbers:
        """What the lines add up to."""
        return CallNumbers(len(self.projects), len(self.organisations), len(self.countries), len(self.continents))

    @property
    def continents(self) -> frozenset[str]:
        """The distinct continents of the partners."""
        return frozenset(country.continent for country in self.countries)


def call_overview(call: FundingCall, *, today: date) -> CallOverview:
    """Return the overview of the visible projects of `call`, in a fixed number of queries."""
    projects = tuple(
        visible_projects()
        .filter(call=call)
        .prefetch_related(
            Prefetch(
                "partners", ProjectPartner.objects.filter(organisation__is_public=True).select_related("organisation__country", "unit")
            ),
            Prefetch("home_units", ProjectHomeUnit.objects.select_related("unit")),
            "mobilities",
        )
        .order_by("title_en", "pk")
    )
    places = placed_units([home.unit for project in projects for home in project.home_units.all()], on=today)
    lines = (
        Line(
            project,
            partner.organisation,
            partner.unit,
            tuple(places[home.unit_id] for home in project.home_units.all()),
            tuple(project.mobilities.all()),
        )
        for project in projects
        for partner in project.partners.all()
    )
    return CallOverview(call, projects, tuple(lines))


def partners_of_call(call: FundingCall) -> list[Organisation]:
    """Return the distinct public partners of the visible projects of `call` with their countries, in one query."""
    taking_part = ProjectPartner.objects.filter(project__in=visible_projects().filter(call=call)).values("organisation")
    return list(Organisation.objects.filter(pk__in=taking_part, is_public=True).select_related("country"))
