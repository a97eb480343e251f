"""What is missing in an application? Every part answers for itself, so that a person reads all of it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class WishFacts:
    """A wish: its rank, the destination's name, and every reason why the person may not go there (empty: they may)."""

    rank: int
    destination: Text
    refusals: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """A question with the answer's length in characters; `about` names the wish that it is asked for (None: asked once)."""

    question: Text
    is_required: bool
    length: int
    longest: int
    about: Text | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document that the round asks for."""

    title: Text
    is_required: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """An application as it stands. `wishes_min` and `wishes_max` are the round's; `further` is what else is missing, by its own rules."""

    wishes_min: int
    wishes_max: int
    wishes: Sequence[WishFacts] = ()
    answers: Sequence[AnswerFacts] = ()
    documents: Sequence[DocumentFacts] = ()
    further: Sequence[Reason] = ()


def application_faults(facts: ApplicationFacts) -> tuple[Reason, ...]:
    """Return every reason why this cannot be handed in yet; `field` names the part: wishes, questions, documents, stay or approval."""
    return (*_wishes(facts), *_answers(facts), *_documents(facts), *facts.further)


def _wishes(facts: ApplicationFacts) -> Iterator[Reason]:
    count = len(facts.wishes)
    if count < facts.wishes_min:
        nl = f"Kies minstens {_wishes_nl(facts.wishes_min)}; je hebt er {count}."
        yield _lacks("wishes", nl, f"Choose at least {_wishes_en(facts.wishes_min)}; you have {count}.")
    if count > facts.wishes_max:
        nl = f"Kies hoogstens {_wishes_nl(facts.wishes_max)}; je hebt er {count}."
        yield _lacks("wishes", nl, f"Choose at most {_wishes_en(facts.wishes_max)}; you have {count}.")
    if [wish.rank for wish in facts.wishes] != list(range(1, count + 1)):
        yield _lacks("wishes", "De wensen zijn niet doorlopend genummerd.", "The wishes are not numbered without gaps.")
    for wish in facts.wishes:
        for refusal in wish.refusals:
            nl, en = refusal.because.nl, refusal.because.en
            yield _lacks("wishes", f"Wens {wish.rank}, {wish.destination.nl}: {nl}", f"Wish {wish.rank}, {wish.destination.en}: {en}")


def _answers(facts: ApplicationFacts) -> Iterator[Reason]:
    for answer in facts.answers:
        nl, en = answer.question.nl, answer.question.en
        if answer.about:
            nl, en = f"{nl} ({answer.about.nl})", f"{en} ({answer.about.en})"
        if answer.is_required and not answer.length:
            yield _lacks("questions", f"Nog geen antwoord: {nl}", f"No answer yet: {en}")
        elif answer.longest and answer.length > answer.longest:
            over = answer.length - answer.longest
            yield _lacks("questions", f"{over} tekens te lang: {nl}", f"{over} characters too long: {en}")


def _documents(facts: ApplicationFacts) -> Iterator[Reason]:
    for document in facts.documents:
        if document.is_required and not document.is_there:
            yield _lacks("documents", f"Nog niet toegevoegd: {document.title.nl}", f"Not added yet: {document.title.en}")


def _lacks(part: str, nl: str, en: str) -> Reason:
    return Reason(f"application.{part}", Text(nl, en), field=part)


def _wishes_nl(count: int) -> str:
    return "één wens" if count == 1 else f"{count} wensen"


def _wishes_en(count: int) -> str:
    return "one wish" if count == 1 else f"{count} wishes"
