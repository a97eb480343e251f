"""Serial dictatorship by score: one queue, the highest score chooses first, then the next.

With one score an applicant the queue and deferred acceptance give the same result (a test runs a plain queue beside it). The queue by
itself has no answer to a reserved place whose member stands further back; deferred acceptance does, so that is what runs.
"""

from __future__ import annotations

from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.market import Market, MarketProblem, Wish
from goliard.rules.placement.ties import TieRule
from goliard.rules.values.texts import Text


def serial_dictatorship(market: Market, ties: TieRule) -> dict[str, Wish]:
    """The wish that each placed applicant gets; `MarketProblem` when an applicant has two different scores."""
    for applicant in market.applicants:
        if len({wish.score for wish in applicant.wishes}) > 1:
            raise MarketProblem(
                Text(
                    f"{applicant.id} heeft verschillende scores; serial-dictatorship vraagt één score per kandidaat.",
                    f"{applicant.id} has different scores; serial-dictatorship takes one score an applicant.",
                )
            )
    return deferred_acceptance(market, ties)
