"""Whether projects may exist and be shown: facts are gathered here, `rules/funding` decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import cast

from django.db.models import Q

from goliard.apps.institutions.models import CountryStatus, Organisation
from goliard.apps.institutions.queries import home_institution
from goliard.apps.projects.choices import CoordinatorRole, CoordinatorSide, ProjectState
from goliard.apps.projects.models import Project
from goliard.apps.transfer.checks.finding import Finding
from goliard.apps.transfer.table import batches
from goliard.rules.funding.completeness import ProjectPage, missing_parts
from goliard.rules.funding.eligibility import CountryStatus as Status
from goliard.rules.funding.eligibility import PartyFacts, ProjectFacts, Track, refusals
from goliard.rules.values.texts import Text

_TEXTS = ("title", "lay_summary", "summary", "home_brings", "partner_brings")


def check_projects(touched: dict[str, set[int]]) -> Iterable[Finding]:
    """Every project that the load touched, directly or through its call, partners or countries, keeps to the rules."""
    wanted = _concerned(touched)
    if not wanted:
        return
    statuses = _Statuses()
    home = home_institution()
    for part in batches(wanted):
        projects = Project.objects.filter(pk__in=part).select_related("call__action")
        for project in projects.prefetch_related(
            "partners__organisation__country", "partners__unit", "home_units__unit", "coordinators", "mobilities", "priorities__priority"
        ):
            yield from _findings(project, home, statuses)


def _concerned(touched: dict[str, set[int]]) -> set[int]:
    if touched["country_statuses"]:
        return set(Project.objects.values_list("pk", flat=True))
    found = set(touched["projects"])
    for part in batches(touched["organisations"]):
        found.update(Project.objects.filter(partners__organisation__in=part).values_list("pk", flat=True))
    indirect = Q(call__in=touched["calls"]) | Q(call__action__in=touched["actions"])
    return found | set(Project.objects.filter(indirect).values_list("pk", flat=True))


def _findings(project: Project, home: Organisation | None, statuses: _Statuses) -> Iterator[Finding]:
    for reason in refusals(_facts(project, home, statuses)):
        yield Finding("projects", project.pk, "" if reason.field == "partners" else reason.field, reason.because, project.key)
    if project.state == ProjectState.PUBLISHED:
        for reason in missing_parts(_page(project)):
            yield Finding("projects", project.pk, reason.field, reason.because, project.key)
    for partner in project.partners.all():
        if partner.unit is not None and partner.unit.organisation_id != partner.organisation_id:
            because = Text("Deze eenheid hoort bij een andere organisatie.", "This unit belongs to another organisation.")
            yield Finding("project_partners", partner.pk, "unit", because, project.key)
    for each in project.home_units.all():
        if home is None or each.unit.organisation_id != home.pk:
            because = Text(
                f"{each.unit.key} is geen eenheid van de eigen instelling.", f"{each.unit.key} is no unit of the home institution."
            )
            yield Finding("projects", project.pk, "home_units", because, project.key)


def _facts(project: Project, home: Organisation | None, statuses: _Statuses) -> ProjectFacts:
    call = project.call
    day = date(call.year, 1, 1)
    parties = [_party(partner.organisation, partner.role, day, statuses) for partner in project.partners.all()]
    if home is not None:
        parties.append(_party(home, "home", day, statuses))
    return ProjectFacts(
        track=cast("Track", call.action.track),
        call_year=call.year,
        action_kind=call.action.kind,
        parties=tuple(parties),
        months=call.project_months or call.action.project_months,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
    )


def _party(organisation: Organisation, role: str, day: date, statuses: _Statuses) -> PartyFacts:
    return PartyFacts(
        name=organisation.name_en,
        kind=organisation.kind,
        country=organisation.country.name_en,
        status=statuses.on(organisation.country_id, day),
        role=role,
        is_home=organisation.is_home,
        is_recognised_research=organisation.is_recognised_research,
        is_placeholder=organisation.name_status == "placeholder",
    )


def _page(project: Project) -> ProjectPage:
    texts = [f"{name}_{language}" for name in _TEXTS for language in ("nl", "en")] + ["isced_f"]
    coordinators = project.coordinators.all()
    return ProjectPage(
        is_historical=project.is_historical,
        action_kind=project.call.action.kind,
        texts=frozenset(name for name in texts if getattr(project, name).strip()),
        has_period=project.starts_on is not None and project.ends_on is not None,
        partners=len(project.partners.all()),
        home_units=len(project.home_units.all()),
        main_coordinators=sum(
            each.role == CoordinatorRole.MAIN and each.side == CoordinatorSide.HOME and each.valid_until is None for each in coordinators
        ),
        mobilities=len(project.mobilities.all()),
        has_country=project.country_id is not None,
        priorities_without_answer=tuple(
            each.priority.title_en for each in project.priorities.all() if not (each.how_en.strip() and each.how_nl.strip())
        ),
    )


class _Statuses:
    """What countries were to the programme, read once."""

    def __init__(self) -> None:
        self._rows: dict[int, list[CountryStatus]] = {}
        for row in CountryStatus.objects.order_by("valid_from"):
            self._rows.setdefault(row.country_id, []).append(row)

    def on(self, country: int, day: date) -> Status:
        """Return the country's status on a day, "" where none is recorded."""
        return next((cast("Status", row.status) for row in self._rows.get(country, ()) if row.holds_on(day)), "")
