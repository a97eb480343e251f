"""The sentences of a placement, in Dutch and in English, and how scores and ordinals are written in each."""

from __future__ import annotations

from decimal import Decimal

from goliard.rules.placement.cut_offs import Refusal
from goliard.rules.values.texts import Text

GIVEN = Text("Je krijgt {destination}, je {ordinal} wens.", "You got {destination}, your {ordinal} wish.")
GIVEN_ON_RESERVE = Text(
    "Je krijgt {destination}, je {ordinal} wens, op een plaats die voor jouw groep is gereserveerd.",
    "You got {destination}, your {ordinal} wish, on a place reserved for your group.",
)
UNPLACED = Text("Je hebt geen plaats gekregen.", "You got no place.")
ABOUT_WISH = Text("Wens {rank} ({destination}): {why}", "Wish {rank} ({destination}): {why}")
BARRED = Text("niet mogelijk: {reasons}", "not possible: {reasons}")

REFUSED: dict[Refusal, Text] = {
    Refusal.NO_PLACES: Text("hier zijn in deze ronde geen plaatsen.", "there are no places here in this round."),
    Refusal.CLOSED_TO_GROUP: Text("hier zijn geen plaatsen voor jouw groep.", "there are no places for your group here."),
    Refusal.GROUP_MAXIMUM: Text(
        "van jouw groep kunnen hier ten hoogste {maximum} terecht; de laatste van die plaatsen ging naar score {last}, "
        "die van jou is {score}.",
        "your group may hold at most {maximum} here; the last of those went to score {last}, yours is {score}.",
    ),
    Refusal.RESERVED: Text(
        "alle plaatsen waren gereserveerd en zijn vergeven aan de groepen waarvoor ze bedoeld zijn.",
        "all places were reserved and went to the groups they are meant for.",
    ),
    Refusal.GROUP_RESERVE: Text(
        "de laatste plaats die voor jouw groep is gereserveerd ging naar score {last}, die van jou is {score}.",
        "the last place reserved for your group went to score {last}, yours is {score}.",
    ),
    Refusal.KEPT: Text(
        "de plaatsen waren al eerder aangeboden en blijven bij wie ze toen kreeg.",
        "the places had been offered before and stay with whoever got them then.",
    ),
    Refusal.OUTSCORED: Text(
        "de laatste plaats ging naar score {last}, die van jou is {score}.", "the last place went to score {last}, yours is {score}."
    ),
}
TIED_BY_APPLICANT = Text(
    "de laatste plaats ging naar een gelijke score, {score}; bij gelijke scores gaat het laagste kandidaatnummer voor.",
    "the last place went to an equal score, {score}; among equal scores the lowest applicant id goes first.",
)
TIED_BY_LOTTERY = Text(
    "de laatste plaats ging naar een gelijke score, {score}; de loting met startwaarde {seed} besliste.",
    "the last place went to an equal score, {score}; the draw with seed {seed} decided.",
)
TIED_IN_PLAN = Text(
    "de laatste plaats ging naar een gelijke score, {score}; het plan als geheel gaf de doorslag.",
    "the last place went to an equal score, {score}; the plan as a whole decided.",
)
NAMED_EARLIER = Text(
    "de plaatsen zijn in een eerdere ronde vergeven aan kandidaten die deze bestemming hoger op hun lijst hadden; "
    "de laatste van hen heeft score {last}, die van jou is {score}.",
    "the places went in an earlier round to applicants who put it higher on their list; "
    "the last of them has score {last}, yours is {score}.",
)
IN_PLAN = Text(
    "in het plan dat de meeste wensen vervult ging deze plaats naar score {last}, die van jou is {score}.",
    "in the plan that serves the most wishes this place went to score {last}, yours is {score}.",
)
SURPASSED = Text(
    "een plaats ging naar score {last}, die van jou is {score}; vraag het International Office om uitleg.",
    "a place went to score {last}, yours is {score}; ask the international office to explain.",
)
ORDINALS = {
    "nl": ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende"),
    "en": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
}


def ordinal(number: int, language: str) -> str:
    """`second`, `tweede`; from eleven on `11th`, `11e`."""
    words = ORDINALS[language]
    if number <= len(words):
        return words[number - 1]
    if language == "nl":
        return f"{number}e"
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def plain(score: Decimal) -> str:
    """The score without exponent and without trailing zeros: one text for one value (8, 8.0 and 8.00 are `8`)."""
    text = format(score, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", "+0"} else text


def spoken(score: str, language: str) -> str:
    """A plain score as the language writes it: a decimal comma in Dutch."""
    return score.replace(".", ",") if language == "nl" else score
