"""Reasons as others than the applicant may read them.

A place on a reserve, or refused on one, tells that somebody belongs to the group; where the group is that of people with fewer
opportunities, that is special-category data. Letters and the office's tables therefore leave the reserve out; the applicant, signed in,
reads every word.
"""

from __future__ import annotations

from goliard.apps.placement.models import PlacementOutcome, PlacementRun
from goliard.apps.rounds.choices import GroupKind
from goliard.rules.placement.explain import LANGUAGES, given_text
from goliard.rules.placement.sentences import ABOUT_WISH
from goliard.rules.values.texts import Text

TELLING = frozenset({"placement.given-on-reserve", "placement.group-reserve", "placement.group-maximum", "placement.closed-to-group"})
ELSEWHERE = Text(
    "de plaatsen gingen naar anderen; de volledige reden leest de kandidaat in het portaal.",
    "the places went to others; the applicant reads the full reason in the portal.",
)


def tells_of_groups(run: PlacementRun) -> bool:
    """Whether the stored input of a run and its report tell who has fewer opportunities: a letter for a group hides nobody."""
    return run.round.groups.filter(kind=GroupKind.FEWER_OPPORTUNITIES).exists()


def masked_reasons(outcome: PlacementOutcome, run: PlacementRun) -> list[Text]:
    """Return the sentences of an outcome without a word on groups."""
    return [_masked(rule, Text(nl, en), outcome, run) for rule, nl, en in outcome.reasons]


def _masked(rule: str, said: Text, outcome: PlacementOutcome, run: PlacementRun) -> Text:
    if rule not in TELLING:
        return said
    if rule == "placement.given-on-reserve" and outcome.pool is not None:
        names = run.told.get("names", {}).get(str(outcome.pool.public_id)) or ["", ""]
        rank = outcome.rank or 1
        return Text(*(given_text(language, name, rank, reserved=False) for language, name in zip(LANGUAGES, names, strict=True)))
    return Text(*(_until_why(said.in_language(language)) + ELSEWHERE.in_language(language) for language in LANGUAGES))


def _until_why(sentence: str) -> str:
    """`Wish 2 (Praha): ` of a sentence about a wish."""
    mark = ABOUT_WISH.nl.partition("{destination}")[2].partition("{why}")[0]
    before, found, _after = sentence.partition(mark)
    return before + found if found else ""
