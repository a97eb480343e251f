"""One example of each thing that an address may be about; `tests/portals/access.toml` names them as `$name`.

The small university of `tests/factories/university.py` is there already. To add an example: make it, and return what the address takes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone
from tests.factories import calls, exchange, network
from tests.factories.agreements import an_agreement
from tests.factories.applications import a_complete_draft, a_student
from tests.factories.grants import a_scheme, a_scholarship
from tests.factories.placements import PUBLISHED, a_published_run, a_scored_round
from tests.factories.registers import ROWS
from tests.factories.rounds import Stage, a_round, an_open_round
from tests.factories.scoring import a_round_being_scored
from tests.factories.staff_rounds import a_member_of_staff, a_staff_application, a_staff_draft, an_open_staff_round
from tests.factories.university import University

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models import ApiToken, RoleAssignment, User
from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.accounts.services.api_tokens import make_api_token
from goliard.apps.applications.models import Application, DocumentRequest
from goliard.apps.applications.services.documents import request_document
from goliard.apps.content.models import Page, PageVersion
from goliard.apps.funding.models import ExpressionOfInterest, ScoringSheet
from goliard.apps.funding.services.interests import submit_interest
from goliard.apps.grants.models import Scholarship
from goliard.apps.institutions.models import Organisation
from goliard.apps.nominations.models import Nomination, NominationLink
from goliard.apps.nominations.services.links import make_nomination_link
from goliard.apps.nominations.services.nominating import prepare_nominations
from goliard.apps.people.models import Contact
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.services.offers import accept_offer
from goliard.apps.rates.models import RateTable
from goliard.apps.rates.services import carry_rate_table
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.services.committee import deal_sheets, name_member
from goliard.rules.access.actor import Role, system

EXAMPLES: dict[str, Callable[[University], object]] = {
    "home-institution": lambda university: university.home.pk,
    "own-unit": lambda university: university.observatory.pk,  # below the faculty of the faculty officer
    "account": lambda _: somebody().pk,
    "small-role": lambda _: a_role(Role.STAFF).pk,
    "office-role": lambda _: a_role(Role.OFFICER).pk,
    "agreement-in-network": lambda university: network.an_agreement_in_network(university, key="in-network").pk,
    "peer": lambda _: network.a_peer().pk,
    "copy-of-partner": lambda university: network.a_partner_iia(university).pk,
    "call-of-2022": lambda university: exchange.make_project(call=exchange.make_call(2022), partners=[in_ethiopia()]),
    "published-project": lambda university: exchange.make_project(call=exchange.make_call(2021), partners=[in_ethiopia()]).key,
    "public-network": lambda university: exchange.make_network().key,
    "news-item": lambda university: exchange.make_news().slug,
    "versioned-page": lambda _: a_page_with_a_version().pk,
    "open-call": lambda _: the_open_call().call.key,
    "open-call-pk": lambda _: the_open_call().call.pk,
    "interest-of-staff": lambda _: interest_of_staff().public_id,
    "interest-of-staff-pk": lambda _: interest_of_staff().pk,
    "sheet-of-staff": lambda _: sheet_of_staff().pk,
    "application-call": lambda _: calls.an_application(the_open_call()).call_id,
    "partnership-of-staff": lambda _: partnership_of_staff().public_id,
    "running-project": lambda _: exchange.make_project(call=exchange.make_call(2023), partners=[in_ethiopia()]).pk,
    "scholarship-scheme": lambda _: a_scheme().pk,
    "scholarship-scheme-key": lambda _: a_scheme().key,
    "scholarship": lambda _: a_scholarship().pk,
    "scholarship-of-student": lambda university: scholarship_of_student(university).public_id,
    "rate-table": lambda _: a_rate_table().pk,
    "agreement": lambda university: an_agreement(university).pk,
    "agreement-version": lambda university: an_agreement(university, key="another").versions.get().pk,
    "open-round": lambda university: the_open_round(university).round.key,
    "application-of-student": lambda university: application_of_student(university).public_id,
    "document-of-student": lambda university: application_of_student(university).documents.get().requirement_id,
    "request-to-student": lambda university: request_to_student(university).pk,
    "open-staff-round": lambda university: the_open_staff_round(university).round.key,
    "open-staff-round-pk": lambda university: the_open_staff_round(university).round.pk,
    "application-of-staff": lambda university: application_of_staff(university).public_id,
    "approval-of-staff": lambda university: approval_of_staff(university).public_id,
    "round": lambda _: a_round("example").pk,
    "result-of-student": lambda university: result_of_student(university).public_id,
    "placed-round-key": lambda university: a_placed_run(university).round.key,
    "placed-round": lambda university: a_placed_run(university).round_id,
    "placed-pool": lambda university: DestinationPool.objects.filter(destination__round=a_placed_run(university).round).latest("pk").pk,
    "later-round": lambda university: a_later_round(university).pk,
    "placement-run": lambda university: a_placed_run(university).pk,
    "placement-offer": lambda university: an_accepted_offer(university).pk,
    "nomination": lambda university: a_nomination(university).pk,
    "nomination-list": lambda university: a_nomination(university).destination_id,
    "nomination-link": lambda university: a_nomination_link(university).pk,
    "round-being-scored": lambda university: being_scored(university).application.round_id,
    "member-of-committee": lambda university: being_scored(university).member_id,
    "application-being-scored": lambda university: being_scored(university).application_id,
    "sheet-being-scored": lambda university: being_scored(university).pk,
    "score-sheet-of-staff": lambda university: being_scored(university).public_id,
    "document-of-score-sheet": lambda university: being_scored(university).application.submissions.get().documents.get().pk,
    "open-score-sheet-of-staff": lambda university: being_scored(university, SheetState.READING).public_id,
    "api-token": lambda _: an_api_token().pk,
    "page": lambda university: exchange.make_page("about/us").path,
}


def example(name: str, university: University) -> object:
    """Return what an address takes; `register:<name>` is the primary key of a row of that register."""
    kind, _, register = name.partition(":")
    return ROWS[register](university, 1 + list(ROWS).index(register)).pk if kind == "register" else EXAMPLES[name](university)


def the_open_round(university: University) -> Stage:
    """A round that is open today, in which the visitor with the role of student may go everywhere."""
    there = Round.objects.filter(key="open-now").first()
    if there is not None:
        return Stage(university, there, ())
    today = timezone.localdate()
    return an_open_round(
        2, university=university, key="open-now", opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9)
    )  # fmt: skip


def application_of_student(university: University) -> Application:
    """A draft of the visitor who has the role of student."""
    stage = the_open_round(university)
    there = Application.objects.filter(round=stage.round).first()
    return there or a_complete_draft(stage, a_student(stage, email="student@example.org"), now=timezone.now())


def the_open_staff_round(university: University) -> Stage:
    """A round of staff mobility that is open today."""
    there = Round.objects.filter(key="staff-now").first()
    if there is not None:
        return Stage(university, there, ())
    today = timezone.localdate()
    return an_open_staff_round(
        university=university, key="staff-now", opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9)
    )  # fmt: skip


def application_of_staff(university: University) -> Application:
    """A draft of the visitor who has the role of staff."""
    stage = the_open_staff_round(university)
    there = Application.objects.filter(round=stage.round, person__account__email="staff@example.org").first()
    return there or a_staff_draft(stage, a_member_of_staff(stage, email="staff@example.org"), now=timezone.now())


def approval_of_staff(university: University) -> Application:
    """Somebody else's application, of which that visitor is the line manager."""
    stage = the_open_staff_round(university)
    return a_staff_application(stage, a_member_of_staff(stage, 2), now=timezone.now(), manager="staff@example.org")


