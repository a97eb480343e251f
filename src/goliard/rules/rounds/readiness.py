"""What a round lacks before it may open, and what stands in the way of locking how it gives out places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from goliard.rules.placement.policies import POLICIES
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """A round as it stands.

    `weights` are the sums of the percentages of criteria: by the name of a destination, "" for the round's own. `ties` is `applicant` or
    `seed`; a `seed` that is drawn must be published with the policy.
    """

    destinations: int
    wishes_min: int
    wishes_max: int
    weights: Mapping[str, int]
    policy: str
    ties: str
    seed: str
    own_criteria: bool = False  # whether a destination has criteria of its own
    lists: tuple[tuple[str, int, int], ...] = ()  # questions with a list: number, choices in Dutch, choices in English


def opening_faults(facts: RoundFacts) -> tuple[Reason, ...]:
    """Return everything that keeps the round from opening; empty when it may."""
    return (*_destinations(facts), *weight_faults(facts.weights), *_lists(facts))


def weight_faults(weights: Mapping[str, int]) -> tuple[Reason, ...]:
    """Return which weights do not add up: together they are 100 percent, in the round and at each destination with its own criteria."""
    found = []
    for name, total in weights.items():
        if total != 100:
            place = Text(f" bij {name}", f" at {name}") if name else Text("", "")
            text = Text(
                f"De gewichten van de criteria{place.nl} zijn samen {total}%, niet 100%.",
                f"The weights of the criteria{place.en} are {total}% together, not 100%.",
            )
            found.append(Reason("weights", text, field="weight"))
    return tuple(found)


def locking_faults(facts: RoundFacts, *, now: datetime, last_moment: datetime) -> tuple[Reason, ...]:
    """Return why the policy cannot be locked now: it is chosen before the deadline, with a rule for equal scores."""
    return (*_policy(facts), *weight_faults(facts.weights), *_in_time(now, last_moment))


def _destinations(facts: RoundFacts) -> Iterator[Reason]:
    if not facts.destinations:
        yield Reason("no-destinations", Text("Er zijn nog geen bestemmingen.", "There are no destinations yet."))
    elif facts.destinations < facts.wishes_min:
        text = Text(
            f"Er zijn {facts.destinations} bestemmingen, minder dan de {facts.wishes_min} wensen die gevraagd worden.",
            f"There are {facts.destinations} destinations, fewer than the {facts.wishes_min} wishes asked for.",
        )
        yield Reason("few-destinations", text, field="wishes_min")


def _lists(facts: RoundFacts) -> Iterator[Reason]:
    for name, dutch, english in facts.lists:
        if dutch != english or dutch < 2:
            text = Text(
                f"Vraag {name}: geef in beide talen evenveel keuzen, minstens twee.",
                f"Question {name}: give as many choices in both languages, two or more.",
            )
            yield Reason("choices", text, field="choices_nl")


def _policy(facts: RoundFacts) -> Iterator[Reason]:
    if facts.policy not in POLICIES:
        yield Reason("policy", Text("Kies een plaatsingsregel.", "Choose a placement policy."), field="policy")
    if facts.ties == "seed" and not facts.seed.strip():
        text = Text("Een loting vraagt om een getal dat vooraf bekend is.", "A lottery needs a seed that is known beforehand.")
        yield Reason("seed", text, field="seed")
    if facts.policy == "serial-dictatorship" and facts.own_criteria:
        text = Text(
            "Op volgorde van score kan niet als bestemmingen eigen criteria hebben: dan is er niet één score.",
            "Serial dictatorship is not possible where destinations have criteria of their own: there is no one score then.",
        )
        yield Reason("one-score", text, field="policy")


def _in_time(now: datetime, last_moment: datetime) -> Iterator[Reason]:
    if now > last_moment:
        text = Text(
            "De termijn is voorbij: de plaatsingsregel wordt vooraf vastgelegd. Heropen de ronde eerst, met reden.",
            "The deadline has passed: the policy is locked beforehand. Reopen the round first, with a reason.",
        )
        yield Reason("locked-late", text)
