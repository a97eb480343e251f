"""Members and officers at the same moment: no sheet is lost, and no result rests on scores of before."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from tests.factories.at_once import meanwhile
from tests.factories.rounds import AFTER, OFFICER
from tests.factories.scoring import Scoring, a_round_being_scored, a_sheet_handed_in, member_actor

from goliard.apps.institutions.refusals import Refused
from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.services.asking import ask_placement
from goliard.apps.placement.services.computing import compute_waiting
from goliard.apps.placement.services.publishing import adopt_placement
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.scoring.models import CommitteeScore, CommitteeSheet
from goliard.apps.scoring.services.committee import deal_sheets, end_member
from goliard.apps.scoring.services.corrections import correct_score
from goliard.apps.scoring.services.sheets import declare_conflict, hand_in_sheet, return_sheet

LATER = AFTER + timedelta(hours=1)


def handed_in(values: tuple[str, ...] = ("6", "8")) -> Scoring:
    scoring = a_round_being_scored()
    deal_sheets(round=scoring.round, each=2, actor=OFFICER, now=AFTER)
    of = dict(zip((application.pk for application in scoring.applications), values, strict=False))
    for sheet in CommitteeSheet.objects.select_related("member__user", "application__round"):
        if sheet.application_id in of:
            a_sheet_handed_in(sheet, of[sheet.application_id])
    return scoring


def a_run(scoring: Scoring) -> PlacementRun:
    run = ask_placement(round=scoring.round, actor=OFFICER, now=AFTER)
    compute_waiting(worker="test", clock=lambda: AFTER)
    return PlacementRun.objects.get(pk=run.pk)


def correct(scoring: Scoring) -> object:
    criterion = Criterion.objects.get(round=scoring.round, source="average")
    given = {"value": Decimal("9"), "reason": "Typed wrongly.", "actor": OFFICER, "now": LATER}
    return correct_score(application=scoring.applications[0], criterion=criterion, **given)


def adopt(run: PlacementRun) -> object:
    return adopt_placement(run=run, actor=OFFICER, now=LATER)


@pytest.mark.django_db
def test_a_run_of_before_a_correction_is_not_adopted() -> None:
    scoring = handed_in()
    run = a_run(scoring)
    correct(scoring)
    with pytest.raises(Refused, match="compute the placement again"):
        adopt(run)
    assert Round.objects.get().state == "scoring"
    adopt(a_run(scoring))
    assert Round.objects.get().state == "placed"


@pytest.mark.django_db
def test_a_run_with_a_sheet_that_was_given_back_is_not_adopted() -> None:
    run = a_run(handed_in())
    return_sheet(sheet=CommitteeSheet.objects.all()[0], reason="One criterion was mixed up.", actor=OFFICER, now=LATER)
    with pytest.raises(Refused, match="scored by 1 of the committee"):
        adopt(run)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    @pytest.fixture(autouse=True)
    def _two_writers(self) -> None:
        if connection.vendor == "sqlite":
            pytest.skip("SQLite has one writer at a time; the run on PostgreSQL asks this")

    def test_a_correction_while_a_run_is_adopted(self) -> None:
        scoring = handed_in()
        run = a_run(scoring)
        assert meanwhile(lambda: adopt(run), lambda: correct(scoring)) == "refused"
        assert scoring.applications[0].score_corrections.count() == 0

    def test_a_run_is_adopted_while_it_is_corrected(self) -> None:
        scoring = handed_in()
        run = a_run(scoring)
        assert meanwhile(lambda: correct(scoring), lambda: adopt(run)) == "refused"
        assert Round.objects.get().state == "scoring"

    def test_a_sheet_given_back_while_a_run_is_adopted(self) -> None:
        run = a_run(handed_in())
        sheet = CommitteeSheet.objects.all()[0]
        ended = meanwhile(lambda: adopt(run), lambda: return_sheet(sheet=sheet, reason="Mixed up.", actor=OFFICER, now=LATER))
        assert (ended, CommitteeScore.objects.count()) == ("refused", 4), "what the result rests on stands"

    @pytest.mark.parametrize("leaves_first", [True, False])
    def test_a_member_leaves_while_handing_in(self, leaves_first: bool) -> None:
        handed_in(values=())
        sheet = CommitteeSheet.objects.select_related("member__user", "application__round").all()[0]
        declare_conflict(sheet=sheet, has_conflict=False, actor=OFFICER, now=AFTER)
        points = {Criterion.objects.get(source="committee").pk: Decimal(7)}

        def leave() -> object:
            return end_member(member=sheet.member, actor=OFFICER, now=LATER)

        def hand_in() -> object:
            return hand_in_sheet(sheet=sheet, points=points, comment="", actor=member_actor(sheet.member), now=LATER)

        ended = meanwhile(leave, hand_in) if leaves_first else meanwhile(hand_in, leave)
        there = CommitteeSheet.objects.filter(pk=sheet.pk, state="submitted").exists()
        assert (ended, there) == (("refused", False) if leaves_first else ("done", True))
