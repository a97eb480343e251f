"""The demonstration's rounds of other kinds: staff mobility, a project of ICM, traineeships; with invented people named by role."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goliard.apps.applications.models import Application
    from goliard.apps.rounds.models import Round
    from goliard.rules.access.actor import Actor

FOLDER = Path(__file__).resolve().parents[1] / "demo" / "rounds"
HOSTS = FOLDER.with_name("hosts")  # invented hosts of trainees, without an agreement
PLAIN = (
    "key", "kind", "audience", "title_nl", "title_en", "introduction_nl", "introduction_en", "wishes_max", "purposes", "days_min",
    "days_max", "teaching_hours", "asks_approval", "doctoral_short_stays",
)  # fmt: skip
YEAR = "2027/2028"
ANSWER_FOR = "Invented for the demonstration."


def fill_kinds(*, actor: Actor, now: datetime) -> None:
    """Fill the rounds of other kinds, each once: what is there already stays as visitors left it."""
    from django.db import transaction

    from goliard.apps.people.services.student_feed import STAFF, read_feed, take_staff_feed
    from goliard.apps.rounds.models import Round
    from goliard.apps.transfer.services.load import load_folder

    data = tomllib.loads((FOLDER / "kinds.toml").read_text(encoding="utf-8"))
    lacking = [told for told in data["rounds"] if not Round.objects.filter(key=told["key"]).exists()]
    if not lacking:
        return
    load_folder(folder=HOSTS, actor=actor, now=now)
    take_staff_feed(rows=read_feed((FOLDER / "staff.csv").read_bytes(), STAFF), actor=actor, now=now)
    for told in lacking:
        with transaction.atomic():  # a round stands whole, or not at all
            round_ = _opened(told, actor, now)
            for row in data["applications"]:
                if row["round"] == told["key"]:
                    _apply(round_, row, actor, now)


def _opened(told: dict[str, Any], actor: Actor, now: datetime) -> Round:
    from goliard.apps.institutions.models import Organisation, OrganizationalUnit
    from goliard.apps.projects.models import Project
    from goliard.apps.rounds.models import Criterion, FormQuestion, Round, RoundGroup, RoundRequirement
    from goliard.apps.rounds.services.hosts import offer_places
    from goliard.apps.rounds.services.rounds import keep_round, lock_policy, move_round

    prepared = now + timedelta(days=told["opens"] - 10)
    dates = {"opens_on": "opens", "closes_on": "closes", "results_on": "results", "answer_by": "answer"}
    row = Round(
        **{name: told[name] for name in PLAIN},
        **{field: (now + timedelta(days=told[name])).date() for field, name in dates.items()},
        academic_year=YEAR, wishes_min=1, is_illustrative=True,
        owner=OrganizationalUnit.objects.filter(key=told["owner"]).first(),
        project=Project.objects.filter(key=told["project"]).first(),
    )  # fmt: skip
    parts: list[Any] = [
        RoundRequirement(**told["requirement"], barred_advice="orange, red"),
        FormQuestion(text_nl=told["question_nl"], text_en=told["question_en"], longest=2000),
        *(Criterion(position=position, **each) for position, each in enumerate(told["criteria"], 1)),
        *([RoundGroup(**told["group"])] if "group" in told else []),
    ]
    kept = keep_round(row=row, actor=actor, now=prepared, parts=parts)
    _draw(kept, told, actor, prepared)
    for key in told["hosts"]:
        offer_places(round=kept, organisation=Organisation.objects.get(key=key), places=2, actor=actor, now=prepared)
    if told["own_host_places"]:
        offer_places(round=kept, organisation=None, places=told["own_host_places"], actor=actor, now=prepared)
    lock_policy(round=kept, actor=actor, now=prepared)
    return move_round(row=kept, action="open", actor=actor, now=prepared)


def _draw(round_: Round, told: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Draw the first destinations that have places left, each partner once."""
    from goliard.apps.rounds.queries.sources import sources_of
    from goliard.apps.rounds.services.destinations import draw_condition, draw_flow, keep_pool

    seen: set[int] = set()
    for source in sources_of(round_):
        unit = source.condition.sending_unit_id if source.condition else None
        if source.partner.pk in seen or not source.left or unit != round_.owner_id or len(seen) == told["destinations"]:
            continue
        seen.add(source.partner.pk)
        places = min(source.left, told["places"])
        given: dict[str, Any] = {"round": round_, "places": places, "actor": actor, "now": now}
        if source.condition is not None:
            pool = draw_condition(condition=source.condition, **given)
            pool.subjects = ""
            keep_pool(row=pool, actor=actor, now=now)
        elif source.flow is not None:
            draw_flow(flow=source.flow, organisation=source.partner, **given)


