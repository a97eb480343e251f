"""One row of every register of the office, numbered so that many can be made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.factories.agreements import an_agreement
from tests.factories.calls import an_interest, an_open_call
from tests.factories.content import a_fact, a_news_item, a_page, an_image
from tests.factories.funding import Funding, a_complete_project, some_funding
from tests.factories.grants import a_scheme, a_scholarship, a_student
from tests.factories.network import a_notification
from tests.factories.rounds import NOW, OFFICER, a_condition, a_round
from tests.factories.university import University

from goliard.apps.agreements.models import Agreement, AgreementVersion, ExchangeCount, FactSheet
from goliard.apps.applications.models import Application
from goliard.apps.funding.models import Action, FundingCall, PolicyDocument, Priority, Programme, StrategicGoal
from goliard.apps.institutions.models import Country, Network, Organisation, OrganisationName, OrganizationalUnit, UnitName
from goliard.apps.institutions.services.names import search_key
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Contact, Enrolment, Person
from goliard.apps.projects.models import JointProgrammeInitiative
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.rounds.services.destinations import draw_condition


def _organisation(university: University, number: int) -> Organisation:
    name = f"Fictional University {number}"
    row = Organisation.objects.create(
        key=f"fictional-{number}", kind="hei", name_en=name, name_nl=name, country=university.home.country,
        search_key=search_key([name, f"fictional-{number}"]),
    )  # fmt: skip
    OrganisationName.objects.create(organisation=row, kind="official", language="en", value=name)
    return row


def _unit(university: University, number: int) -> OrganizationalUnit:
    name = f"Institute {number}"
    row = OrganizationalUnit.objects.create(
        key=f"institute-{number}", organisation=university.home, kind="institute", name_en=name, name_nl=name
    )
    UnitName.objects.create(unit=row, language="en", value=name)
    return row


def _contact(university: University, number: int) -> Contact:
    return Contact.objects.create(organisation=university.partner, mailbox_name=f"International office {number}", role="general")


def _person(_university: University, number: int) -> Person:
    return Person.objects.create(given_name="Coordinator", family_name=f"Number {number}", search_key=f"coordinator number {number}")


def _network(_university: University, number: int) -> Network:
    return Network.objects.create(key=f"network-{number}", kind="network", name_en=f"Network {number}", name_nl=f"Netwerk {number}")


def _country(_university: University, number: int) -> Country:
    code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
    return Country.objects.create(
        iso2=code, slug=f"country-{number}", name_en=f"Country {number}", name_nl=f"Land {number}", continent="asia", latitude=1,
        longitude=1,
        search_key=search_key([f"Country {number}", f"Land {number}", code]),
    )  # fmt: skip


def _funding(university: University) -> Funding:
    """The funding of the university, made once."""
    call = FundingCall.objects.select_related("funder", "action").filter(key="icm-2022").first()
    if call is None:
        return some_funding(university)
    ethiopia = Country.objects.get(iso2="ET")
    return Funding(university, call.funder, ethiopia, Organisation.objects.get(key="institute"), call.action, call)


def _programme(_university: University, number: int) -> Programme:
    return Programme.objects.create(
        key=f"programme-{number}", title_en=f"Programme {number}", title_nl=f"Programma {number}", first_year=2014
    )


def _action(university: University, number: int) -> Action:
    return Action.objects.create(
        key=f"action-{number}", programme=_funding(university).icm.programme, code=f"KA{number}", title_en=f"Action {number}",
        title_nl=f"Actie {number}", kind="other",
    )  # fmt: skip


def _call(university: University, number: int) -> FundingCall:
    action = _action(university, number)
    return FundingCall.objects.create(
        key=f"call-{number}", action=action, year=2022, title_en=f"Call {number}", title_nl=f"Call {number}", state="decided"
    )


def _project(university: University, number: int) -> Any:
    return a_complete_project(_funding(university), number)


def _document(_university: University, number: int) -> PolicyDocument:
    return PolicyDocument.objects.create(key=f"document-{number}", kind="guide", title_en=f"Guide {number}", title_nl=f"Gids {number}")


def _priority(university: University, number: int) -> Priority:
    return Priority.objects.create(
        key=f"priority-{number}", owner="programme", title_en=f"Priority {number}", title_nl=f"Prioriteit {number}",
        document=_document(university, number), position=number,
    )  # fmt: skip


def _goal(university: University, number: int) -> StrategicGoal:
    return StrategicGoal.objects.create(
        key=f"goal-{number}", document=_document(university, number), title_en=f"Goal {number}", title_nl=f"Doel {number}"
    )


def _delivery(_university: University, number: int) -> Delivery:
    moment = datetime(2026, 3, 1, 12, number, tzinfo=UTC)
    return Delivery.objects.create(
        dedupe=f"greeting/{number}", letter="greeting", address="partner@example.org", language="en", subject=f"Letter {number}",
        body="Dear partner,", message_id=f"<{number}@localhost>", queued_at=moment, due_at=moment,
    )  # fmt: skip


def _agreement(university: University, number: int) -> Agreement:
    return an_agreement(university, key=f"partner-{number}")


def _agreement_version(university: University, number: int) -> AgreementVersion:
    return _agreement(university, number).versions.get()


def _exchange_count(university: University, number: int) -> ExchangeCount:
    return ExchangeCount.objects.create(
        organisation=university.partner,
        academic_year=f"{1990 + number}/{1991 + number}",
        direction="incoming",
        kind="student-studies",
        people=3,
    )


def _fact_sheet(university: University, number: int) -> FactSheet:
    return FactSheet.objects.create(organisation=_organisation(university, number), decision_weeks=5)


def _pool(university: University, number: int) -> DestinationPool:
    round_ = Round.objects.filter(key="drawn").first() or a_round("drawn")
    condition = a_condition(university, f"pool-{number}")
    return draw_condition(round=round_, condition=condition, places=1, actor=OFFICER, now=NOW)


def _application(university: University, number: int) -> Application:
    """A draft of a student of the faculty officer's unit."""
    round_ = Round.objects.filter(key="applied").first() or a_round("applied")
    person = Person.objects.create(given_name="Student", family_name=f"Number {number}", search_key=f"student number {number}")
    enrolment = Enrolment.objects.create(
        person=person, programme="B-AST", cycle=6, unit=university.observatory, valid_from=NOW.date(), as_of=NOW.date()
    )
    return Application.objects.create(round=round_, person=person, enrolment=enrolment, started_at=NOW, saved_at=NOW)


