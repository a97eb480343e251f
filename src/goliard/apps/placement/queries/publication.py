"""What publishing a run would do: new offers, better ones, letters; and everything that stands in the way. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.letters import Letter
from goliard.apps.placement.choices import OfferOrigin, OfferState, RunKind, RunState
from goliard.apps.placement.letters import BETTER, OFFERED, UNPLACED
from goliard.apps.placement.models import Offer, PlacementOutcome, PlacementRun
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.queries.gathering import AS_SCORED, barred_on, gathered, read_by_too_few
from goliard.apps.placement.queries.masked import masked_reasons
from goliard.apps.placement.queries.moments import told_moment
from goliard.apps.placement.queries.offering_again import gathered_again
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, RoundDestination
from goliard.apps.scoring.queries.scores import scores_of
from goliard.rules.placement.snapshot import input_hash
from goliard.rules.values.texts import Reason, Text

WAITS = Text("Je staat op de wachtlijst voor: {names}.", "You are on the waiting list for: {names}.")
WAITS_NOWHERE = Text("Je staat op geen wachtlijst.", "You are on no waiting list.")


@dataclass(frozen=True, slots=True)
class Change:
    """What publishing does for one applicant: a letter, a place (`None`: none), and the offer that it replaces."""

    outcome: PlacementOutcome
    letter: Letter
    place: DestinationPool | None
    replaces: Offer | None
    values: Mapping[str, str]

    @property
    def state(self) -> OfferState:
        """A better place for who had accepted is accepted at once: that is what going on hoping means."""
        was_accepted = self.replaces is not None and self.replaces.state == OfferState.ACCEPTED
        return OfferState.ACCEPTED if was_accepted else OfferState.OPEN


def live_offers(round_pk: int) -> dict[int, Offer]:
    """Return the offers of a round that hold a place, by number of the application."""
    rows = Offer.objects.filter(application__round_id=round_pk, state__in=LIVE)
    related = rows.select_related("pool__destination__organisation", "pool__destination__unit")
    return {row.application_id: row for row in related}


def changes_of(run: PlacementRun, answer_by: datetime) -> list[Change]:
    """Return what publishing does, by number of the application.

    Who keeps the same place is absent, and who still has none after offering again.
    """
    held = live_offers(run.round_id)
    rows = run.outcomes.select_related(
        "application__person__account",
        "application__round",
        "pool__destination__organisation",
        "pool__destination__unit",
        "pool__destination__round",
    ).prefetch_related("application__person__emails")
    waiting = _waiting_names(run)
    found = []
    for outcome in rows:
        before = held.get(outcome.application_id)
        if outcome.pool is None:
            if before is None and run.kind == RunKind.PLACEMENT:
                found.append(Change(outcome, UNPLACED, None, None, _values(outcome, run, answer_by, None, waiting)))
        elif before is None or before.pool_id != outcome.pool_id:
            letter = BETTER if before is not None and before.state == OfferState.ACCEPTED else OFFERED
            found.append(Change(outcome, letter, outcome.pool, before, _values(outcome, run, answer_by, before, waiting)))
    return found


def publication_faults(run: PlacementRun, changes: list[Change], day: date) -> Iterator[Reason]:
    """Yield everything that stands in the way: the audit, the state, what changed since the run was asked for, a place that somebody would
    lose, a place where nobody may go on `day`, places that are not there.
    """
    if not run.audit_passed:
        yield Reason("audit-failed", Text("De controle van deze run is niet geslaagd.", "The audit of this run did not pass."))
    wanted = RunState.ADOPTED if run.kind == RunKind.PLACEMENT else RunState.READY
    if run.kind == RunKind.TRIAL or run.state != wanted:
        yield Reason("run-state", Text("Deze run kan niet worden bekendgemaakt.", "This run cannot be published."))
    if run.kind == RunKind.REOFFER and run.round.state != RoundState.PUBLISHED:
        yield Reason("round-state", Text("De ronde is niet bekendgemaakt.", "The round is not published."))
    yield from _outdated(run, day)
    yield from _not_for_giving(changes, day)
    held = live_offers(run.round_id)
    yield from _losses(run, held)
    yield from _places(run, held, changes)


def _outdated(run: PlacementRun, day: date) -> Iterator[Reason]:
    """A run that offers again was computed from the answers of its moment: with other answers it would offer what nobody wants any more."""
    if run.kind != RunKind.REOFFER or run.round.state != RoundState.PUBLISHED:
        return
    try:
        again, _base = gathered_again(run.round, day)
    except Refused as refused:
        yield from refused.reasons
        return
    if input_hash(again.market) != run.input_hash:
        yield Reason(
            "outdated",
            Text(
                "Sinds deze run is gevraagd zijn antwoorden, plaatsen of reisadviezen veranderd: bereken het opnieuw.",
                "Answers, places or travel advice changed since this run was asked for: compute it again.",
            ),
        )


def changed_since(run: PlacementRun, day: date) -> Iterator[Reason]:
    """A placement was computed from the totals of its moment: with a sheet, a correction or an advice of later it is another placement."""
    if not run.told.get(AS_SCORED) or run.round.state != RoundState.SCORING:
        return
    if alone := read_by_too_few(run.round):
        yield from alone
        return
    try:
        now = gathered(run.round, scores_of(run.round), day)
    except Refused as refused:
        yield from refused.reasons
        return
    if input_hash(now.market) != run.input_hash:
        yield Reason(
            "outdated",
            Text(
                "Sinds deze run is gevraagd zijn scores, aanmeldingen, plaatsen of reisadviezen veranderd: bereken de plaatsing opnieuw.",
                "Scores, applications, places or travel advice changed since this run was asked for: compute the placement again.",
            ),
        )


def _not_for_giving(changes: list[Change], day: date) -> Iterator[Reason]:
    """Nobody is offered a place after withdrawing the application, or where nobody may go any more."""
    places: dict[int, RoundDestination] = {}
    for change in changes:
        if change.place is None:
            continue
        application = change.outcome.application
        places[change.place.destination_id] = change.place.destination
        if application.state != ApplicationState.SUBMITTED:
            yield Reason(
                "withdrew",
                Text(
                    f"Aanmelding {application.pk} is ingetrokken na deze run: bereken de plaatsing opnieuw.",
                    f"Application {application.pk} was withdrawn after this run: compute the placement again.",
                ),
            )
    for place in places.values():
        for why in barred_on(place, day):
            nl = f"{place.name('nl')}: {why.because.nl} Bereken de plaatsing opnieuw."
            en = f"{place.name('en')}: {why.because.en} Compute the placement again."
            yield Reason(why.rule, Text(nl, en))


def _losses(run: PlacementRun, held: Mapping[int, Offer]) -> Iterator[Reason]:
    """Nobody loses a place by a letter: an offer is first withdrawn, with its reason."""
    for outcome in run.outcomes.select_related("pool"):
        offer = held.get(outcome.application_id)
        if offer is None or offer.pool_id == outcome.pool_id:
            continue
        is_better = outcome.rank is not None and offer.rank is not None and outcome.rank <= offer.rank
        if offer.origin == OfferOrigin.HAND or not is_better:
            number = outcome.application_id
            yield Reason(
                "would-lose",
                Text(
                    f"Aanmelding {number} zou de aangeboden plaats verliezen; trek die eerst in, met reden.",
                    f"Application {number} would lose the place that was offered; withdraw it first, with a reason.",
                ),
            )


def _places(run: PlacementRun, held: Mapping[int, Offer], changes: list[Change]) -> Iterator[Reason]:
    after = {number: offer.pool_id for number, offer in held.items()}
    after |= {each.outcome.application_id: each.place.pk for each in changes if each.place is not None}
    taken = Counter(after.values())
    for pool in DestinationPool.objects.filter(pk__in=taken).select_related("claim", "destination__organisation", "destination__unit"):
        if taken[pool.pk] > pool.available:
            yield over_promised(pool, taken[pool.pk], pool.available)


def over_promised(pool: DestinationPool, wanted: int, places: int) -> Reason:
    """Why an offer cannot be made: the ledger holds fewer places."""
    nl, en = pool.destination.name("nl"), pool.destination.name("en")
    return Reason(
        "over-promised",
        Text(
            f"{nl}: {wanted} aanbiedingen, en het grootboek houdt {places} plaatsen vast.",
            f"{en}: {wanted} offers, and the ledger holds {places} places.",
        ),
    )


def _waiting_names(run: PlacementRun) -> dict[int, list[Text]]:
    found: dict[int, list[Text]] = {}
    rows = run.waiting.select_related("pool__destination__organisation", "pool__destination__unit").order_by("application_id", "rank", "pk")
    for row in rows:
        name = Text(row.pool.destination.name("nl"), row.pool.destination.name("en"))
        names = found.setdefault(row.application_id, [])
        if name not in names:
            names.append(name)
    return found


def _values(
    outcome: PlacementOutcome, run: PlacementRun, answer_by: datetime, before: Offer | None, waiting: Mapping[int, list[Text]]
) -> dict[str, str]:
    language = outcome.application.language
    names = ", ".join(name.in_language(language) for name in waiting.get(outcome.application_id, []))
    return {
        "destination": outcome.pool.destination.name(language) if outcome.pool else "",
        "before": before.pool.destination.name(language) if before else "",
        "until": told_moment(answer_by, run.round.zone, language),
        "reasons": "\n".join(text.in_language(language) for text in masked_reasons(outcome, run)),
        "waiting": WAITS.in_language(language).format(names=names) if names else WAITS_NOWHERE.in_language(language),
    }
