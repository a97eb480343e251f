"""From handed in to nominated in rounds of other kinds: staff wait for the line manager, and a host of one's own is no partner."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.applications import a_student, actor_of, wishes_of
from tests.factories.placements import PUBLISHED, Scored, a_published_run
from tests.factories.rounds import AFTER, NOW, OFFICER, Stage, a_round
from tests.factories.staff_rounds import a_member_of_staff, a_staff_application, an_open_staff_round, staff_actor
from tests.factories.university import a_country, a_small_university

from goliard.apps.applications.models import Application
from goliard.apps.applications.services.approvals import record_approval
from goliard.apps.applications.services.stays import StayWords, save_stay
from goliard.apps.applications.services.submitting import submit_application
from goliard.apps.applications.services.writing import save_answers, save_wishes, start_application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.nominations.documents.listing import list_rows
from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.services.nominating import nominate, prepare_nominations
from goliard.apps.people.models import Contact
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.offers import accept_offer
from goliard.apps.rounds.services.hosts import offer_places
from goliard.apps.rounds.services.rounds import lock_policy, move_round

pytestmark = pytest.mark.django_db
LATER = PUBLISHED + dt.timedelta(days=2)


def scored(stage: Stage, *applications: Application) -> Scored:
    """Closed and scored: the first 9, the next 8, … at every destination."""
    closed = move_round(row=stage.round, action="close", actor=OFFICER, now=AFTER)
    scoring = move_round(row=closed, action="score", actor=OFFICER, now=AFTER)
    keys = [str(row.public_id) for row in stage.round.destinations.all()]
    scores = {(row.pk, key): Decimal(9 - place) for place, row in enumerate(applications) for key in keys}
    return Scored(Stage(stage.university, scoring, stage.pools), applications, scores)


def test_staff_are_placed_and_nominated_once_the_line_manager_approves() -> None:
    stage = an_open_staff_round()
    people = [a_member_of_staff(stage, number) for number in (1, 2)]
    rows = [a_staff_application(stage, person, "alpha", "bravo") for person in people]
    a_published_run(scored(stage, *rows))
    offers = {offer.application_id: offer for offer in Offer.objects.select_related("pool__destination__organisation")}
    assert [offers[row.pk].pool.destination.organisation.key for row in rows] == ["alpha", "bravo"]
    accept_offer(offer=offers[rows[0].pk], hopes=False, actor=staff_actor(people[0]), now=LATER)
    assert prepare_nominations(round=stage.round, actor=OFFICER, now=LATER) == 1
    alpha = offers[rows[0].pk].pool.destination
    contact = Contact.objects.create(organisation=alpha.organisation, mailbox_name="Desk", role="incoming", email="desk@example.org")
    given: dict[str, Any] = {"destination": alpha, "contact": contact, "page": str, "actor": OFFICER, "now": LATER}
    with pytest.raises(Refused, match="Lecturer Number 1: the line manager has not answered yet"):
        nominate(**given)
    assert Nomination.objects.get().state == "prepared"
    record_approval(application=rows[0], is_approved=True, reason="By mail.", actor=OFFICER, now=LATER)
    assert nominate(**given) == 1
    assert "Lecturer" in list_rows(alpha, "en")[-1]


def test_a_place_at_a_host_of_ones_own_is_accepted_and_nobody_is_nominated() -> None:
    university = a_small_university()
    round_ = a_round("trainees", kind="traineeship", purposes="traineeship")
    round_.requirements.all().delete()
    round_.documents.all().delete()
    offer_places(round=round_, organisation=None, places=1, actor=OFFICER, now=NOW)
    lock_policy(round=round_, actor=OFFICER, now=NOW)
    stage = Stage(university, move_round(row=round_, action="open", actor=OFFICER, now=NOW), ())
    a_country("FR", "France", "Frankrijk")
    host = {"name": "Workshop", "city": "Lyon", "country": "FR", "contact_name": "S", "contact_email": "s@example.org", "tasks": "Tests."}
    rows = []
    for number in (1, 2):
        person = a_student(stage, number)
        given: dict[str, Any] = {"actor": actor_of(person), "now": NOW}
        draft = start_application(round=stage.round, person=person, enrolment=person.enrolments.get(), language="en", **given)
        save_wishes(application=draft, wishes=wishes_of(stage, "home"), seen=0, **given)
        save_answers(application=draft, answers={(stage.round.questions.get().pk, None): "To learn."}, seen=0, **given)
        words = StayWords("traineeship", dt.date(2027, 9, 1), dt.date(2027, 11, 30), host=host)
        save_stay(application=draft, words=words, seen=0, **given)
        submit_application(application=Application.objects.get(pk=draft.pk), **given)
        rows.append(Application.objects.get(pk=draft.pk))
    a_published_run(scored(stage, *rows))
    offer = Offer.objects.get()
    assert (offer.application, offer.pool.destination.name("nl")) == (rows[0], "een gastorganisatie die je zelf vond")
    accept_offer(offer=offer, hopes=False, actor=actor_of(rows[0].person), now=LATER)
    assert prepare_nominations(round=stage.round, actor=OFFICER, now=LATER) == 0
