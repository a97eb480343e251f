"""KA2 and Jean Monnet projects have forms of their own; the public sees what is marked as public."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.funding import Funding, a_project, some_funding
from tests.portals.office.filled import filled

from goliard.apps.funding.models import Action, FundingCall
from goliard.apps.people.models import Person
from goliard.apps.projects.models import JeanMonnetAward, Project, ProjectOutput, ResourceShare

pytestmark = pytest.mark.django_db


def a_project_of(funding: Funding, kind: str, **fields: object) -> Project:
    action = Action.objects.create(
        key=kind, programme=funding.icm.programme, code=kind.upper(), title_en=kind, title_nl=kind, kind=kind
    )  # fmt: skip
    call = FundingCall.objects.create(key=f"{kind}-2022", action=action, year=2022, title_en=kind, title_nl=kind, is_public=True)
    return a_project(funding, 1, call=call, **fields)


def edit(officer: Client, project: Project, **changes: str):
    address = f"/en/office/projects/{project.pk}/edit/"
    return officer.post(address, filled(officer.get(address).context, **changes), follow=True)


def parts(officer: Client, address: str) -> set[str]:
    return {part.name for part, _formset in officer.get(address).context["parts"]}


def test_each_kind_of_project_has_the_parts_that_belong_to_it(officer: Client) -> None:
    funding = some_funding()
    own = {"work_packages", "outputs", "resource_shares", "jean_monnet"}
    for project, expected in (
        (a_project(funding), set()),
        (a_project_of(funding, "jean-monnet"), {"jean_monnet"}),
    ):
        assert parts(officer, f"/en/office/projects/{project.pk}/edit/") & own == expected
        project.delete()
    project = a_project_of(funding, "cooperation")
    assert parts(officer, f"/en/office/projects/{project.pk}/edit/") & own == own - {"jean_monnet"}


def test_shares_add_up_to_a_hundred_percent(officer: Client) -> None:
    project = a_project_of(some_funding(), "cooperation")
    shares = {"resource_shares-TOTAL_FORMS": "2", "resource_shares-0-organisation": "home", "resource_shares-0-hundredths": "66,67"}
    answer = edit(officer, project, **shares)
    assert "The shares of the resources add up to 66.67 %, and must be 100 %." in answer.content.decode()
    assert ResourceShare.objects.count() == 0
    shares |= {"resource_shares-1-organisation": "institute", "resource_shares-1-hundredths": "33.33 %"}
    assert edit(officer, project, **shares).status_code == 200
    assert list(ResourceShare.objects.values_list("hundredths", flat=True)) == [6667, 3333]


def test_a_public_output_says_its_licence_and_stands_on_the_public_page(officer: Client, client: Client) -> None:
    project = a_project_of(some_funding(), "cooperation", is_historical=True, state="published")
    output = {
        "outputs-0-kind": "valorisation", "outputs-0-level": "european", "outputs-0-title_nl": "Leidraad", "outputs-0-title_en": "Guide",
        "outputs-0-position": "1", "outputs-0-is_public": "on",
    }  # fmt: skip
    answer = edit(officer, project, **output)
    assert "An output on the public site says under which licence it may be used." in answer.content.decode()
    assert edit(officer, project, **output, **{"outputs-0-licence": "CC BY 4.0"}).status_code == 200
    ProjectOutput.objects.create(project=project, kind="transfer", level="local", title_en="Hidden", title_nl="Verborgen")
    page = client.get(f"/en/projects/{project.key}/").content.decode()
    assert "Guide" in page
    assert "CC BY 4.0" in page
    assert "Hidden" not in page


def test_a_jean_monnet_page_names_its_holder_only_where_that_is_public(officer: Client, client: Client) -> None:
    project = a_project_of(some_funding(), "jean-monnet", is_historical=True, state="published")
    person = Person.objects.create(given_name="Chair", family_name="Holder", search_key="chair holder")
    award = {
        "jean_monnet-0-kind": "chair", "jean_monnet-0-holder": str(person.public_id), "jean_monnet-0-teaching_hours": "90",
        "jean_monnet-0-activities_en": "Lectures on integration.",
    }  # fmt: skip
    assert edit(officer, project, **award).status_code == 200
    page = client.get(f"/en/projects/{project.key}/").content.decode()
    assert "Jean Monnet Chair" in page
    assert "Lectures on integration." in page
    assert "Chair Holder" not in page
    JeanMonnetAward.objects.update(is_holder_public=True)
    assert "Chair Holder" in client.get(f"/en/projects/{project.key}/").content.decode()
