from __future__ import annotations

import subprocess
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from tests.rules.placement.markets import market, markets

from goliard.rules.placement.audit import Check
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.outputs import csv_text, outcome_rows, report
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, POLICIES, SERIAL_DICTATORSHIP
from goliard.rules.placement.run import AuditFailed, finish, lock, place
from goliard.rules.placement.snapshot import canonical_lines, input_hash, read_snapshot
from goliard.rules.placement.ties import BY_APPLICANT, TieRule
from goliard.rules.values.texts import Reason, Text

SMALL = market({"Lisboa": 1, "Praha": 2}, {"ann": "Lisboa 7.0", "bob": "Praha 8.25, Lisboa 8.25"}, {"ann": "few"})
SMALL_TEXT = (
    "goliard placement input 1\n"
    "D\tLisboa\t1\nD\tPraha\t2\n"
    "A\tann\tfew\nW\tann\t1\tLisboa\t7\n"
    "A\tbob\nW\tbob\t1\tPraha\t8.25\nW\tbob\t2\tLisboa\t8.25\n"
)


def test_the_hash_is_that_of_a_text_anyone_can_write() -> None:
    assert input_hash(SMALL) == sha256(SMALL_TEXT.encode()).hexdigest()
    assert subprocess.run(["sha256sum"], input=SMALL_TEXT.encode(), capture_output=True, check=True).stdout.split()[
        0
    ].decode() == input_hash(SMALL)


def test_rows_and_spelling_do_not_change_the_hash_but_facts_do() -> None:
    respelled = market({"Praha": 2, "Lisboa": 1}, {"bob": "Praha 8.250, Lisboa 8.25", "ann": "Lisboa 7"}, {"ann": "few"})
    assert input_hash(respelled) == input_hash(SMALL)
    changed = market({"Praha": 2, "Lisboa": 2}, {"bob": "Praha 8.25, Lisboa 8.25", "ann": "Lisboa 7"}, {"ann": "few"})
    assert input_hash(changed) != input_hash(SMALL)


def test_the_fingerprint_covers_policy_and_ties() -> None:
    prints = {
        place(SMALL).fingerprint,
        place(SMALL, SERIAL_DICTATORSHIP).fingerprint,
        place(SMALL, ties=BY_APPLICANT).fingerprint,
        place(SMALL, ties=TieRule("1")).fingerprint,
    }
    assert len(prints) == 4
    assert place(SMALL).fingerprint in prints


def test_the_lock_shows_that_the_rules_stayed_the_same() -> None:
    locks = {lock(policy, ties) for policy in POLICIES.values() for ties in (BY_APPLICANT, TieRule("1"))}
    assert len(locks) == 2 * len(POLICIES)
    assert lock(DEFERRED_ACCEPTANCE, BY_APPLICANT) == sha256(b"deferred-acceptance\napplicant\n1").hexdigest()


@given(markets(most=6))
def test_a_stored_input_runs_again(given_market: Market) -> None:
    again = read_snapshot("".join(canonical_lines(given_market)))
    assert input_hash(again) == input_hash(given_market)
    assert place(again, ties=BY_APPLICANT).outcomes == place(given_market, ties=BY_APPLICANT).outcomes


def test_a_wish_barred_twice_is_stored_with_both_rules_and_another_heading_is_no_input() -> None:
    reasons = tuple(Reason(rule, Text(rule, rule)) for rule in ("travel-advice", "language"))
    text = "goliard placement input 1\nD\tBrno\t1\nA\tann\nW\tann\t1\tBrno\t7\ttravel-advice\tlanguage\n"
    barred = Market((Applicant("ann", (Wish(1, "Brno", Decimal(7), reasons),)),), (Destination("Brno", 1),))
    assert "".join(canonical_lines(barred)) == text
    assert read_snapshot(text) == barred
    with pytest.raises(ValueError, match="not the input of a placement"):
        read_snapshot(text.replace("input 1", "input 2"))


def test_barred_wishes_are_stored_by_their_rules() -> None:
    orange = Reason("travel-advice", Text("oranje", "orange"))
    given_market = Market((Applicant("x", (Wish(1, "A", Decimal(7), (orange,)),)),), (Destination("A", 1, (), (GroupPlaces("law", 1),)),))
    text = "".join(canonical_lines(given_market))
    assert text == "goliard placement input 1\nD\tA\t1\nM\tA\tlaw\t1\nA\tx\nW\tx\t1\tA\t7\ttravel-advice\n"
    assert place(read_snapshot(text)).assignment == {}


@pytest.mark.parametrize(
    "text", ["x", SMALL_TEXT + "Q\n", SMALL_TEXT.replace("8.25", "8.250"), SMALL_TEXT.replace("input 1", "input 2"), SMALL_TEXT[:-1]]
)
def test_a_changed_text_is_no_stored_input(text: str) -> None:
    with pytest.raises(ValueError, match="placement"):
        read_snapshot(text)


def test_a_run_that_fails_the_audit_cannot_be_published() -> None:
    run = finish(SMALL, DEFERRED_ACCEPTANCE, BY_APPLICANT, {})
    assert run.audit.failures[Check.NO_WASTE] == 3
    with pytest.raises(AuditFailed, match=r"^the audit found no-waste: 3$"):
        run.require_publishable()


def test_what_is_written() -> None:
    run = place(SMALL)
    assert csv_text(outcome_rows(run, "nl")) == (
        "applicant,destination,wish,reason\n"
        'ann,Lisboa,1,"Je krijgt Lisboa, je eerste wens."\n'
        'bob,Praha,1,"Je krijgt Praha, je eerste wens."\n'
    )
    written = report(run, "0.1.0")
    assert written["counts"] == {
        "applicants": 2,
        "wishes": 3,
        "destinations": 2,
        "places": 3,
        "placed": 2,
        "unplaced": 0,
        "placed_by_wish": {"1": 2},
    }
    assert written["cut_offs"] == [
        {"destination": "Lisboa", "places": 1, "placed": 1, "cut_off": "7"},
        {"destination": "Praha", "places": 2, "placed": 1, "cut_off": None},
    ]
    assert written["audit"]["passed"] is True
    assert (written["policy"], written["ties"], written["code_version"]) == ("deferred-acceptance", None, "0.1.0")


def test_an_empty_round() -> None:
    run = place(Market((), ()))
    assert run.outcomes == ()
    assert run.audit.passed
