"""What goes into a placement: applicants with ranked wishes, destinations with places. Values only, checked once.

An applicant may be in several groups, but at one destination at most one of them may carry a reserve or a maximum. The reason is in
`docs/algorithms/placement.md`, "One group at a destination": with overlapping groups a destination's choice stops being consistent, and
with it go the guarantees of deferred acceptance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from goliard.rules.values.texts import Reason, Text


class MarketProblem(ValueError):
    """An input that no policy can place. `because` says it in both languages."""

    def __init__(self, because: Text) -> None:
        super().__init__(because.en)
        self.because = because


@dataclass(frozen=True, slots=True)
class GroupPlaces:
    """A number of places that a destination ties to one group: a reserve (soft) or a maximum (hard)."""

    group: str
    places: int


@dataclass(frozen=True, slots=True)
class Destination:
    """Places that are given out together. `name` is what people read; empty means the id."""

    id: str
    places: int
    reserves: tuple[GroupPlaces, ...] = ()
    maxima: tuple[GroupPlaces, ...] = ()
    name: Text | None = None

    @property
    def title(self) -> Text:
        """The name that reasons use."""
        return self.name or Text(self.id, self.id)

    def reserve(self, group: str) -> int:
        """Places that go to this group first; 0 without a reserve."""
        return next((entry.places for entry in self.reserves if entry.group == group), 0)

    def maximum(self, group: str) -> int:
        """Places that this group may hold at most; all places without a maximum."""
        return next((entry.places for entry in self.maxima if entry.group == group), self.places)

    def named_groups(self) -> frozenset[str]:
        """Groups with a reserve or a maximum here."""
        return frozenset(entry.group for entry in (*self.reserves, *self.maxima))


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish. `rank` is the number the applicant gave it (1 is best); the higher score wins.

    `barred` holds the reasons why the applicant may not go there; a barred wish is never given and its reasons are shown. `held` says that
    the place was offered before and stands: it is lost only for a better wish.
    """

    rank: int
    destination: str
    score: Decimal
    barred: tuple[Reason, ...] = ()
    held: bool = field(default=False, compare=False)  # it is the same wish


@dataclass(frozen=True, slots=True)
class Applicant:
    """One applicant with wishes from best to least; `groups` are those of reserves and maxima."""

    id: str
    wishes: tuple[Wish, ...]
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Market:
    """All applicants and destinations of one placement, both in the order of their ids, so that row order never matters."""

    applicants: tuple[Applicant, ...]
    destinations: tuple[Destination, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "applicants", tuple(sorted(self.applicants, key=lambda applicant: applicant.id)))
        object.__setattr__(self, "destinations", tuple(sorted(self.destinations, key=lambda destination: destination.id)))
        _check(self)

    @cached_property
    def destination(self) -> Mapping[str, Destination]:
        """Destinations by id."""
        return {destination.id: destination for destination in self.destinations}

    @cached_property
    def held(self) -> Mapping[str, Wish]:
        """The places that were offered before and stand, by applicant; empty in a round that is placed for the first time."""
        return {applicant.id: wish for applicant in self.applicants for wish in applicant.wishes if wish.held}


def group_at(destination: Destination, applicant: Applicant) -> str:
    """The applicant's group that has a reserve or a maximum at this destination; empty for none."""
    return next(iter(sorted(applicant.groups & destination.named_groups())), "")


def what_is_left(destination: Destination, taken_by: Iterable[str]) -> Destination:
    """The destination without the places held by members of these groups ("" for none), with what is left of reserves and maxima.

    A reserve shrinks by the members already there, and in the order of reserves to what places are left. A place given by hand may have
    passed a maximum: then none of the group is left.
    """
    taken = Counter(taken_by)
    places = destination.places - taken.total()
    reserves, unpromised = [], places
    for entry in destination.reserves:
        reserves.append(GroupPlaces(entry.group, min(max(entry.places - taken[entry.group], 0), unpromised)))
        unpromised -= reserves[-1].places
    maxima = tuple(GroupPlaces(entry.group, max(entry.places - taken[entry.group], 0)) for entry in destination.maxima)
    return replace(destination, places=places, reserves=tuple(reserves), maxima=maxima)


