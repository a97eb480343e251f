"""Name members, and deal them the applications."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import counting_applications
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeMember, CommitteeSheet
from goliard.apps.scoring.queries.committee import scoring_members
from goliard.rules.access.actor import Actor
from goliard.rules.rounds.dealing import deal
from goliard.rules.values.texts import Reason, Text

BEFORE_PLACEMENT = frozenset({RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.SCORING})


@transaction.atomic
def name_member(*, round: Round, user: User, actor: Actor, now: datetime) -> CommitteeMember:
    """Make somebody a member of the committee; again after they left. Raises Refused once places are given out, and for an applicant."""
    _require_before_placement(Round.objects.select_for_update(of=("self",)).get(pk=round.pk))
    if Application.objects.filter(round=round, person__account=user).exists():
        text = Text("Wie zelf meedoet, beoordeelt niet.", "Who applies does not score.")
        raise Refused([Reason("member-applies", text, field="email")])
    member, made = CommitteeMember.objects.get_or_create(round=round, user=user, defaults={"named_at": now})
    if made or member.left_at is not None:
        member.left_at = None
        member.save(update_fields=["left_at"])
        record(actor=actor, verb="name-member", subject=round, now=now, details={"member": str(user.public_id)})
    return member


@transaction.atomic
def end_member(*, member: CommitteeMember, actor: Actor, now: datetime) -> CommitteeMember:
    """Let a member leave: what was handed in stays and counts, sheets that were not handed in are taken back."""
    _require_before_placement(Round.objects.select_for_update(of=("self",)).get(pk=member.round_id))
    locked = CommitteeMember.objects.select_for_update(of=("self",)).select_related("round", "user").get(pk=member.pk)
    locked.sheets.filter(state__in=(SheetState.WAITING, SheetState.READING)).delete()
    locked.left_at = now
    locked.save(update_fields=["left_at"])
    record(actor=actor, verb="end-member", subject=locked.round, now=now, details={"member": str(locked.user.public_id)})
    return locked


@transaction.atomic
def deal_sheets(*, round: Round, each: int, actor: Actor, now: datetime) -> int:
    """Deal the applications that count until each has so many members without a conflict; return how many sheets were dealt.

    Evenly and without chance (`rules/rounds/dealing`); a member who applied meanwhile is passed over.

    Raises Refused before the deadline, after scoring, and where there are too few members for it.
    """
    locked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if locked.state not in {RoundState.CLOSED, RoundState.SCORING}:
        text = Text("Verdelen kan na de deadline, tot de plaatsing.", "Dealing is possible after the deadline, until placement.")
        raise Refused([Reason("deal-when", text)])
    members = {member.pk: member for member in scoring_members(locked)}
    rows = {row.pk: row for row in counting_applications(locked.pk)}
    had = CommitteeSheet.objects.filter(application__in=rows, member__round=locked).values_list("application_id", "member_id", "state")
    counted = [(application, member) for application, member, state in had if state != SheetState.CONFLICT]
    barred = [(application, member) for application, member, state in had if state == SheetState.CONFLICT]
    dealt = deal(sorted(rows), sorted(members), each=each, had=counted, barred=barred)
    if dealt is None:
        text = Text("Er zijn te weinig leden zonder belangenconflict.", "There are too few members without a conflict of interest.")
        raise Refused([Reason("few-members", text, field="each")])
    CommitteeSheet.objects.bulk_create(
        CommitteeSheet(application=rows[application], member=members[member], dealt_at=now) for application, member in dealt
    )
    record(actor=actor, verb="deal-sheets", subject=locked, now=now, details={"each": each, "sheets": len(dealt)})
    return len(dealt)


def _require_before_placement(round: Round) -> None:
    if round.state not in BEFORE_PLACEMENT:
        raise Refused([Reason("round-over", Text("De plaatsing van deze ronde is gedaan.", "The placement of this round is done."))])
