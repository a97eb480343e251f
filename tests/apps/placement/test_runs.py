"""A run: from what was handed in to outcomes with reasons, from a stored text that anybody can place again."""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from tests.factories.placements import SCORED, Scored, a_computed_run, a_scored_round
from tests.factories.rounds import AFTER, OFFICER
from tests.factories.scoring import a_round_being_scored, a_sheet_handed_in

from goliard.apps.applications.services.submitting import withdraw_application
from goliard.apps.institutions.models import CountryAdvice
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.placement.choices import RunKind, RunState
from goliard.apps.placement.models import Offer, PlacementOutcome, PlacementRun
from goliard.apps.placement.queries.masked import masked_reasons
from goliard.apps.placement.queries.stored import rule_of, stored_market, stored_result
from goliard.apps.placement.services.asking import ask_placement
from goliard.apps.placement.services.computing import LOST_AFTER, Superseded, claim_placement, compute, compute_waiting
from goliard.apps.placement.services.publishing import adopt_placement, publish_placement
from goliard.apps.rounds.models import Criterion
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.services.committee import deal_sheets
from goliard.apps.scoring.services.corrections import correct_score
from goliard.cli import main
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.placement.as_tables import applicants_csv, destinations_csv
from goliard.rules.placement.market import Market
from goliard.rules.placement.policies import Policy
from goliard.rules.placement.run import PlacementRun as Computed
from goliard.rules.placement.run import finish, place
from goliard.rules.placement.ties import TieRule

pytestmark = pytest.mark.django_db


def told(run: PlacementRun, scored: Scored) -> list[tuple[str, int | None, list[str]]]:
    """Per applicant in the order of the table: the partner, the wish, the sentences in English."""
    rows = {row.application_id: row for row in run.outcomes.select_related("pool__destination__organisation")}
    return [
        (row.pool.destination.organisation.key if row.pool else "", row.rank, [english for _rule, _nl, english in row.reasons])
        for row in (rows[application.pk] for application in scored.applications)
    ]


def test_everybody_gets_an_outcome_with_its_reasons() -> None:
    scored = a_scored_round()
    run = a_computed_run(scored)
    assert (run.state, run.applicants, run.places, run.placed, run.audit_passed) == ("ready", 3, 2, 2, True)
    assert told(run, scored) == [
        ("alpha", 1, ["You got Alpha, your first wish."]),
        ("bravo", 2, ["You got Bravo, your second wish.", "Wish 1 (Alpha): the last place went to score 8.1, yours is 7.9."]),
        (
            "",
            None,
            [
                "You got no place.",
                "Wish 1 (Alpha): the last place went to score 8.1, yours is 7.",
                "Wish 2 (Bravo): the last place went to score 7.9, yours is 7.",
            ],
        ),
    ]
    dutch = run.outcomes.get(application=scored.applications[1]).reasons[1][1]
    assert dutch == "Wens 1 (Alpha (nl)): de laatste plaats ging naar score 8,1, die van jou is 7,9."
    waiting = [
        (row.pool.destination.organisation.key, row.position, row.application_id) for row in run.waiting.order_by("pool_id", "position")
    ]
    assert waiting == [("alpha", 1, scored.number(2)), ("alpha", 2, scored.number(3)), ("bravo", 1, scored.number(3))]


def test_the_input_is_stored_word_for_word_with_its_hash_and_the_locked_policy() -> None:
    scored = a_scored_round()
    run = a_computed_run(scored)
    assert hashlib.sha256(run.input_text.encode()).hexdigest() == run.input_hash
    assert run.policy_hash == scored.stage.round.policy_hash
    assert run.fingerprint == stored_result(run).fingerprint == place(stored_market(run), *rule_of(run)).fingerprint
    assert run.input_text.splitlines()[3].split("\t") == ["A", f"{scored.number(1):07d}"]
    entries = JournalEntry.objects.filter(subject_type="placement.placementrun").order_by("pk").values_list("verb", flat=True)
    assert list(entries) == ["ask-placement", "compute-placement"]


def test_the_command_gives_what_the_office_gave(tmp_path: Path) -> None:
    scored = a_scored_round()
    run = a_computed_run(scored)
    market = stored_market(run)
    (tmp_path / "input.txt").write_text(run.input_text)
    (tmp_path / "A.csv").write_text(applicants_csv(market))
    (tmp_path / "D.csv").write_text(destinations_csv(market))
    office = [(f"{row.application_id:07d}", str(row.pool.public_id) if row.pool else "", str(row.rank or "")) for row in run.outcomes.all()]
    ways = (["--snapshot", "input.txt"], ["--applicants", "A.csv", "--destinations", "D.csv"])
    for number, way in enumerate(ways):
        out, report = tmp_path / f"{number}.csv", tmp_path / f"{number}.json"
        words = [str(tmp_path / word) if "." in word else word for word in way]
        done = CliRunner().invoke(
            main, ["place", *words, "--policy", run.policy, "--ties", run.ties, "--out", str(out), "--report", str(report)]
        )
        assert done.exit_code == 0, done.output
        with out.open(newline="") as file:
            assert [(row["applicant"], row["destination"], row["wish"]) for row in csv.DictReader(file)] == office
        said = json.loads(report.read_text())
        assert (said["input_hash"], said["fingerprint"], said["audit"]["passed"]) == (run.input_hash, run.fingerprint, True)


