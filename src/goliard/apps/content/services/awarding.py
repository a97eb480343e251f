"""An award becomes known: the application closes, projects are made, and a news item is drafted from the data."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from goliard.apps.content.models import FeaturedProject, NewsItem
from goliard.apps.content.services.writing import keep_news
from goliard.apps.funding.models import Award, ProjectApplication
from goliard.apps.funding.services.decisions import record_award
from goliard.apps.projects.models import Project
from goliard.apps.projects.services.awards import make_projects
from goliard.rules.access.actor import Actor
from goliard.rules.values.money import Money


@transaction.atomic
def award_application(*, application: ProjectApplication, number: str, awarded_on: date, actor: Actor, now: datetime) -> Award:
    """Record the award, make its projects and draft its news item. Raises Refused, TransitionRefused as `record_award`."""
    award = record_award(application=application, number=number, awarded_on=awarded_on, actor=actor, now=now)
    projects = make_projects(award=award, actor=actor, now=now)
    draft_award_news(award=award, projects=projects, actor=actor, now=now)
    return award


def draft_award_news(*, award: Award, projects: list[Project], actor: Actor, now: datetime) -> NewsItem:
    """Draft the news item of an award with its numbers and projects; an editor rewrites and publishes it."""
    call = award.application.call
    illustrative = any(project.is_illustrative for project in projects)
    countries = len({project.country_id for project in projects})
    nl_note, en_note = ("\n\nVerzonnen voor de demonstratie (illustratief).", "\n\nInvented for demonstration (illustrative).")
    item = keep_news(
        row=NewsItem(
            slug=f"award-{call.key}", published_on=award.awarded_on, call=call,
            title_nl=f"Subsidie voor {len(projects)} uitwisselingsprojecten",
            title_en=f"Grant for {len(projects)} exchange projects",
            body_nl=f"{call.title_nl}: {Money(award.amount_cents).text('nl')} voor {award.mobilities} studenten en medewerkers, "
            f"in {len(projects)} projecten met {countries} landen." + (nl_note if illustrative else ""),
            body_en=f"{call.title_en}: {Money(award.amount_cents).text('en')} for {award.mobilities} students and staff, "
            f"in {len(projects)} projects with {countries} countries." + (en_note if illustrative else ""),
        ),
        actor=actor, now=now,
    )  # fmt: skip
    FeaturedProject.objects.bulk_create(
        FeaturedProject(item=item, project=project, position=position) for position, project in enumerate(projects[:3], 1)
    )
    return item