def scholarship_of_student(university: University) -> Scholarship:
    """A request of that student."""
    person = application_of_student(university).person
    return Scholarship.objects.filter(person=person).first() or a_scholarship(person)


def request_to_student(university: University) -> DocumentRequest:
    """The office asks that student for a document."""
    until = timezone.now() + timedelta(days=5)
    return request_document(
        application=application_of_student(university), what="A page.", until=until, actor=system("test"), now=timezone.now()
    )  # fmt: skip


def being_scored(university: University, state: SheetState = SheetState.WAITING) -> CommitteeSheet:
    """A sheet of the visitor who has the role of staff, in a round that is being scored."""
    sheet = CommitteeSheet.objects.first()
    if sheet is None:
        scoring = a_round_being_scored(1, 0, university=university, key="scored")
        name_member(round=scoring.round, user=calls.a_writer("staff@example.org"), actor=system("test"), now=timezone.now())
        deal_sheets(round=scoring.round, each=1, actor=system("test"), now=timezone.now())
        sheet = CommitteeSheet.objects.get()
    if state != SheetState.WAITING:
        CommitteeSheet.objects.update(state=state)
    return sheet


def a_placed_run(university: University) -> PlacementRun:
    """The published run of a round."""
    there = PlacementRun.objects.first()
    return there or a_published_run(a_scored_round(university=university, key="placed"))


