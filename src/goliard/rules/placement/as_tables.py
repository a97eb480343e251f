"""A market as the two files that `goliard place` reads, where they can say it; the canonical text always can.

The files know one group an applicant, one reserve and one maximum a destination, no place that was offered before and no barred wish.
Barred wishes are therefore left out and the others numbered anew from 1, so that the same people get the same destinations, while "wish 3"
may read "wish 2".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from goliard.rules.placement.market import Applicant, Destination, Market
from goliard.rules.placement.policies import Policy
from goliard.rules.placement.sentences import plain
from goliard.rules.placement.tables import APPLICANT_COLUMNS, DESTINATION_COLUMNS
from goliard.rules.values.texts import Text

Row = tuple[str, ...]


def not_in_tables(market: Market, policy: Policy) -> Text | None:
    """Why the two files cannot say this market so that the policy gives the same; None where they can."""
    if market.held:
        return Text("er staan plaatsen vast die al waren aangeboden.", "some places had been offered before and stand.")
    if any(len(each.maxima) > 1 or len(each.reserves) > 1 for each in market.destinations):
        return Text(
            "er zijn reserves of maxima voor meer dan een groep bij een bestemming.",
            "there are reserves or maxima for more than one group at a destination.",
        )
    named = frozenset(group for each in market.destinations for group in each.named_groups())
    if any(len(applicant.groups & named) > 1 for applicant in market.applicants):
        return Text("er zijn kandidaten in meer dan een groep.", "there are applicants in more than one group.")
    if not policy.rerun_harms_nobody and any(_renumbered(applicant) for applicant in market.applicants):
        return Text("bij deze regel telt het nummer van een wens, en er zijn nummers zonder wens.",
                    "under this policy the number of a wish counts, and there are numbers without a wish.")  # fmt: skip
    return None


def applicants_csv(market: Market) -> str:
    """The file of applicants. Whoever has no wish that may be met is not in it."""
    named = frozenset(group for each in market.destinations for group in each.named_groups())
    rows = (row for applicant in market.applicants for row in _wishes(applicant, named))
    return _written((*APPLICANT_COLUMNS[0], *APPLICANT_COLUMNS[1]), rows)


def destinations_csv(market: Market) -> str:
    """The file of destinations; the columns of maxima stand in it where there are any."""
    required, optional = DESTINATION_COLUMNS
    columns = (*required, *(optional if any(each.maxima for each in market.destinations) else optional[:2]))
    return _written(columns, (_places(each)[: len(columns)] for each in market.destinations))


def _wishes(applicant: Applicant, named: frozenset[str]) -> Iterator[Row]:
    group = next(iter(applicant.groups & named), "")
    for rank, wish in enumerate((wish for wish in applicant.wishes if not wish.barred), start=1):
        yield applicant.id, str(rank), wish.destination, plain(wish.score), group


def _renumbered(applicant: Applicant) -> bool:
    ranks = [wish.rank for wish in applicant.wishes if not wish.barred]
    return ranks != list(range(1, len(ranks) + 1))


def _places(destination: Destination) -> Row:
    limits = (entries[0] if entries else None for entries in (destination.reserves, destination.maxima))
    cells = (cell for limit in limits for cell in ((limit.group, str(limit.places)) if limit else ("", "")))
    return (destination.id, str(destination.places), *cells)


def _written(heading: Row, rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return text.getvalue()
