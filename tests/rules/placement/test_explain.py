from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from tests.rules.placement.markets import market, markets

from goliard.rules.placement.explain import Outcome
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, IMMEDIATE_ACCEPTANCE
from goliard.rules.placement.run import finish, place
from goliard.rules.placement.sentences import ordinal, plain
from goliard.rules.placement.ties import BY_APPLICANT, TieRule
from goliard.rules.values.texts import Reason, Text


def outcome(outcomes: tuple[Outcome, ...], applicant: str) -> Outcome:
    return next(entry for entry in outcomes if entry.applicant == applicant)


RESERVE = Destination("Praha", 2, reserves=(GroupPlaces("few", 1),))
ONLY_RESERVE = Destination("Praha", 1, reserves=(GroupPlaces("few", 1),))
MAXIMUM = Destination("Praha", 3, maxima=(GroupPlaces("law", 1), GroupPlaces("med", 0)))


@pytest.mark.parametrize(
    ("praha", "wishes", "groups", "who", "nl", "en"),
    [
        (1, {"x": "Praha 7"}, {}, "x", "Je krijgt Praha, je eerste wens.", "You got Praha, your first wish."),
        (
            1,
            {"x": "Praha 7.90, Brno 7.9", "y": "Praha 8.1"},
            {},
            "x",
            "Je krijgt Brno, je tweede wens. Wens 1 (Praha): de laatste plaats ging naar score 8,1, die van jou is 7,9.",
            "You got Brno, your second wish. Wish 1 (Praha): the last place went to score 8.1, yours is 7.9.",
        ),
        (
            0,
            {"x": "Praha 7"},
            {},
            "x",
            "Je hebt geen plaats gekregen. Wens 1 (Praha): hier zijn in deze ronde geen plaatsen.",
            "You got no place. Wish 1 (Praha): there are no places here in this round.",
        ),
        (
            1,
            {"x": "Praha 7", "w": "Praha 7.0"},
            {},
            "x",
            (
                "Je hebt geen plaats gekregen. Wens 1 (Praha): de laatste plaats ging naar een gelijke score, 7; "
                "bij gelijke scores gaat het laagste kandidaatnummer voor."
            ),
            (
                "You got no place. Wish 1 (Praha): the last place went to an equal score, 7; "
                "among equal scores the lowest applicant id goes first."
            ),
        ),
        (
            RESERVE,
            {"x": "Praha 7", "y": "Praha 8", "z": "Praha 6"},
            {"z": "few"},
            "z",
            "Je krijgt Praha, je eerste wens, op een plaats die voor jouw groep is gereserveerd.",
            "You got Praha, your first wish, on a place reserved for your group.",
        ),
        (
            RESERVE,
            {"x": "Praha 7", "z": "Praha 8"},
            {"z": "few"},
            "z",
            "Je krijgt Praha, je eerste wens.",
            "You got Praha, your first wish.",
        ),
        (
            RESERVE,
            {"x": "Praha 7", "y": "Praha 8", "z": "Praha 6"},
            {"z": "few"},
            "x",
            "Je hebt geen plaats gekregen. Wens 1 (Praha): de laatste plaats ging naar score 8, die van jou is 7.",
            "You got no place. Wish 1 (Praha): the last place went to score 8, yours is 7.",
        ),
        (
            ONLY_RESERVE,
            {"x": "Praha 7", "z": "Praha 6"},
            {"z": "few"},
            "x",
            (
                "Je hebt geen plaats gekregen. Wens 1 (Praha): alle plaatsen waren gereserveerd "
                "en zijn vergeven aan de groepen waarvoor ze bedoeld zijn."
            ),
            "You got no place. Wish 1 (Praha): all places were reserved and went to the groups they are meant for.",
        ),
        (
            ONLY_RESERVE,
            {"x": "Praha 5", "z": "Praha 6"},
            {"x": "few", "z": "few"},
            "x",
            (
                "Je hebt geen plaats gekregen. Wens 1 (Praha): de laatste plaats die voor jouw groep is gereserveerd ging naar score 6, "
                "die van jou is 5."
            ),
            "You got no place. Wish 1 (Praha): the last place reserved for your group went to score 6, yours is 5.",
        ),
        (
            MAXIMUM,
            {"x": "Praha 8", "y": "Praha 9"},
            {"x": "law", "y": "law"},
            "x",
            (
                "Je hebt geen plaats gekregen. Wens 1 (Praha): van jouw groep kunnen hier ten hoogste 1 terecht; "
                "de laatste van die plaatsen ging naar score 9, die van jou is 8."
            ),
            "You got no place. Wish 1 (Praha): your group may hold at most 1 here; the last of those went to score 9, yours is 8.",
        ),
        (
            MAXIMUM,
            {"x": "Praha 8"},
            {"x": "med"},
            "x",
            "Je hebt geen plaats gekregen. Wens 1 (Praha): hier zijn geen plaatsen voor jouw groep.",
            "You got no place. Wish 1 (Praha): there are no places for your group here.",
        ),
    ],
)
def test_what_an_applicant_reads(
    *, praha: int | Destination, wishes: dict[str, str], groups: dict[str, str], who: str, nl: str, en: str
) -> None:
    run = place(market({"Praha": praha, "Brno": 9}, wishes, groups), ties=BY_APPLICANT)
    assert outcome(run.outcomes, who).because == Text(nl, en)


