"""The independent check over arrays: the twin of `rules.placement.audit`, written apart from the allocators of this package.

It compares pairs, as its reference does: for every better wish of every applicant, is a place free, or held by less right? Barred wishes
never get into arrays, so `ELIGIBLE` holds by construction; whoever brings an assignment from elsewhere checks it with the reference.
"""

from __future__ import annotations

import numpy as np

from goliard.fast.placement.arrays import AnyInts, Flags, Ints, MarketArrays
from goliard.rules.placement.audit import ALWAYS, SHOWN, AuditReport, Check, Finding


def audit(market: MarketArrays, given: Ints, promised: frozenset[Check]) -> AuditReport:
    """Check a result against the inputs; `promised` as in the reference. The findings shown may be others than the reference shows."""
    checks = ALWAYS | promised
    failures = {check: 0 for check in Check if check in checks}
    findings: list[Finding] = []
    stray = (given >= 0) & ((given < market.start[:-1]) | (given >= market.start[1:]))
    sound = np.where(stray, -1, given)
    found = {
        Check.OWN_WISH: (np.full(int(stray.sum()), -1), np.flatnonzero(stray)),
        **_limits(market, sound),
        **_wronged(market, sound),
    }
    for check in failures:
        destinations, applicants = found.get(check, (np.empty(0, np.int64), np.empty(0, np.int64)))
        failures[check] = len(destinations)
        for destination, applicant in zip(destinations[:SHOWN].tolist(), applicants[:SHOWN].tolist(), strict=True):
            findings.append(_finding(market, check, destination, applicant))
    return AuditReport(failures, tuple(findings))


def _finding(market: MarketArrays, check: Check, destination: int, applicant: int) -> Finding:
    return Finding(
        check,
        market.destinations[destination].id if destination >= 0 else "",
        market.applicants[applicant] if applicant >= 0 else "",
    )


def _limits(market: MarketArrays, given: Ints) -> dict[Check, tuple[Ints, Ints]]:
    held = given[given >= 0]
    over = np.flatnonzero(np.bincount(market.target[held], minlength=len(market.places)) > market.places)
    in_group = held[market.bucket[held] >= len(market.places)]
    crowded = np.flatnonzero(np.bincount(market.bucket[in_group], minlength=len(market.bucket_of)) > market.limit)
    return {
        Check.CAPACITY: (over, np.full(len(over), -1)),
        Check.MAXIMA: (market.bucket_of[crowded].astype(np.int64), np.full(len(crowded), -1)),
    }


def _wronged(market: MarketArrays, given: Ints) -> dict[Check, tuple[Ints, Ints]]:
    """Every applicant with something to hold against the destination of a better wish."""
    held = given[given >= 0]
    members = np.bincount(market.bucket[held], minlength=len(market.bucket_of))
    beyond = members > market.reserve
    better = market.refused(given)
    own, here = market.bucket[better], market.target[better]
    free = (np.bincount(market.target[held], minlength=len(market.places)) < market.places)[here]
    within = (members < market.limit)[own]
    kinds_beyond = np.bincount(market.bucket_of[beyond], minlength=len(market.places))[here]
    others_beyond = kinds_beyond - beyond[own] > 0
    worst_of_group = _least_right(market, held, market.bucket[held], len(market.bucket_of))
    at_risk = held[beyond[market.bucket[held]]]
    worst_at_risk = _least_right(market, at_risk, market.target[at_risk], len(market.places))
    envy = _has_more_right(market, better, worst_of_group[own]) | (within & _has_more_right(market, better, worst_at_risk[here]))
    entitled = (members < market.reserve)[own] & (free | others_beyond)
    wrongs = {Check.RESERVES: entitled, Check.NO_WASTE: free & within, Check.NO_ENVY: envy}
    return {check: (here[wrong].astype(np.int64), market.owner[better[wrong]].astype(np.int64)) for check, wrong in wrongs.items()}


def _least_right(market: MarketArrays, claims: Ints, where: AnyInts, size: int) -> Ints:
    """Per place of `where` the claim with the lowest score, of equal ones the latest turn; -1 for none."""
    lowest = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(lowest, where, market.score[claims])
    lowly = market.score[claims] == lowest[where]
    claims, where = claims[lowly], where[lowly]
    latest = np.full(size, -1)
    np.maximum.at(latest, where, market.tie[market.owner[claims]])
    last = market.tie[market.owner[claims]] == latest[where]
    least = np.full(size, -1)
    least[where[last]] = claims[last]
    return least


def _has_more_right(market: MarketArrays, claims: Ints, holders: Ints) -> Flags:
    more = market.score[claims] > market.score[holders]
    equal = market.score[claims] == market.score[holders]
    earlier = market.tie[market.owner[claims]] < market.tie[market.owner[holders]]
    rightful: Flags = (holders >= 0) & (more | (equal & earlier))
    return rightful
