"""Why: for each applicant the reasons of the outcome, wish by wish, in Dutch and in English.

A reason names scores and destinations, never another applicant, and no group but "your group".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from goliard.rules.placement import sentences
from goliard.rules.placement.choice import Claim
from goliard.rules.placement.cut_offs import CutOff, Refusal, on_reserve, refusal
from goliard.rules.placement.market import Applicant, Destination, Market, Wish
from goliard.rules.placement.ties import TieRule
from goliard.rules.values.texts import Reason, Text

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one applicant gets (`wish` is `None` without a place) and why; the first reason is the result, the others go wish by wish."""

    applicant: str
    wish: Wish | None
    reasons: tuple[Reason, ...]

    @property
    def because(self) -> Text:
        """All reasons as one text."""
        return Text(*(" ".join(reason.because.in_language(language) for reason in self.reasons) for language in LANGUAGES))


@dataclass(frozen=True, slots=True)
class Wording:
    """What the sentences about a refusal need to know of the run: how ties were decided, and what a higher score in vain means."""

    ties: TieRule
    passed_over: Text = sentences.SURPASSED
    tied: Text | None = None

    def about(self, kind: Refusal) -> Text:
        """The sentence for this refusal."""
        if kind is Refusal.PASSED_OVER:
            return self.passed_over
        if kind is Refusal.TIED:
            return self.tied or (sentences.TIED_BY_LOTTERY if self.ties.is_lottery else sentences.TIED_BY_APPLICANT)
        return sentences.REFUSED[kind]


def explain(
    market: Market, claims: Mapping[str, list[Claim]], assignment: Mapping[str, Wish], cut_offs: Mapping[str, CutOff], wording: Wording
) -> list[Outcome]:
    """One outcome an applicant, in the order of ids."""
    return [
        _outcome(market, claims[applicant.id], cut_offs, wording, applicant=applicant, given=assignment.get(applicant.id))
        for applicant in market.applicants
    ]


def _outcome(
    market: Market, claims: list[Claim], cut_offs: Mapping[str, CutOff], wording: Wording, *, applicant: Applicant, given: Wish | None
) -> Outcome:
    by_destination = {claim.wish.destination: claim for claim in claims}
    reasons = [_result(market, given, by_destination, cut_offs)]
    for wish in applicant.wishes:
        if wish == given:
            break
        destination = market.destination[wish.destination]
        if wish.barred:
            reasons.append(_barred(wish, destination))
        else:
            reasons.append(_refused(by_destination[wish.destination], cut_offs[wish.destination], wording))
    return Outcome(applicant.id, given, tuple(reasons))


def _result(market: Market, given: Wish | None, claims: Mapping[str, Claim], cut_offs: Mapping[str, CutOff]) -> Reason:
    if given is None:
        return Reason("placement.unplaced", sentences.UNPLACED)
    reserved = on_reserve(claims[given.destination], cut_offs[given.destination])
    title = market.destination[given.destination].title
    texts = (given_text(language, title.in_language(language), given.rank, reserved=reserved) for language in LANGUAGES)
    return Reason("placement.given-on-reserve" if reserved else "placement.given", Text(*texts), field=given.destination)


def given_text(language: str, title: str, rank: int, *, reserved: bool) -> str:
    """The sentence that gives a place."""
    sentence = sentences.GIVEN_ON_RESERVE if reserved else sentences.GIVEN
    return sentence.in_language(language).format(destination=title, ordinal=sentences.ordinal(rank, language))


def refusal_pattern(language: str, sentence: Text) -> str:
    """The sentence about a refused wish, to be formatted with rank, destination, score, last, maximum and seed."""
    return sentences.ABOUT_WISH.in_language(language).replace("{why}", sentence.in_language(language))


def _refused(claim: Claim, cut_off: CutOff, wording: Wording) -> Reason:
    kind, last = refusal(claim, cut_off)
    destination = cut_off.destination
    texts = (
        refusal_pattern(language, wording.about(kind)).format(
            rank=claim.wish.rank,
            destination=destination.title.in_language(language),
            score=sentences.spoken(sentences.plain(claim.wish.score), language),
            last=sentences.spoken(sentences.plain(last.wish.score), language) if last else "",
            maximum=destination.maximum(claim.group),
            seed=wording.ties.name,
        )
        for language in LANGUAGES
    )
    return Reason(f"placement.{kind}", Text(*texts), field=destination.id)


def _barred(wish: Wish, destination: Destination) -> Reason:
    texts = []
    for language in LANGUAGES:
        why = " ".join(reason.because.in_language(language) for reason in wish.barred)
        barred = sentences.BARRED.in_language(language).format(reasons=why)
        texts.append(
            sentences.ABOUT_WISH.in_language(language).format(
                rank=wish.rank, destination=destination.title.in_language(language), why=barred
            )
        )
    return Reason("placement.barred", Text(*texts), source=", ".join(reason.rule for reason in wish.barred), field=wish.destination)
