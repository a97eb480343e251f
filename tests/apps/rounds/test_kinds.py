"""What each kind of round draws from, and whom it is for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from tests.factories import exchange
from tests.factories.applications import a_student, actor_of, wishes_of
from tests.factories.rounds import AFTER, NOW, OFFICER, Stage, a_condition, a_round
from tests.factories.university import University, a_country, a_small_university

from goliard.apps.agreements.models import PlaceClaim
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.eligibility import person_facts, verdicts_of
from goliard.apps.applications.services.stays import StayWords, save_stay
from goliard.apps.applications.services.submitting import submit_application
from goliard.apps.applications.services.writing import save_answers, save_wishes, start_application
from goliard.apps.institutions.models import Country, CountryAdvice, Organisation, OrganizationalUnit
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.models import Citizenship
from goliard.apps.projects.models import ProjectFlow
from goliard.apps.rounds.models import Round, RoundRequirement
from goliard.apps.rounds.queries.sources import sources_of
from goliard.apps.rounds.services.copying import copy_round
from goliard.apps.rounds.services.destinations import change_places, draw_condition, draw_flow, withdraw_destination
from goliard.apps.rounds.services.hosts import offer_places
from goliard.apps.rounds.services.rounds import move_round

pytestmark = pytest.mark.django_db
HOST = {
    "name": "Workshop", "city": "Lyon", "country": "FR", "contact_name": "Supervisor", "contact_email": "supervisor@example.org",
    "tasks": "Tests.", "website": "https://example.org", "hours_week": "38",
}  # fmt: skip


def company(key: str = "company") -> Organisation:
    return Organisation.objects.create(
        key=key, kind="company", name_en="Company", name_nl="Bedrijf", search_key=key, country=Country.objects.get(iso2="NL")
    )


def a_traineeship_round(**fields: Any) -> Round:
    made = a_round("trainees", kind="traineeship", purposes="traineeship", days_min=60, days_max=360, **fields)
    made.requirements.all().delete()
    made.documents.all().delete()
    return made


class TestTraineeships:
    def test_a_company_needs_no_agreement(self) -> None:
        a_small_university()
        round_ = a_traineeship_round()
        pool = offer_places(round=round_, organisation=company(), places=2, actor=OFFICER, now=NOW)
        assert (pool.places, pool.claim, PlaceClaim.objects.count()) == (2, None, 0)
        assert change_places(pool=pool, places=5, actor=OFFICER, now=NOW).places == 5
        assert withdraw_destination(destination=pool.destination, reason="Closed.", actor=OFFICER, now=NOW).is_withdrawn

    @pytest.mark.parametrize(
        ("kind", "host", "places", "reason"),
        [
            ("university-wide", "company", 2, "Only places for trainees"),
            ("traineeship", "company", 0, "Give the number of places"),
            ("traineeship", "home", 1, "This is the home institution"),
        ],
    )
    def test_what_is_no_offer(self, kind: str, host: str, places: int, reason: str) -> None:
        university = a_small_university()
        row = a_round("r", kind=kind)
        organisation = company() if host == "company" else university.home
        with pytest.raises(Refused, match=reason):
            offer_places(round=row, organisation=organisation, places=places, actor=OFFICER, now=NOW)
        assert row.destinations.count() == 0

    def test_an_offer_stands_once(self) -> None:
        a_small_university()
        round_ = a_traineeship_round()
        for organisation in (company(), None):
            offer_places(round=round_, organisation=organisation, places=2, actor=OFFICER, now=NOW)
            with pytest.raises(Refused, match="there already"):
                offer_places(round=round_, organisation=organisation, places=2, actor=OFFICER, now=NOW)

    def test_a_host_of_ones_own_is_asked_for_where_one_wishes_for_it(self) -> None:
        stage, draft = self.drafted()
        with pytest.raises(Refused, match="Give the name of the host"):
            submit_application(application=draft, actor=actor_of(draft.person), now=NOW)
        words = StayWords("traineeship", dt.date(2027, 9, 1), dt.date(2027, 11, 30), host=HOST)
        a_country("FR", "France", "Frankrijk")
        save_stay(application=draft, words=words, seen=0, actor=actor_of(draft.person), now=NOW)
        submission = submit_application(application=draft, actor=actor_of(draft.person), now=NOW)
        assert '"host":{"city":"Lyon"' in submission.content
        assert stage.round.destinations.get(is_own_host=True).name("en") == "a host that you found yourself"

    def test_the_travel_advice_counts_for_that_host_too(self) -> None:
        _stage, draft = self.drafted()
        CountryAdvice.objects.create(country=a_country("FR", "France", "Frankrijk"), colour="red", valid_from=dt.date(2026, 1, 1))
        words = StayWords("traineeship", dt.date(2027, 9, 1), dt.date(2027, 11, 30), host=HOST)
        save_stay(application=draft, words=words, seen=0, actor=actor_of(draft.person), now=NOW)
        with pytest.raises(Refused, match="Workshop: the travel advice is red"):
            submit_application(application=draft, actor=actor_of(draft.person), now=NOW)

    def test_next_year_offers_the_same(self) -> None:
        stage, _draft = self.drafted()
        copied = copy_round(round=stage.round, key="next", actor=OFFICER, now=AFTER)
        assert (copied.not_drawn, copied.round.destinations.filter(is_own_host=True).count()) == ((), 1)

    def drafted(self) -> tuple[Stage, Application]:
        university = a_small_university()
        round_ = a_traineeship_round()
        offer_places(round=round_, organisation=None, places=3, actor=OFFICER, now=NOW)
        stage = Stage(university, move_round(row=round_, action="open", actor=OFFICER, now=NOW), ())
        person = a_student(stage)
        given: dict[str, Any] = {"actor": actor_of(person), "now": NOW}
        draft = start_application(round=stage.round, person=person, enrolment=person.enrolments.get(), language="en", **given)
        save_wishes(application=draft, wishes=wishes_of(stage, "home"), seen=0, **given)
        save_answers(application=draft, answers={(stage.round.questions.get().pk, None): "To learn."}, seen=0, **given)
        return stage, Application.objects.get(pk=draft.pk)


class TestProjectsOfIcm:
    @pytest.fixture
    def project(self) -> Any:
        a_small_university()
        self.partner = exchange.make_organisation("Addis University")
        made = exchange.make_project(call=exchange.make_call(2027), partners=[self.partner])
        for direction, kind, granted in (
            ("outgoing", "student/studies/second", 3), ("incoming", "student/studies/second", 4), ("outgoing", "staff/teaching/", 2),
            ("outgoing", "student/studies/third", 0),
        ):  # fmt: skip
            ProjectFlow.objects.create(project=made, direction=direction, kind=kind, days=135, planned=5, granted=granted)
        return made

    @pytest.mark.parametrize(
        ("audience", "kind", "months"), [("students", "student/studies/second", "4.5"), ("staff", "staff/teaching/", "")]
    )
    def test_flows_that_go_out_for_the_audience(self, project: Any, audience: str, kind: str, months: str) -> None:
        found = sources_of(a_round(kind="icm-project", project=project, audience=audience))
        assert [(each.flow.kind, each.days, each.months) for each in found if each.flow] == [(kind, 135, months)]

    def test_a_flow_of_staff_is_not_for_students(self, project: Any) -> None:
        flow = project.flows.get(kind="staff/teaching/")
        with pytest.raises(Refused, match="for another audience"):
            draw_flow(
                round=a_round(kind="icm-project", project=project), flow=flow, organisation=self.partner, places=1, actor=OFFICER, now=NOW
            )

    @pytest.mark.parametrize(
        ("asked", "citizen_of", "reasons"),
        [
            ({"barred_nationalities": "ET"}, "NL", []),
            ({"barred_nationalities": "ET"}, "ET", ["this is not open to your nationality."]),
            ({"barred_nationalities": "ET"}, "", ["your nationality is not known."]),
            ({"only_nationalities": "NL, BE"}, "ET", ["this is for other nationalities."]),
            ({"eqf_levels": "8"}, "NL", ["this is for another level of study: Doctorate (EQF 8)."]),
        ],
    )
    def test_nationality_and_level_are_data(self, project: Any, asked: dict[str, str], citizen_of: str, reasons: list[str]) -> None:
        round_ = a_round(kind="icm-project", project=project)
        round_.requirements.all().delete()
        RoundRequirement.objects.create(round=round_, **asked)
        flow = project.flows.get(kind="student/studies/second", direction="outgoing")
        draw_flow(round=round_, flow=flow, organisation=self.partner, places=1, actor=OFFICER, now=NOW)
        university = a_stage_of(round_)
        person = a_student(university, cycle=7)
        if citizen_of:
            Citizenship.objects.create(person=person, country=self.country(citizen_of))
        facts = person_facts(person, person.enrolments.get(), NOW.date())
        assert [why.because.en for each in verdicts_of(round_, facts, NOW.date()) for why in each.refusals] == reasons

    def country(self, iso2: str) -> Country:
        return Country.objects.filter(iso2=iso2).first() or a_country(iso2, f"Country {iso2}", f"Land {iso2}")


def a_stage_of(round_: Round) -> Stage:
    units = {row.key: row for row in OrganizationalUnit.objects.all()}
    home = Organisation.objects.get(is_home=True)
    return Stage(University(home, home, units["science"], units["observatory"], units["group"], units["law"]), round_, ())


def test_a_condition_of_another_kind_is_refused() -> None:
    condition = a_condition(a_small_university())
    with pytest.raises(Refused, match="another kind of mobility"):
        draw_condition(round=a_traineeship_round(), condition=condition, places=1, actor=OFFICER, now=NOW)


@pytest.mark.parametrize(
    ("kind", "audience", "fits"),
    [
        ("staff-mobility", "staff", True),
        ("staff-mobility", "students", False),
        ("faculty", "staff", False),
        ("traineeship", "staff", False),
        ("icm-project", "staff", True),
        ("icm-project", "students", True),
    ],
)
def test_each_kind_has_its_audience(kind: str, audience: str, fits: bool) -> None:
    row = a_round("fits")
    row.kind, row.audience = kind, audience
    try:
        row.full_clean()
        found = True
    except ValidationError:
        found = False
    assert found == fits
