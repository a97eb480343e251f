"""Rounds of the demonstration: one finished, one with offers out, one being scored, one open; applicants named by role, all invented."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from goliard.apps.applications.models import Application
    from goliard.apps.rounds.models import Round
    from goliard.rules.access.actor import Actor

FOLDER = Path(__file__).resolve().parents[1] / "demo" / "rounds"
TRANSCRIPT = b"%PDF-1.4\n% A transcript that was invented for the demonstration.\n%%EOF\n"
HOUR = timedelta(hours=1)


def fill_rounds(*, actor: Actor, now: datetime) -> None:
    """Fill the rounds, each once: what is there already stays as visitors left it."""
    from django.db import transaction

    from goliard.apps.people.services.student_feed import read_feed, take_student_feed
    from goliard.apps.rounds.models import Round

    data = tomllib.loads((FOLDER / "rounds.toml").read_text(encoding="utf-8"))
    lacking = [told for told in data["rounds"] if not Round.objects.filter(key=told["key"]).exists()]
    if not lacking:
        return
    told_on = now.date().replace(day=1) - timedelta(days=1)  # the student system spoke last at the end of the month before
    said = read_feed((FOLDER / "students.csv").read_bytes())
    take_student_feed(rows=[replace(row, said={**row.said, "as_of": told_on}) for row in said], actor=actor, now=now)
    with (FOLDER / "applications.csv").open(encoding="utf-8", newline="") as stream:
        applications = list(csv.DictReader(stream))
    _name_reader(actor, now)
    for told in lacking:
        rows = [row for row in applications if row["round"] == told["key"]]
        with transaction.atomic():  # a round stands whole, or not at all
            _Filling(told, rows, data["texts"], actor, now).fill()


def _name_reader(actor: Actor, now: datetime) -> None:
    """One officer assesses declarations, and downloads what a placement was computed from: no role is enough for that."""
    from goliard.apps.accounts.queries import account_of_email
    from goliard.apps.applications.models import SpecialDataReader
    from goliard.apps.applications.services.declarations import name_special_data_reader

    user = account_of_email("officer@example.org")
    if user is not None and not SpecialDataReader.objects.filter(user=user).exists():
        name_special_data_reader(user=user, reason="Assesses declarations and runs placements (demonstration).", actor=actor, now=now)


class _Filling:
    """One round, filled step by step at the moments when an office would have done it."""

    def __init__(self, told: dict[str, Any], rows: list[dict[str, str]], texts: dict[str, str], actor: Actor, now: datetime) -> None:
        from goliard.rules.access.actor import Actor, Role, RoleGrant

        self.told, self.rows, self.texts, self.actor = told, rows, texts, actor
        self.applicant = Actor(actor.id, (RoleGrant(Role.STUDENT),))
        self.today = now
        self.prepared = now + timedelta(days=told["opens"] - 10)
        self.opened = now + timedelta(days=told["opens"]) + HOUR
        self.closed = now + timedelta(days=told["closes"] + 1)

    def fill(self) -> None:
        """Up to the stage that the data name."""
        from goliard.apps.rounds.models import Round
        from goliard.apps.rounds.services.rounds import lock_policy, move_round

        round_ = self._made()
        lock_policy(round=round_, actor=self.actor, now=self.prepared)
        round_ = move_round(row=round_, action="open", actor=self.actor, now=self.prepared)
        applied = self._applications(Round.objects.get(pk=round_.pk))
        if self.told["until"] == "open":
            return
        for action in ("close", "score"):
            round_ = move_round(row=round_, action=action, actor=self.actor, now=self.closed)
        self._scored(round_, applied)
        if self.told["until"] in {"published", "ended"}:
            self._published(round_)
        if self.told["until"] == "ended":
            self._ended(round_)

    def _made(self) -> Round:
        from goliard.apps.institutions.models import OrganizationalUnit
        from goliard.apps.rounds.models import Criterion, DocumentRequirement, FormQuestion, Round, RoundGroup, RoundRequirement
        from goliard.apps.rounds.services.rounds import keep_round

        told = self.told
        dates = {"opens_on": "opens", "closes_on": "closes", "results_on": "results", "answer_by": "answer"}
        days = {field: (self.today + timedelta(days=told[name])).date() for field, name in dates.items()}
        names = (
            "key", "kind", "title_nl", "title_en", "introduction_nl", "introduction_en", "academic_year", "wishes_min", "wishes_max",
            "ties", "seed",
        )  # fmt: skip
        owner = OrganizationalUnit.objects.filter(key=told["owner"]).first() if told["owner"] else None
        row = Round(**{name: told[name] for name in names}, **days, owner=owner, is_illustrative=True)
        parts = [
            RoundRequirement(minimum_credits=told["minimum_credits"], minimum_average=told["minimum_average"], barred_advice="orange, red"),
            FormQuestion(
                position=1, text_nl="Waarom wil je hierheen?", text_en="Why do you want to go there?", longest=2000,
                help_nl="Voor je eerste wens.", help_en="For your first wish.",
            ),
            FormQuestion(
                position=2, kind="short", text_nl="Wat doe je ermee als je terug bent?", text_en="What will you do with it afterwards?",
                longest=200, is_required=False,
            ),
            DocumentRequirement(title_nl="Officiële cijferlijst in het Engels", title_en="Official transcript in English", types="pdf"),
            Criterion(
                position=1, name_nl="Gemiddeld cijfer", name_en="Average mark", source="average", weight=60, least="5.5", aim="excellence"
            ),
            Criterion(
                position=2, name_nl="Motivatie", name_en="Motivation", weight=40, aim="motivation",
                description_nl="Past de bestemming bij studie en plannen?", description_en="Does the destination fit studies and plans?",
            ),
            RoundGroup(
                key="fewer-opportunities", kind="fewer-opportunities", title_nl="Studenten met minder kansen",
                title_en="Students with fewer opportunities", minimum=2,
            ),
        ]  # fmt: skip
        kept = keep_round(row=row, actor=self.actor, now=self.prepared, parts=parts)
        self._drawn(kept)
        return kept

    def _drawn(self, round_: Round) -> None:
        """Draw the first destinations that have places left; one asks less, and two keep a place for a group."""
        from goliard.apps.rounds.models import PoolGroup, RoundRequirement
        from goliard.apps.rounds.queries.sources import sources_of
        from goliard.apps.rounds.services.destinations import draw_condition, keep_destination, keep_pool

        seen: set[int] = set()
        unit = round_.owner_id
        for source in sources_of(round_):
            condition = source.condition
            if condition is None or condition.sending_unit_id != unit or source.partner.pk in seen or not source.left:
                continue
            if len(seen) == self.told["destinations"]:
                break
            seen.add(source.partner.pk)
            places = min(source.left, self.told["places"])
            pool = draw_condition(round=round_, condition=condition, places=places, actor=self.actor, now=self.prepared)
            pool.subjects, pool.eqf_levels = "", "67"
            kept = [PoolGroup(group=round_.groups.get(), reserved=1)] if len(seen) <= 2 and places > 1 else []
            keep_pool(row=pool, actor=self.actor, now=self.prepared, parts=kept)
            if len(seen) == 3 and "lower_average" in self.told:
                lower = RoundRequirement(minimum_average=self.told["lower_average"])
                keep_destination(row=pool.destination, actor=self.actor, now=self.prepared, parts=[lower])

    def _applications(self, round_: Round) -> list[tuple[Application, dict[str, str]]]:
        from goliard.apps.applications.services.submitting import submit_application, withdraw_application

        made = []
        for number, row in enumerate(self.rows):
            when = min(self.opened + number * 5 * HOUR, self.today)
            application = self._written(round_, row, when)
            if row["until"] != "draft":
                submit_application(application=application, actor=self.applicant, now=when)
            if row["until"] == "withdrawn":
                withdraw_application(application=application, reason="Changed plans.", actor=self.applicant, now=when)
            elif row["until"] == "submitted":
                made.append((application, row))
        return made

    def _written(self, round_: Round, row: dict[str, str], when: datetime) -> Application:
        from goliard.apps.applications.queries.eligibility import person_facts, verdicts_of
        from goliard.apps.applications.services.documents import add_document
        from goliard.apps.applications.services.writing import WishWords, save_answers, save_wishes, start_application
        from goliard.apps.people.models import PersonIdentifier

        person = PersonIdentifier.objects.select_related("person").get(value=row["student_number"]).person
        enrolment = person.enrolments.get()
        given: dict[str, Any] = {"actor": self.applicant, "now": when}
        draft = start_application(round=round_, person=person, enrolment=enrolment, language="en", is_illustrative=True, **given)
        verdicts = [each for each in verdicts_of(round_, person_facts(person, enrolment, when.date()), when.date()) if not each.refusals]
        liked = list(dict.fromkeys(verdicts[int(like) % len(verdicts)].destination.pk for like in row["likes"].split()))
        liked += [each.destination.pk for each in verdicts if each.destination.pk not in liked][: max(0, round_.wishes_min - len(liked))]
        save_wishes(application=draft, wishes=[WishWords(pk) for pk in liked[: round_.wishes_max]], seen=0, **given)
        first, second = round_.questions.all()
        answers: dict[tuple[int, int | None], str] = {
            (first.pk, None): self.texts["motivation_en"],
            (second.pk, None): self.texts["return_plan"],
        }
        save_answers(application=draft, answers=answers, seen=0, **given)
        if row["until"] != "draft":
            file = io.BytesIO(TRANSCRIPT)
            add_document(application=draft, requirement=round_.documents.get(), stream=file, name="transcript.pdf", **given)
        draft.refresh_from_db()
        return draft

    def _scored(self, round_: Round, applied: list[tuple[Application, dict[str, str]]]) -> None:
        from goliard.apps.accounts.queries import account_of_email
        from goliard.apps.scoring.models import CommitteeSheet
        from goliard.apps.scoring.services.committee import deal_sheets, name_member
        from goliard.apps.scoring.services.sheets import declare_conflict, hand_in_sheet

        given: dict[str, Any] = {"actor": self.actor, "now": self.closed + HOUR}
        for email in self.told["committee"]:
            if (user := account_of_email(email)) is not None:
                name_member(round=round_, user=user, **given)
        deal_sheets(round=round_, each=2, **given)
        criterion = round_.criteria.get(source="committee")
        points = {application.pk: row["points"] for application, row in applied}
        for sheet in CommitteeSheet.objects.filter(application__round=round_).select_related("application"):
            if value := points.get(sheet.application_id):
                opened = declare_conflict(sheet=sheet, has_conflict=False, **given)
                hand_in_sheet(sheet=opened, points={criterion.pk: Decimal(value)}, comment="Illustrative.", **given)

    def _published(self, round_: Round) -> None:
        """Placed and told; who has an answer in the data gives it two days later, and the others are still to answer."""
        from goliard.apps.placement.choices import OfferState
        from goliard.apps.placement.models import Offer
        from goliard.apps.placement.services.asking import ask_placement
        from goliard.apps.placement.services.computing import compute_waiting
        from goliard.apps.placement.services.offers import accept_offer, decline_offer
        from goliard.apps.placement.services.publishing import adopt_placement, publish_placement

        results = self.today + timedelta(days=self.told["results"])
        answer_by = self._answer_by()
        run = ask_placement(round=round_, actor=self.actor, now=results)
        compute_waiting(worker="demonstration", clock=lambda: results)
        run.refresh_from_db()
        publish_placement(run=adopt_placement(run=run, actor=self.actor, now=results), answer_by=answer_by, actor=self.actor, now=results)
        answers = {row["student_number"]: row["answer"] for row in self.rows}
        acts = {"accept": accept_offer, "decline": decline_offer}
        offers = Offer.objects.filter(application__round=round_, state=OfferState.OPEN).select_related("application__person")
        for offer in offers:
            number = offer.application.person.identifiers.get(scheme="student-number").value
            if (act := acts.get(answers[number])) is not None:
                act(offer=offer, hopes=False, actor=self.applicant, now=results + timedelta(days=2))

    def _ended(self, round_: Round) -> None:
        """What came free is offered again, partners are told, the round ends."""
        from goliard.apps.placement.services.ending import end_placement
        from goliard.cli.demo_nominations import nominate_accepted, offer_again

        again = self.today + timedelta(days=self.told["results"] + 3)
        offer_again(round_=round_, actor=self.actor, applicant=self.applicant, now=again)
        nominate_accepted(round_=round_, actor=self.actor, now=again + timedelta(days=2))
        end_placement(round=round_, actor=self.actor, now=self._answer_by() + timedelta(days=1))

    def _answer_by(self) -> datetime:
        """The end of the day by which offers are answered, on the round's clock."""
        day = (self.today + timedelta(days=self.told["answer"])).date()
        return datetime.combine(day, time(23, 59), ZoneInfo("Europe/Amsterdam"))
