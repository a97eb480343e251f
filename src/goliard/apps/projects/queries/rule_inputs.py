"""From rows to what the rules of funding read: a project as it is, or as a change would leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from goliard.apps.funding.choices import PolicyDocumentKind
from goliard.apps.funding.queries.validity import documents_cover
from goliard.apps.institutions.choices import NameStatus
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.queries import home_institution
from goliard.apps.institutions.queries.statuses import Statuses
from goliard.apps.projects.choices import CoordinatorRole, CoordinatorSide, PartnershipKind
from goliard.apps.projects.models import (
    JeanMonnetAward,
    Project,
    ProjectCoordinator,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectOutput,
    ProjectPartner,
    ProjectPriority,
    ResourceShare,
    WorkPackage,
)
from goliard.rules.funding.advice import ProjectPaperwork
from goliard.rules.funding.completeness import PARTS, ProjectPage
from goliard.rules.funding.coordination import Stint
from goliard.rules.funding.eligibility import PartyFacts, ProjectFacts, Track
from goliard.rules.funding.kinds import KindFacts

TEXTS = frozenset(part.field for part in PARTS if part.field.endswith(("_nl", "_en"))) | {"isced_f"}


@dataclass(frozen=True, slots=True)
class ProjectParts:
    """The parts of a project that rules look at."""

    partners: Sequence[ProjectPartner]
    home_units: Sequence[ProjectHomeUnit]
    coordinators: Sequence[ProjectCoordinator]
    mobilities: Sequence[ProjectMobility]
    priorities: Sequence[ProjectPriority]
    work_packages: Sequence[WorkPackage] = ()
    outputs: Sequence[ProjectOutput] = ()
    shares: Sequence[ResourceShare] = ()
    jean_monnet: Sequence[JeanMonnetAward] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for many projects, so that it is read once: the home institution and the statuses of countries."""

    home: Organisation | None
    statuses: Statuses


def surroundings() -> Surroundings:
    """Read them, for as many projects as are looked at."""
    return Surroundings(home_institution(), Statuses())


def stored_parts(project: Project) -> ProjectParts:
    """Return the parts as they are stored; relations that have been prefetched cost no query."""
    return ProjectParts(
        partners=list(project.partners.all()),
        home_units=list(project.home_units.all()),
        coordinators=list(project.coordinators.all()),
        mobilities=list(project.mobilities.all()),
        priorities=list(project.priorities.all()),
        work_packages=list(project.work_packages.all()),
        outputs=list(project.outputs.all()),
        shares=list(project.resource_shares.all()),
        jean_monnet=[award] if (award := getattr(project, "jean_monnet", None)) else [],
    )


def project_facts(project: Project, parts: ProjectParts, around: Surroundings) -> ProjectFacts:
    """Gather what decides whether the project may exist under its call. A country's status is that of the first day of the call's year."""
    call, day = project.call, date(project.call.year, 1, 1)
    parties = [_party(partner.organisation, partner.role, day, around) for partner in parts.partners]
    if around.home is not None:
        parties.insert(0, _party(around.home, "home", day, around))
    return ProjectFacts(
        track=cast("Track", call.action.track),
        call_year=call.year,
        action_kind=call.action.kind,
        parties=tuple(parties),
        months=call.project_months or call.action.project_months,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
    )


def _party(organisation: Organisation, role: str, day: date, around: Surroundings) -> PartyFacts:
    return PartyFacts(
        name=organisation.name_en,
        kind=organisation.kind,
        country=organisation.country.name_en,
        status=around.statuses.on(organisation.country_id, day),
        role=role,
        is_home=organisation.is_home,
        is_recognised_research=organisation.is_recognised_research,
        is_placeholder=organisation.name_status == NameStatus.PLACEHOLDER,
    )


def page_facts(project: Project, parts: ProjectParts, *, today: date) -> ProjectPage:
    """Gather what decides whether the project's page is complete; who coordinates is judged on `coordination_day`."""
    day = coordination_day(project, today)
    home = [each for each in parts.coordinators if each.side == CoordinatorSide.HOME and each.role == CoordinatorRole.MAIN]
    return ProjectPage(
        is_historical=project.is_historical,
        action_kind=project.call.action.kind,
        texts=frozenset(name for name in TEXTS if getattr(project, name).strip()),
        has_period=project.starts_on is not None and project.ends_on is not None,
        partners=len(parts.partners),
        home_units=len(parts.home_units),
        main_coordinators=sum(each.holds_on(day) for each in home),
        mobilities=len(parts.mobilities),
        has_country=project.country_id is not None,
        priorities_without_answer=tuple(
            each.priority.title_en for each in parts.priorities if not (each.how_en.strip() and each.how_nl.strip())
        ),
    )


def coordination_day(project: Project, today: date) -> date:
    """Return the day on which coordinators are judged: today, or the last day of a project that has ended."""
    return min(today, project.ends_on) if project.ends_on else today


def stints(coordinators: Sequence[ProjectCoordinator]) -> list[Stint]:
    """Gather who coordinates, for which side and when."""
    return [
        Stint(each.person.full_name, each.side, each.role == CoordinatorRole.MAIN, each.valid_from, each.valid_until)
        for each in coordinators
    ]


def paperwork(project: Project, parts: ProjectParts, covers: Callable[[str, date], bool | None] = documents_cover) -> ProjectPaperwork:
    """Gather what advice looks at."""
    day = date(project.call.year, 1, 1)
    return ProjectPaperwork(
        action_kind=project.call.action.kind,
        call_year=project.call.year,
        partners=len(parts.partners),
        priorities=len(parts.priorities),
        charter=covers(PolicyDocumentKind.CHARTER, day),
        statement=covers(PolicyDocumentKind.POLICY_STATEMENT, day),
        is_continued=project.partnership == PartnershipKind.CONTINUED,
        has_predecessor=project.predecessor_id is not None,
    )


def kind_facts(project: Project, parts: ProjectParts) -> KindFacts:
    """Gather what only some kinds of project have."""
    taking_part = {partner.organisation_id for partner in parts.partners}
    strangers = [share.organisation for share in parts.shares if share.organisation_id not in taking_part]
    return KindFacts(
        action_kind=project.call.action.kind,
        work_packages=len(parts.work_packages),
        outputs=len(parts.outputs),
        shares=tuple(share.hundredths for share in parts.shares),
        strangers=tuple(organisation.name_en for organisation in strangers if not organisation.is_home),
        is_jean_monnet_filled=bool(parts.jean_monnet),
        has_holder=any(award.holder_id is not None for award in parts.jean_monnet),
    )