def test_a_draw_names_its_seed() -> None:
    run = place(market({"A": 1}, {"x": "A 7", "y": "A 7"}), ties=TieRule("9 March"))
    (loser,) = (entry for entry in run.outcomes if entry.wish is None)
    assert loser.because.en.endswith("the last place went to an equal score, 7; the draw with seed 9 March decided.")
    assert loser.because.nl.endswith("de laatste plaats ging naar een gelijke score, 7; de loting met startwaarde 9 March besliste.")


def test_a_place_lost_to_an_earlier_round_is_called_that() -> None:
    run = place(market({"A": 1, "B": 1}, {"x": "A 8, B 9", "y": "A 9", "z": "B 6"}), IMMEDIATE_ACCEPTANCE)
    assert outcome(run.outcomes, "x").because.en.endswith(
        "Wish 2 (B): the places went in an earlier round to applicants who put it higher on their list; "
        "the last of them has score 6, yours is 9."
    )


def test_a_place_given_by_hand_to_a_lower_score_is_not_explained_away() -> None:
    by_hand = market({"A": 1}, {"x": "A 8", "y": "A 6"})
    run = finish(by_hand, DEFERRED_ACCEPTANCE, BY_APPLICANT, {"y": by_hand.applicants[1].wishes[0]})
    assert outcome(run.outcomes, "x").because.en == (
        "You got no place. Wish 1 (A): a place went to score 6, yours is 8; ask the international office to explain."
    )


def test_barred_wishes_give_their_own_reasons_and_names_are_spoken() -> None:
    orange = Reason("travel-advice", Text("het reisadvies is oranje.", "the travel advice is orange."))
    brno = Destination("brno", 1, name=Text("Masaryk-universiteit", "Masaryk University"))
    wishes = Wish(1, "brno", Decimal(8), (orange,)), Wish(2, "praha", Decimal(8))
    run = place(Market((Applicant("x", wishes),), (brno, Destination("praha", 1))))
    assert run.outcomes[0].because == Text(
        "Je krijgt praha, je tweede wens. Wens 1 (Masaryk-universiteit): niet mogelijk: het reisadvies is oranje.",
        "You got praha, your second wish. Wish 1 (Masaryk University): not possible: the travel advice is orange.",
    )
    assert [(reason.rule, reason.field, reason.source) for reason in run.outcomes[0].reasons] == [
        ("placement.given", "praha", ""),
        ("placement.barred", "brno", "travel-advice"),
    ]


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [
        (1, "eerste", "first"),
        (10, "tiende", "tenth"),
        (11, "11e", "11th"),
        (22, "22e", "22nd"),
        (33, "33e", "33rd"),
        (113, "113e", "113th"),
    ],
)
def test_ordinals(number: int, nl: str, en: str) -> None:
    assert (ordinal(number, "nl"), ordinal(number, "en")) == (nl, en)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("8.0", "8"),
        ("8.10", "8.1"),
        ("100", "100"),
        ("-0.0", "0"),
        ("+7", "7"),
        ("0.000000000000000001", "0.000000000000000001"),
        ("123456789012345678.123456789012345678", "123456789012345678.123456789012345678"),
    ],
)
def test_scores_are_written_one_way(written: str, said: str) -> None:
    assert plain(Decimal(written)) == said


@given(markets())
def test_everyone_reads_why_in_both_languages(given_market: Market) -> None:
    run = place(given_market, ties=BY_APPLICANT)
    run.require_publishable()
    assert [entry.applicant for entry in run.outcomes] == [applicant.id for applicant in given_market.applicants]
    for entry, applicant in zip(run.outcomes, given_market.applicants, strict=True):
        missed = [wish.destination for wish in applicant.wishes if entry.wish is None or wish.rank < entry.wish.rank]
        assert [reason.field for reason in entry.reasons[1:]] == missed
        assert all(reason.because.nl and reason.because.en for reason in entry.reasons)
        assert not any(reason.rule == "placement.passed-over" for reason in entry.reasons)