def test_who_withdrew_takes_no_part() -> None:
    scored = a_scored_round()
    withdraw_application(application=scored.applications[0], reason="ill", actor=OFFICER, now=SCORED)
    run = a_computed_run(scored)
    assert [row.application_id for row in run.outcomes.exclude(pool=None)] == [scored.number(2), scored.number(3)]


def test_a_wish_without_a_score_stops_the_run_before_it_begins() -> None:
    scored = a_scored_round()
    incomplete = {key: score for key, score in scored.scores.items() if key[0] != scored.number(2)}
    with pytest.raises(Refused) as refused:
        ask_placement(round=scored.stage.round, scores=incomplete, actor=OFFICER, now=SCORED)
    number = scored.number(2)
    expected = [f"Application {number}, wish 1: no score.", f"Application {number}, wish 2: no score."]
    assert [reason.because.en for reason in refused.value.reasons] == expected
    assert not PlacementRun.objects.exists()


def test_only_the_locked_policy_places() -> None:
    scored = a_scored_round()
    Criterion.objects.filter(round=scored.stage.round, position=1).update(weight=50)
    with pytest.raises(Refused) as refused:
        ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
    assert [reason.rule for reason in refused.value.reasons] == ["placement-lock"]


def test_a_country_that_nobody_may_go_to_any_more_is_not_given() -> None:
    scored = a_scored_round()
    CountryAdvice.objects.create(country=scored.stage.university.home.country, colour="red", valid_from=SCORED.date())
    run = a_computed_run(scored)
    assert run.placed == 0
    assert told(run, scored)[0][2][1] == "Wish 1 (Alpha): not possible: the travel advice is red."


def test_the_same_input_is_computed_once_and_other_scores_are_another_run() -> None:
    scored = a_scored_round()
    first = a_computed_run(scored)
    again = ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
    assert again.pk == first.pk
    other = {key: score + (2 if key[0] == scored.number(3) else 0) for key, score in scored.scores.items()}
    second = a_computed_run(replace(scored, scores=other), kind=RunKind.TRIAL, reason="appeal: a mark was wrong")
    assert (second.number, second.reason) == (2, "appeal: a mark was wrong")
    assert told(second, scored)[2][:2] == ("alpha", 1)
    with pytest.raises(Refused):
        ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED, kind=RunKind.TRIAL)


def everybody_to_the_last_wish(market: Market, policy: Policy, ties: TieRule) -> Computed:
    """An allocator that is wrong: all to their last wish, over capacity and against every right."""
    return finish(market, policy, ties, {each.id: each.wishes[-1] for each in market.applicants})


def test_a_run_that_fails_its_audit_is_kept_and_cannot_be_published() -> None:
    scored = a_scored_round()
    asked = ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
    claimed = claim_placement(worker="test", now=SCORED)
    assert claimed is not None
    compute(claimed, lambda: SCORED, everybody_to_the_last_wish)
    run = PlacementRun.objects.get(pk=asked.pk)
    assert (run.state, run.audit_passed) == ("failed", False)
    assert (run.audit["capacity"], run.audit["no-justified-envy"], run.audit["no-waste"]) == (1, 0, 3)
    with pytest.raises(Refused) as refused:
        adopt_placement(run=run, actor=OFFICER, now=SCORED)
    assert [reason.rule for reason in refused.value.reasons] == ["audit-failed"]
    with pytest.raises(TransitionRefused):
        publish_placement(run=run, answer_by=SCORED + timedelta(days=7), actor=OFFICER, now=SCORED)
    PlacementRun.objects.filter(pk=run.pk).update(state=RunState.ADOPTED)  # even so
    with pytest.raises(Refused) as refused:
        publish_placement(run=run, answer_by=SCORED + timedelta(days=7), actor=OFFICER, now=SCORED)
    assert "audit-failed" in [reason.rule for reason in refused.value.reasons]
    assert not Offer.objects.exists()