def _apply(round_: Round, row: dict[str, Any], actor: Actor, now: datetime) -> None:
    from goliard.apps.applications.services.submitting import submit_application

    draft = _written(round_, row, actor, now)
    if row["until"] == "draft":
        return
    applicant = _as_applicant(round_, actor)
    submit_application(application=draft, actor=applicant, now=now)
    if row["until"] in {"approved", "refused"}:
        _answered(draft, is_approved=row["until"] == "approved", now=now)


def _written(round_: Round, row: dict[str, Any], actor: Actor, now: datetime) -> Application:
    from goliard.apps.applications.models import Application
    from goliard.apps.applications.queries.eligibility import person_facts, standings_on, verdicts_of
    from goliard.apps.applications.services.approvals import name_manager
    from goliard.apps.applications.services.stays import StayWords, save_stay
    from goliard.apps.applications.services.writing import WishWords, save_answers, save_wishes, start_application
    from goliard.apps.people.models import Appointment, Enrolment, PersonIdentifier

    person = PersonIdentifier.objects.select_related("person").get(value=row["number"]).person
    standing = standings_on(person, round_, now.date())[0]
    given: dict[str, Any] = {"actor": _as_applicant(round_, actor), "now": now}
    draft = start_application(
        round=round_, person=person, enrolment=standing if isinstance(standing, Enrolment) else None,
        appointment=standing if isinstance(standing, Appointment) else None, language="en", is_illustrative=True, **given,
    )  # fmt: skip
    verdicts = [each for each in verdicts_of(round_, person_facts(person, standing, now.date()), now.date()) if not each.refusals]
    own = [each for each in verdicts if each.destination.is_own_host]
    others = [each for each in verdicts if not each.destination.is_own_host]
    liked = [own[0] if like < 0 else others[like % len(others)] for like in row["likes"]]
    save_wishes(application=draft, wishes=[WishWords(each.destination.pk) for each in dict.fromkeys(liked)], seen=0, **given)
    save_answers(application=draft, answers={(round_.questions.get().pk, None): ANSWER_FOR}, seen=0, **given)
    first = (now + timedelta(days=row["starts"])).date()
    words = StayWords(
        purpose=row["purpose"], starts_on=first, ends_on=first + timedelta(days=row["days"] - 1), host_group=row["host_group"],
        sessions=[(topic, Decimal(hours)) for topic, hours in row["sessions"]], host=row.get("host", {}),
    )  # fmt: skip
    save_stay(application=draft, words=words, seen=0, **given)
    if round_.asks_approval:
        name_manager(application=draft, name="", email="", **given)
    return Application.objects.get(pk=draft.pk)


def _answered(application: Application, *, is_approved: bool, now: datetime) -> None:
    from goliard.apps.applications.models import ManagerApproval
    from goliard.apps.applications.services.approvals import answer_approval
    from goliard.rules.access.actor import Actor

    approval = ManagerApproval.objects.get(application=application)
    comment = "" if is_approved else "The dates fall in the examinations; another week is fine."
    answer_approval(
        approval=approval, seen=approval.plan_hash, is_approved=is_approved, comment=comment, actor=Actor("anonymous"), now=now
    )  # fmt: skip


def _as_applicant(round_: Round, actor: Actor) -> Actor:
    from goliard.rules.access.actor import Actor, Role, RoleGrant

    return Actor(actor.id, (RoleGrant(Role.STAFF if round_.is_for_staff else Role.STUDENT),))
