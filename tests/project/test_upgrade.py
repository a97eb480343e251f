"""A database of an earlier release, with rows in it, is brought to today without losing any of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps as today
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

RELEASES: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "releases.toml").read_text())


@pytest.fixture
def at_release(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Any]:
    """The tables of a release and no others; today's tables again afterwards."""
    drop_all_tables()
    leaves = list(RELEASES[request.param].items())
    MigrationExecutor(connection).migrate(leaves)
    yield MigrationExecutor(connection).loader.project_state(leaves).apps
    call_command("migrate", verbosity=0)
    ContentType.objects.clear_cache()


def drop_all_tables() -> None:
    """Leave an empty database."""
    with connection.cursor() as cursor:
        tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
            return
        connection.disable_constraint_checking()
        for table in tables:
            cursor.execute(f"DROP TABLE {table}")
        connection.enable_constraint_checking()


def fill(old: Any) -> dict[str, int]:
    """Write a small office into the tables of the release; return what was written, by model."""
    get = old.get_model
    country = get("institutions", "Country").objects.create(
        iso2="ET",
        slug="ethiopia",
        name_en="Ethiopia",
        name_nl="Ethiopië",
        continent="africa",
        latitude=9,
        longitude=39,
        search_key="ethiopia",
    )
    organisation = get("institutions", "Organisation").objects
    home = organisation.create(key="home", kind="hei", is_home=True, name_en="Home", name_nl="Thuis", country=country, search_key="home")
    partner = organisation.create(key="partner", kind="hei", name_en="Partner", name_nl="Partner", country=country, search_key="partner")
    unit = get("institutions", "OrganizationalUnit").objects.create(
        key="unit", organisation=home, kind="faculty", name_en="Unit", name_nl="Eenheid"
    )
    person = get("people", "Person").objects.create(given_name="Coordinator", family_name="Unit", search_key="coordinator unit")
    programme = get("funding", "Programme").objects.create(key="erasmus", title_en="Erasmus+", title_nl="Erasmus+", first_year=2021)
    action = get("funding", "Action").objects.create(
        key="ka171", programme=programme, code="KA171", title_en="ICM", title_nl="ICM", kind="mobility"
    )
    calls = get("funding", "FundingCall").objects
    call = calls.create(key="icm-2022", action=action, year=2022, title_en="ICM 2022", title_nl="ICM 2022")
    project = get("projects", "Project").objects.create(
        key="p", call=call, title_en="Project", title_nl="Project", country=country, search_key="p"
    )
    get("projects", "ProjectPartner").objects.create(project=project, organisation=partner)
    get("projects", "ProjectHomeUnit").objects.create(project=project, unit=unit)
    get("projects", "ProjectCoordinator").objects.create(project=project, person=person)
    get("content", "PublishedFact").objects.create(key="fact", label_en="Fact", label_nl="Feit", value="1", source="test")
    user = get("accounts", "User").objects.create(email="officer@example.org", display_name="Officer", password="!")
    get("accounts", "RoleAssignment").objects.create(user=user, role="officer")
    get("journal", "JournalEntry").objects.create(
        actor="system:test", verb="add", subject_type="projects.project", subject_id="1", recorded_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    written = (
        "institutions.Country institutions.Organisation institutions.OrganizationalUnit people.Person funding.Programme funding.Action "
        "funding.FundingCall projects.Project projects.ProjectPartner projects.ProjectHomeUnit projects.ProjectCoordinator "
        "content.PublishedFact accounts.User accounts.RoleAssignment journal.JournalEntry"
    )
    return {name: get(name).objects.count() for name in written.split()}


@pytest.mark.parametrize("at_release", RELEASES, indirect=True)
def test_what_an_office_wrote_is_there_after_the_upgrade(at_release: Any) -> None:
    written = fill(at_release)
    call_command("migrate", verbosity=0)
    assert {name: today.get_model(name)._default_manager.count() for name in written} == written
    project = today.get_model("projects.Project").objects.get()
    assert (project.title_nl, project.call.action.code, project.country.name_nl) == ("Project", "KA171", "Ethiopië")
    assert [str(each.person) for each in project.coordinators.all()] == ["Coordinator Unit"]


def test_every_release_names_migrations_that_exist() -> None:
    known = MigrationExecutor(None).loader.disk_migrations
    assert known is not None
    assert [(app, name) for release in RELEASES.values() for app, name in release.items() if (app, name) not in known] == []