ROWS: dict[str, Callable[[University, int], Any]] = {
    "organisations": _organisation,
    "units": _unit,
    "contacts": _contact,
    "people": _person,
    "networks": _network,
    "countries": _country,
    "projects": _project,
    "initiatives": lambda university, number: JointProgrammeInitiative.objects.create(
        title_en=f"Joint master {number}", title_nl=f"Gezamenlijke master {number}", level="master", unit=university.law, idea="Together."
    ),
    "interests": lambda _university, number: an_interest(an_open_call(), title=f"Idea {number}"),
    "calls": _call,
    "scholarship-schemes": lambda _university, number: a_scheme(f"scheme-{number}"),
    "scholarships": lambda _university, number: a_scholarship(a_student(str(number))),
    "actions": _action,
    "programmes": _programme,
    "priorities": _priority,
    "goals": _goal,
    "policy-documents": _document,
    "deliveries": _delivery,
    "network-notifications": lambda _university, number: a_notification(f"iia-{number}"),
    "pages": lambda _university, number: a_page(f"page-{number}"),
    "news": lambda university, number: a_news_item(f"item-{number}", call=_funding(university).call),
    "facts": lambda _university, number: a_fact(f"fact-{number}"),
    "images": lambda _university, number: an_image(f"image-{number}"),
    "applications": _application,
    "rounds": lambda _university, number: a_round(f"round-{number}"),
    "round-destinations": lambda university, number: _pool(university, number).destination,
    "round-pools": _pool,
    "agreements": _agreement,
    "agreement-versions": _agreement_version,
    "exchange-counts": _exchange_count,
    "fact-sheets": _fact_sheet,
}