def test_who_has_fewer_opportunities_stands_in_no_text_that_others_read() -> None:
    scored = a_scored_round(few=[3])
    run = a_computed_run(scored)
    assert [place[0] for place in told(run, scored)] == ["bravo", "", "alpha"], "the reserve is filled first"
    assert f"A\t{scored.number(3):07d}\tg1\n" in run.input_text
    assert "few" not in run.input_text
    rows = {row.application_id: row for row in run.outcomes.select_related("pool")}
    full = [english for _rule, _nl, english in rows[scored.number(3)].reasons]
    assert full == ["You got Alpha, your first wish, on a place reserved for your group."]
    assert [text.en for text in masked_reasons(rows[scored.number(3)], run)] == ["You got Alpha, your first wish."]
    outscored = [text.en for text in masked_reasons(rows[scored.number(1)], run)]
    assert outscored[1] == "Wish 1 (Alpha): all places were reserved and went to the groups they are meant for."


@pytest.mark.django_db(transaction=True)
def test_how_far_a_run_is_is_written_outside_the_transaction() -> None:
    scored = a_scored_round()
    run = ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
    seen: list[tuple[str, bool]] = []

    def clock():  # type: ignore[no-untyped-def]
        run.refresh_from_db()
        seen.append((run.step, connection.in_atomic_block))
        return SCORED

    assert compute_waiting(worker="one", clock=clock) == 1
    assert seen == [("", False), ("reading", False), ("placing", False), ("writing", True), ("writing", False)]


def test_a_dead_worker_leaves_nothing_and_another_one_takes_over() -> None:
    scored = a_scored_round()
    ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
    first = claim_placement(worker="one", now=SCORED)
    assert first is not None
    assert claim_placement(worker="two", now=SCORED) is None, "it is being worked on"
    later = SCORED + LOST_AFTER + timedelta(seconds=1)
    assert compute_waiting(worker="two", clock=lambda: later) == 1
    with pytest.raises(Superseded):
        compute(first, lambda: later)
    assert PlacementOutcome.objects.count() == 3
    assert JournalEntry.objects.filter(verb="compute-placement").count() == 1


def test_what_breaks_off_three_times_is_given_up() -> None:
    scored = a_scored_round()
    run = ask_placement(round=scored.stage.round, scores=scored.scores, actor=OFFICER, now=SCORED)
    moment = SCORED
    for _attempt in range(3):
        assert claim_placement(worker="dies", now=moment) is not None
        moment += LOST_AFTER + timedelta(seconds=1)
    assert compute_waiting(worker="two", clock=lambda: moment) == 0
    run.refresh_from_db()
    assert (run.state, run.faults[0][1]) == ("refused", "The calculation broke off three times; tell whoever runs Goliard.")


def test_nobody_is_placed_on_the_word_of_one_member_of_the_committee() -> None:
    scoring = a_round_being_scored(2, 2)
    deal_sheets(round=scoring.round, each=2, actor=OFFICER, now=AFTER)
    sheets = list(CommitteeSheet.objects.order_by("application", "member"))
    for sheet in (sheets[0], sheets[2], sheets[3]):
        a_sheet_handed_in(sheet, "7")
    first = scoring.applications[0].pk
    with pytest.raises(Refused) as refused:
        ask_placement(round=scoring.round, actor=OFFICER, now=SCORED)
    assert [reason.because.en for reason in refused.value.reasons] == [
        f"Application {first}: scored by 1 of the committee; that must be 2 at least."
    ]
    trial = ask_placement(round=scoring.round, kind=RunKind.TRIAL, reason="to see", actor=OFFICER, now=SCORED)
    criterion = Criterion.objects.get(round=scoring.round, source="committee")
    correct_score(
        application=scoring.applications[0],
        criterion=criterion,
        value=Decimal(7),
        reason="The other member is ill.",
        actor=OFFICER,
        now=SCORED,
    )
    run = ask_placement(round=scoring.round, actor=OFFICER, now=SCORED)
    assert (run.kind, trial.kind) == ("placement", "trial")
    correct_score(application=scoring.applications[0], criterion=criterion, value=None, reason="Back again.", actor=OFFICER, now=SCORED)
    with pytest.raises(Refused):
        ask_placement(round=scoring.round, actor=OFFICER, now=SCORED)
    a_sheet_handed_in(sheets[1], "9")
    assert ask_placement(round=scoring.round, actor=OFFICER, now=SCORED).number > 0


def test_with_equal_scores_a_reserve_goes_before_the_order_of_numbers() -> None:
    """The second has fewer opportunities, recognised; without the reserve the lower number would win."""
    scored = a_scored_round(["alpha 7", "alpha 7"], few=[2])
    assert [place[0] for place in told(a_computed_run(scored), scored)] == ["", "alpha"]


def test_equal_scores_go_by_number() -> None:
    scored = a_scored_round(["alpha 7.5", "alpha 7.50"])
    run = a_computed_run(scored)
    assert [place[0] for place in told(run, scored)] == ["alpha", ""]
    assert sorted(each["cut_off"] or "" for each in run.cut_offs) == ["", "7.5"]
