"""Members of a committee, their sheets, and what each sheet asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.applications.queries.submitted import submitted_application
from goliard.apps.rounds.choices import CriterionSource, RoundState
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeMember, CommitteeSheet, ScoreCorrection
from goliard.rules.access.actor import Actor

READERS = 2  # nobody decides on an application alone


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion that a member scores, with the name of the destination that it is about (empty for the round's own)."""

    criterion: Criterion
    destination: str


def members_of(round: Round) -> QuerySet[CommitteeMember, Any]:
    """Return the members of a round with the numbers of their sheets: dealt, handed in, conflicts."""
    return round.members.select_related("user").annotate(
        dealt=Count("sheets"),
        handed_in=Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED)),
        conflicts=Count("sheets", filter=Q(sheets__state=SheetState.CONFLICT)),
    )


def too_few_readers(round: Round) -> dict[int, int]:
    """Return the applications that a committee scores and fewer than `READERS` of its members did, with how many.

    An application counts as read where the office corrected every criterion of the committee, with reasons.
    """
    criteria = [row for row in round.criteria.all() if _is_committees(row) and row.weight]
    if not criteria:
        return {}
    rows = counting_applications(round.pk).annotate(readers=Count("sheets", filter=Q(sheets__state=SheetState.SUBMITTED)))
    few = dict(rows.filter(readers__lt=READERS).order_by("pk").values_list("pk", "readers"))
    corrected: dict[int, dict[int, int | None]] = {}
    corrections = ScoreCorrection.objects.filter(application__in=few, criterion__in=criteria).order_by("made_at", "pk")
    for application, criterion, value in corrections.values_list("application_id", "criterion_id", "thousandths"):
        corrected.setdefault(application, {})[criterion] = value  # the newest counts; without a value it was taken back
    settled = {number for number, own in corrected.items() if len(own) == len(criteria) and None not in own.values()}
    return {number: readers for number, readers in few.items() if number not in settled}


def scoring_members(round: Round) -> QuerySet[CommitteeMember, Any]:
    """Return the members who may score: who is one still, and does not apply in the round."""
    return CommitteeMember.objects.filter(round=round, left_at__isnull=True).exclude(user__in=applying_accounts(round))


def applying_accounts(round: Round) -> QuerySet[User, Any]:
    """Return the accounts of those who apply in a round, whatever became of it."""
    return User.objects.filter(person__applications__round=round)


def sheets_of_member(actor: Actor) -> QuerySet[CommitteeSheet, Any]:
    """Return the sheets of the actor in rounds that are being scored, those to do first."""
    rows = sheets().filter(application__round__state=RoundState.SCORING, member__left_at__isnull=True)
    public_id = actor.id.removeprefix("user:")
    if public_id == actor.id:
        return rows.none()
    applies = Application.objects.filter(round=OuterRef("application__round"), person__account=OuterRef("member__user"))
    return rows.filter(~Exists(applies), member__user__public_id=public_id).order_by("submitted_at", "application_id")


def sheets() -> QuerySet[CommitteeSheet, Any]:
    """Return every sheet with what screens print of it."""
    return CommitteeSheet.objects.select_related(
        "application__round", "application__person", "application__enrolment", "application__appointment", "member__user"
    )


def asked_of(sheet: CommitteeSheet, language: str) -> list[Asked]:
    """Return the criteria of the committee that a sheet asks: the round's own, and those of destinations that the applicant names."""
    round_ = sheet.application.round
    rows = [row for row in round_.criteria.select_related("destination__organisation", "destination__unit") if _is_committees(row)]
    submitted = submitted_application(sheet.application)
    named = {wish.destination for wish in submitted.wishes} if submitted else set()
    return [
        Asked(row, row.destination.name(language) if row.destination else "")
        for row in rows
        if row.destination is None or str(row.destination.public_id) in named
    ]


def uses_committee(criteria: Iterable[Criterion]) -> bool:
    """Whether any of the criteria is scored by members."""
    return any(_is_committees(row) for row in criteria)


def _is_committees(row: Criterion) -> bool:
    return row.source == CriterionSource.COMMITTEE


def conflicts_of(actor: Actor, round: Round) -> frozenset[int]:
    """Return the numbers of the applications of a round for which the actor declared a conflict of interest."""
    rows = CommitteeSheet.objects.filter(application__round=round, state=SheetState.CONFLICT).select_related("member__user")
    return frozenset(row.application_id for row in rows if row.member.user.actor_id == actor.id)


def sheets_done(round: Round) -> dict[int, tuple[int, int]]:
    """Return how many sheets of each application (by number) were handed in, and how many were dealt without a conflict."""
    rows = CommitteeSheet.objects.filter(application__round=round).exclude(state=SheetState.CONFLICT)
    counted = rows.values("application_id").annotate(dealt=Count("pk"), done=Count("pk", filter=Q(state=SheetState.SUBMITTED)))
    return {row["application_id"]: (row["done"], row["dealt"]) for row in counted}
