"""Agreements as an officer works with them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university
from tests.portals.office.conftest import SignIn

from goliard.apps.agreements.models import Agreement, ExchangeCount
from goliard.apps.agreements.queries.balance import academic_year_on
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db
WISHES = ("ends-6", "ends-12", "ended", "no-subject", "no-language", "never-used")


def new_agreement(**changes: str) -> dict[str, str]:
    filled = {
        "seen": "",
        "key": "partner-2027",
        "kind": "exchange",
        "title": "Exchange with Partner",
        "starts_on": "2027-09-01",
        "ends_on": "2030-08-31",
        "parties-TOTAL_FORMS": "2",
        "parties-INITIAL_FORMS": "0",
        "parties-0-organisation": "Home (home)",
        "parties-1-organisation": "Partner (partner)",
    }
    return filled | changes


def condition(**changes: str) -> dict[str, str]:
    filled = {
        "conditions-TOTAL_FORMS": "1",
        "conditions-INITIAL_FORMS": "0",
        "conditions-0-kind": "student-studies",
        "conditions-0-sending": "Home (home)",
        "conditions-0-receiving": "Partner (partner)",
        "conditions-0-first_year": "2027/2028",
        "conditions-0-last_year": "2029/2030",
        "conditions-0-mobilities_per_year": "2",
        "conditions-0-amount": "20",
        "conditions-0-eqf_levels": "6, 7",
        "conditions-0-subjects_text": "0222 Modern history; 0232",
        "conditions-0-languages_text": "en B2; FR b1",
        "conditions-0-shares_text": "law 1",
    }
    return filled | changes


def test_from_nothing_to_in_effect(officer: Client) -> None:
    a_small_university()
    assert officer.post("/en/office/agreements/new/", new_agreement()).status_code == 302
    agreement = Agreement.objects.get()
    page = officer.get(f"/en/office/agreements/{agreement.pk}/").content.decode()
    assert "There is no condition yet." in page
    version = agreement.versions.get()
    edit = f"/en/office/agreement-versions/{version.pk}/edit/"
    assert officer.post(edit, condition(seen=officer.get(edit).context["seen"])).status_code == 302
    stored = version.conditions.get()
    assert stored.eqf_levels == "67"
    assert [(each.unit.key, each.places) for each in stored.splits.all()] == [("law", 1)]
    assert sorted((each.isced_f, each.clarification) for each in stored.subjects.all()) == [("0222", "Modern history"), ("0232", "")]
    assert sorted((each.language, each.level) for each in stored.languages.all()) == [("en", "B2"), ("fr", "B1")]
    for action in ("propose", "agree", "start"):
        officer.post(f"/en/office/agreements/{agreement.pk}/{action}/")
    agreement.refresh_from_db()
    assert agreement.state == "in-effect"
    assert officer.get(edit).status_code == 403  # what was agreed stands


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"parties-1-organisation": ""}, "There is no partner yet."),
        ({"parties-0-organisation": ""}, "The home institution is no party."),
        ({"ends_on": "2026-01-01"}, "agreement_ends_after_start"),
        ({"parties-1-organisation": "Nobody"}, "Nothing is called “Nobody”."),
    ],
)
def test_bad_agreements_are_explained(officer: Client, changes: dict[str, str], fault: str) -> None:
    a_small_university()
    response = officer.post("/en/office/agreements/new/", new_agreement(**changes))
    assert response.status_code == 422
    assert fault in response.content.decode()
    assert Agreement.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"conditions-0-subjects_text": "history"}, "“history” is not valid"),
        ({"conditions-0-languages_text": "en Z9"}, "is not valid"),
        ({"conditions-0-first_year": "2027"}, "“2027” is not valid"),
        ({"conditions-0-eqf_levels": "9"}, "is not valid"),
        ({"conditions-0-shares_text": "law two"}, "“law two” is not a home unit"),
        ({"conditions-0-shares_text": "nowhere 1"}, "“nowhere 1” is not a home unit"),
        ({"conditions-0-shares_text": "law 1; law 1"}, "stands there twice"),
        ({"conditions-0-shares_text": "law 2; science 1"}, "The units get 3 places together, more than the 2 that there are."),
        ({"conditions-0-receiving": "Home (home)"}, "condition_between_two"),
    ],
)
def test_bad_conditions_are_explained_and_nothing_is_written(officer: Client, changes: dict[str, str], fault: str) -> None:
    version = an_agreement(a_small_university()).versions.get()
    version.conditions.all().delete()
    edit = f"/en/office/agreement-versions/{version.pk}/edit/"
    response = officer.post(edit, condition(seen=officer.get(edit).context["seen"], **changes))
    assert response.status_code == 422
    assert fault in response.content.decode()
    assert version.conditions.count() == 0


def test_a_faculty_officer_edits_only_what_the_own_faculty_runs(sign_in: SignIn) -> None:
    university = a_small_university()
    ours, theirs = an_agreement(university, key="ours"), an_agreement(university, key="theirs")
    Agreement.objects.filter(pk=ours.pk).update(owner=university.science)
    browser = sign_in(Role.FACULTY_OFFICER, unit=university.science)
    assert browser.get(f"/en/office/agreements/{ours.pk}/edit/").status_code == 200
    assert browser.get(f"/en/office/agreements/{theirs.pk}/edit/").status_code == 403
    assert browser.get(f"/en/office/agreements/{theirs.pk}/").status_code == 200


def test_the_balance_warns_beyond_the_tolerance(officer: Client) -> None:
    university = a_small_university()
    agreement = an_agreement(university, state="in-effect")
    Agreement.objects.filter(pk=agreement.pk).update(tolerance=1)
    balance = officer.get(f"/en/office/agreements/{agreement.pk}/").context["panels"][-1].context["balance"]
    assert balance.years == ()
    year = str(academic_year_on(timezone.localdate()))
    for direction, people in (("outgoing", 4), ("incoming", 1)):
        ExchangeCount.objects.create(
            organisation=university.partner, academic_year=year, direction=direction, kind="student-studies", people=people
        )
    page = officer.get(f"/en/office/agreements/{agreement.pk}/").content.decode()
    assert "4 outgoing against 1 the other way; a difference of 1 at most is tolerable." in page


def test_the_renewal_desk_finds_what_it_looks_for(officer: Client) -> None:
    university = a_small_university()
    agreement = an_agreement(university, state="in-effect")
    today = timezone.localdate()
    Agreement.objects.filter(pk=agreement.pk).update(starts_on=today, ends_on=today)
    found = {wish: officer.get(f"/en/office/agreements/?desk={wish}").context["listing"].total for wish in WISHES}
    assert found == {"ends-6": 1, "ends-12": 1, "ended": 0, "no-subject": 0, "no-language": 0, "never-used": 1}
    agreement.versions.get().conditions.first().subjects.all().delete()
    assert officer.get("/en/office/agreements/?desk=no-subject").context["listing"].total == 1
