"""The register of projects, as officers and faculty officers work with it."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.factories.funding import Funding, a_complete_project, a_project, an_organisation, some_funding
from tests.portals.office.conftest import SignIn
from tests.portals.office.filled import filled

from goliard.apps.journal.models import JournalEntry
from goliard.apps.projects.models import Project
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


def edit(browser: Client, project: Project, **changes: str):
    address = f"/en/office/projects/{project.pk}/edit/"
    return browser.post(address, filled(browser.get(address).context, **changes), follow=True)


def test_the_page_says_what_is_missing_and_offers_to_publish(officer: Client) -> None:
    project = a_project(some_funding())
    page = officer.get(f"/en/office/projects/{project.pk}/")
    text = page.content.decode()
    assert "Missing before publication" in text
    assert "Missing: summary for everybody (Dutch)." in text
    assert [move.action for move in page.context["moves"]] == ["publish"]
    assert page.context["preview"] == {"nl": "/nl/projects/icm-2022-0/", "en": "/en/projects/icm-2022-0/"}
    dutch = officer.get(f"/nl/office/projects/{project.pk}/").content.decode()
    assert "Ontbreekt: publiekssamenvatting (Nederlands)." in dutch


def test_publishing_an_incomplete_project_names_the_missing_fields(officer: Client) -> None:
    project = a_project(some_funding())
    answer = officer.post(f"/en/office/projects/{project.pk}/publish/", follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert "Missing: kind of mobility." in said
    assert len(said) == 12
    assert Project.objects.get().state == "draft"


def test_a_project_is_published_withdrawn_and_its_history_says_so(officer: Client) -> None:
    project = a_complete_project(some_funding())
    for action in ("publish", "withdraw", "publish", "archive"):
        officer.post(f"/en/office/projects/{project.pk}/{action}/")
    assert Project.objects.get().state == "archived"
    history = officer.get(f"/en/office/projects/{project.pk}/history/").context["entries"]
    assert [told["what"] for told in history] == ["archived", "published", "taken off the site", "published"]


def test_adding_a_german_partner_to_an_icm_project_is_refused_with_the_reason(officer: Client) -> None:
    funding = some_funding()
    an_organisation("berlin", "hei", funding.university.home.country)
    project = a_project(funding)
    answer = edit(officer, project, **{"partners-1-organisation": "berlin", "partners-1-role": "partner", "partners-1-position": "1"})
    assert answer.status_code == 422
    assert "Berlin lies in a programme country (Netherlands) and cannot be the partner of an ICM project." in answer.content.decode()
    assert project.partners.count() == 1
    assert JournalEntry.objects.count() == 0


def test_the_award_is_typed_in_euros_and_kept_in_cents(officer: Client) -> None:
    project = a_project(some_funding())
    for typed, cents in (("33.000,50", 3300050), ("34615", 3461500), ("€ 1,250.00", 125000), ("", None)):
        assert edit(officer, project, award_cents=typed).status_code == 200
        assert Project.objects.get().award_cents == cents
    assert "Write an amount in euros" in edit(officer, project, award_cents="a lot").content.decode()


def test_nobody_makes_a_project_historical_by_hand(officer: Client) -> None:
    project = a_project(some_funding())
    edit(officer, project, is_historical="on", host_group="Stars")
    project.refresh_from_db()
    assert (project.host_group, project.is_historical) == ("Stars", False)


def test_a_faculty_officer_reads_all_projects_and_edits_those_of_the_faculty(sign_in: SignIn) -> None:
    funding: Funding = some_funding()
    project = a_complete_project(funding)
    law, science = (sign_in(Role.FACULTY_OFFICER, unit=unit) for unit in (funding.university.law, funding.university.science))
    for browser, allowed in ((law, False), (science, True)):
        page = browser.get(f"/en/office/projects/{project.pk}/")
        assert page.status_code == 200
        assert page.context["may_edit"] is allowed
        assert not page.context["may_remove"]
        assert bool(page.context["moves"]) is allowed
        assert browser.get(f"/en/office/projects/{project.pk}/edit/").status_code == (200 if allowed else 403)
        assert browser.post(f"/en/office/projects/{project.pk}/publish/").status_code == (302 if allowed else 403)
        assert browser.post(f"/en/office/projects/{project.pk}/delete/").status_code == 403
    assert Project.objects.get().state == "published"


def test_a_faculty_officer_cannot_move_a_project_out_of_the_faculty(sign_in: SignIn) -> None:
    funding = some_funding()
    project = a_project(funding)
    science = sign_in(Role.FACULTY_OFFICER, unit=funding.university.science)
    answer = edit(science, project, **{"home_units-0-unit": "Law (law)"})
    assert "At least one home unit of the project must belong to your faculty." in answer.content.decode()
    assert project.home_units.get().unit == funding.university.observatory
    assert edit(science, project, **{"home_units-0-DELETE": "on"}).status_code == 422
    assert edit(science, project, **{"home_units-1-unit": "Law (law)", "home_units-1-position": "1"}).status_code == 200
    assert project.home_units.count() == 2


def test_an_auditor_changes_nothing(sign_in: SignIn) -> None:
    project = a_complete_project(some_funding())
    auditor = sign_in(Role.AUDITOR)
    assert auditor.get(f"/en/office/projects/{project.pk}/").status_code == 200
    assert auditor.get("/en/office/projects/new/").status_code == 403
    for screen in ("edit", "publish", "delete"):
        assert auditor.post(f"/en/office/projects/{project.pk}/{screen}/").status_code == 403
    assert Project.objects.get().state == "draft"


def test_the_list_narrows_by_call_state_and_words(officer: Client) -> None:
    funding = some_funding()
    a_project(funding, 1, title_en="Molecules")
    a_complete_project(funding, 2, state="published")
    for query, keys in (
        ("q=molecules", ["icm-2022-1"]),
        ("state=published", ["icm-2022-2"]),
        (f"call={funding.call.pk}&sort=-title", ["icm-2022-2", "icm-2022-1"]),
        ("historical=True", []),
    ):
        assert [row.key for row in officer.get(f"/en/office/projects/?{query}").context["listing"].rows] == keys


def test_an_organisation_in_a_project_is_not_deleted_and_the_project_is_named(officer: Client) -> None:
    funding = some_funding()
    a_project(funding)
    answer = officer.post(f"/nl/office/organisations/{funding.institute.pk}/delete/")
    assert answer.status_code == 409
    assert "Sterren 0" in answer.content.decode()


def test_two_officers_do_not_overwrite_each_other_s_partners(officer: Client) -> None:
    project = a_project(some_funding())
    address = f"/en/office/projects/{project.pk}/edit/"
    opened = officer.get(address).context
    partner = project.partners.get()
    edit(officer, project, **{"partners-0-source": "the first officer"})
    answer = officer.post(address, filled(opened, **{"partners-0-source": "the second officer"}))
    assert "Somebody else changed this row" in answer.content.decode()
    partner.refresh_from_db()
    assert partner.source == "the first officer"


def test_a_draft_is_previewed_by_the_office_and_by_nobody_else(officer: Client, sign_in: SignIn, client: Client) -> None:
    project = a_complete_project(some_funding(), lay_summary_nl="Nog niet openbaar.")
    preview = officer.get(f"/en/office/projects/{project.pk}/").context["preview"]
    assert "Nog niet openbaar." in officer.get(preview["nl"]).content.decode()
    for browser in (client, sign_in(Role.STUDENT)):
        for address in (preview["nl"], f"{preview['nl']}?preview=1"):
            assert browser.get(address).status_code == 404