def a_later_round(university: University) -> Round:
    """A round that follows the one that was placed."""
    earlier = a_placed_run(university).round
    return Round.objects.filter(follows=earlier).first() or a_round("later", follows=earlier)


def result_of_student(university: University) -> Application:
    """The application with an offer of the visitor who has the role of student."""
    offer = Offer.objects.filter(application__round=a_placed_run(university).round).latest("pk")
    User.objects.filter(person=offer.application.person).update(person=None)
    User.objects.filter(email="student@example.org").update(person=offer.application.person)
    return offer.application


def an_accepted_offer(university: University) -> Offer:
    run = a_placed_run(university)
    there = Offer.objects.filter(application__round=run.round, state="accepted").first()
    first = Offer.objects.filter(application__round=run.round).earliest("pk")
    return there or accept_offer(offer=first, hopes=False, actor=system("test"), now=PUBLISHED)


def a_nomination(university: University) -> Nomination:
    """Prepared, not sent."""
    offer = an_accepted_offer(university)
    prepare_nominations(round=offer.application.round, actor=system("test"), now=PUBLISHED)
    return Nomination.objects.get(offer=offer)


def a_nomination_link(university: University) -> NominationLink:
    """For a mailbox of the partner without an address: nobody can be written to."""
    destination = a_nomination(university).destination
    contact = Contact.objects.create(organisation=destination.organisation, mailbox_name="Desk", role="incoming")
    link, _secret = make_nomination_link(destination=destination, contact=contact, actor=system("test"), now=timezone.now())
    return link


def a_role(role: Role) -> RoleAssignment:
    """A role of somebody, given today."""
    user = User.objects.filter(email="somebody@example.org").first()
    return assign_role(user=user or somebody(), role=role, actor=system("test"), now=timezone.now())


def somebody() -> User:
    return invite(email="somebody@example.org", display_name="Somebody", actor=system("test"), now=timezone.now()).user


def an_api_token() -> ApiToken:
    """A token that somebody made."""
    now = timezone.now()
    return make_api_token(
        name="Student system",
        owner=User.objects.filter(email="somebody@example.org").first() or somebody(),
        role=TokenRole.OFFICER,
        expires_at=now + timedelta(days=1),
        actor=system("test"),
        now=now,
    ).token


def the_open_call() -> calls.OpenCall:
    return calls.an_open_call()


def interest_of_staff() -> ExpressionOfInterest:
    """A draft of the visitor who has the role of staff."""
    return ExpressionOfInterest.objects.first() or calls.an_interest(the_open_call(), calls.a_writer("staff@example.org"))


def sheet_of_staff() -> ScoringSheet:
    """A sheet that the visitor with the role of staff has to fill in."""
    interest = calls.an_interest(the_open_call(), calls.a_writer("another@example.org"))
    submit_interest(interest=interest, actor=calls.actor_of(interest.owner), now=calls.NOW)
    return ScoringSheet.objects.create(interest=interest, reviewer=calls.a_writer("staff@example.org"))


def partnership_of_staff() -> ExpressionOfInterest:
    """A selected interest of the visitor with the role of staff, in an application that is a draft."""
    interest = calls.a_selected_interest(the_open_call(), calls.a_writer("staff@example.org"))
    calls.an_application(the_open_call())
    return interest


def a_rate_table() -> RateTable:
    return carry_rate_table(action="KA171", from_call=2024, to_call=2027, actor=system("test"), now=timezone.now())


def a_page_with_a_version() -> Page:
    page = exchange.make_page("about/them", version=2)
    texts = {"title_en": "Before", "title_nl": "Eerst", "body_en": "Text.", "body_nl": "Tekst."}
    PageVersion.objects.create(page=page, version=1, replaced_at=timezone.now(), **texts)
    return page


def in_ethiopia() -> Organisation:
    return exchange.make_organisation(country="ET")
