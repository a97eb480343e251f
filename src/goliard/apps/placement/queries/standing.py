"""One sentence on how it stands with a place, as its applicant reads it: what happened, and what happens next."""

from __future__ import annotations

from collections.abc import Sequence

from goliard.apps.placement.choices import OfferOrigin, OfferState
from goliard.apps.placement.models import Offer
from goliard.apps.placement.queries.moments import told_moment
from goliard.rules.values.texts import Text

BY_HAND = Text(
    "Het bureau biedt je {place} aan, buiten de plaatsingsregel om. De reden: {reason}",
    "The office offers you {place}, outside the placement policy. The reason: {reason}",
)
LATE = Text(
    "Je tijd om te antwoorden is voorbij sinds {until}. Vraag het bureau als je de plaats nog wilt.",
    "Your time to answer passed on {until}. Ask the office if you still want the place.",
)
ACCEPTED = Text("Je hebt {place} aangenomen.", "You accepted {place}.")
ACCEPTED_HOPING = Text(
    "Je hebt {place} aangenomen en wacht op een betere wens. Komt er een vrij, dan krijg je die meteen en vervalt deze plaats.",
    "You accepted {place} and wait for a better wish. If one comes free you get it at once, and this place goes to somebody else.",
)
DECLINED = Text(
    "Je hebt {place} afgeslagen of teruggegeven. De plaats gaat naar wie wacht, en je doet in deze ronde niet meer mee.",
    "You declined {place} or gave it back. It goes to who is waiting, and you take no further part in this round.",
)
DECLINED_HOPING = Text(
    "Je hebt {place} teruggegeven en wacht alleen nog op een betere wens.",
    "You gave {place} back and wait for a better wish only.",
)
EXPIRED = Text(
    "Op {until} hadden we geen antwoord: het aanbod van {place} is vervallen.",
    "By {until} we had no answer: the offer of {place} has expired.",
)
WITHDRAWN = Text(
    "We moesten je plaats intrekken: {place}. De reden: {reason}", "We had to withdraw your place: {place}. The reason: {reason}"
)
GONE = Text(
    "Je plaats bestaat niet meer: {place}. De reden: {reason} Dit ligt niet aan jou, en je doet weer mee met al je wensen, op volgorde van "
    "score. Wie al een plaats heeft, houdt die; komt er een vrij voor jou, dan krijg je een brief.",
    "Your place no longer exists: {place}. The reason: {reason} This is not because of anything you did, and you take part again with all "
    "your wishes, by your scores. Whoever has a place keeps it; once one comes free for you, you get a letter.",
)


def standing_of(offer: Offer | None, reasons: Sequence[Text], *, is_late: bool) -> Text:
    """Return how it stands: with the newest offer, or, without one, what the run said first."""
    if offer is None:
        return reasons[0]
    sentence = _sentence(offer, is_late=is_late)
    if sentence is None:
        return reasons[0] if reasons else _filled(BY_HAND, offer)
    return _filled(sentence, offer)


def _sentence(offer: Offer, *, is_late: bool) -> Text | None:
    match offer.state:
        case OfferState.OPEN:
            return LATE if is_late else BY_HAND if offer.origin == OfferOrigin.HAND else None
        case OfferState.ACCEPTED:
            return ACCEPTED_HOPING if offer.is_hoping else ACCEPTED
        case OfferState.DECLINED:
            return DECLINED_HOPING if offer.is_hoping else DECLINED
        case OfferState.EXPIRED:
            return EXPIRED
        case OfferState.WITHDRAWN:
            return GONE if offer.is_hoping else WITHDRAWN
    return None


def _filled(sentence: Text, offer: Offer) -> Text:
    zone = offer.application.round.zone
    reason = offer.reason if offer.reason.endswith((".", "!", "?")) else f"{offer.reason}."
    texts = (
        sentence.in_language(language).format(
            place=offer.pool.destination.name(language), reason=reason, until=told_moment(offer.answer_by, zone, language)
        )
        for language in ("nl", "en")
    )
    return Text(*texts)