def _check(market: Market) -> None:
    for name, ids in (("applicant", [a.id for a in market.applicants]), ("destination", [d.id for d in market.destinations])):
        for left, right in zip(["", *ids], ids, strict=False):  # ids are sorted: equal ones stand side by side
            if not right.isprintable():
                raise MarketProblem(Text(f"{right!r} is geen bruikbare naam ({name}).", f"{right!r} is no usable id ({name})."))
            if left == right:
                raise MarketProblem(
                    Text(f"{left!r} is leeg of komt tweemaal voor ({name}).", f"{left!r} is empty or occurs twice ({name}).")
                )
    for destination in market.destinations:
        _check_destination(destination)
    for applicant in market.applicants:
        _check_applicant(applicant, market)
    _check_held(market)


def _check_destination(destination: Destination) -> None:
    amounts = [destination.places, *(entry.places for entry in (*destination.reserves, *destination.maxima))]
    groups = [[entry.group for entry in entries] for entries in (destination.reserves, destination.maxima)]
    if min(amounts) < 0 or any(len(set(names)) != len(names) or "" in names for names in groups):
        raise MarketProblem(
            Text(f"{destination.id}: negatieve aantallen of een groep tweemaal.", f"{destination.id}: negative numbers or a group twice.")
        )
    if sum(entry.places for entry in destination.reserves) > destination.places:
        raise MarketProblem(
            Text(f"{destination.id}: meer plaatsen gereserveerd dan er zijn.", f"{destination.id}: more places reserved than there are.")
        )
    for entry in destination.reserves:
        if entry.places > destination.maximum(entry.group):
            raise MarketProblem(
                Text(
                    f"{destination.id}: voor groep {entry.group} is meer gereserveerd dan haar maximum.",
                    f"{destination.id}: group {entry.group} has more reserved than its maximum.",
                )
            )


def _check_applicant(applicant: Applicant, market: Market) -> None:
    seen: set[str] = set()
    rank = 0
    for wish in applicant.wishes:
        destination = market.destination.get(wish.destination)
        if destination is None or wish.destination in seen or wish.rank < max(rank, 1) or not wish.score.is_finite():
            raise MarketProblem(
                Text(
                    f"{applicant.id}: wens {wish.rank} ({wish.destination}) is onbekend, dubbel, niet op volgorde of zonder geldige score.",
                    f"{applicant.id}: wish {wish.rank} ({wish.destination}) is unknown, double, out of order or without a valid score.",
                )
            )
        if len(applicant.groups) > 1 and len(applicant.groups & destination.named_groups()) > 1:
            raise MarketProblem(
                Text(
                    f"{applicant.id} hoort bij {wish.destination} tot meer dan een groep met een reserve of maximum.",
                    f"{applicant.id} belongs to more than one group with a reserve or maximum at {wish.destination}.",
                )
            )
        seen.add(wish.destination)
        rank = wish.rank


def _check_held(market: Market) -> None:
    """Nobody holds two places or one that may not be given, and no destination has more holders than places."""
    taken: Counter[str] = Counter()
    for applicant in market.applicants:
        own = [wish for wish in applicant.wishes if wish.held]
        if len(own) > 1 or any(wish.barred for wish in own):
            raise MarketProblem(
                Text(
                    f"{applicant.id} houdt twee plaatsen vast, of een die niet gegeven mag worden.",
                    f"{applicant.id} holds two places, or one that may not be given.",
                )
            )
        taken.update(wish.destination for wish in own)
    for name, number in sorted(taken.items()):
        here = market.destination[name]
        if number > here.places:
            nl, en = here.title.nl, here.title.en
            raise MarketProblem(
                Text(
                    f"{nl}: aangeboden of aangenomen plaatsen: {number}, en er zijn er {here.places}; trek er eerst een in, met reden.",
                    f"{en}: places offered or accepted: {number}, and there are {here.places}; withdraw one first, with a reason.",
                )
            )
