"""Which scholarships are open to somebody: the finder of money in the student portal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from goliard.apps.grants.models import ScholarshipScheme
from goliard.apps.people.choices import CycleChoice
from goliard.apps.rates.queries import table_of_call
from goliard.rules.grants.mobility import Cycle
from goliard.rules.values.texts import Text

CYCLES = {
    CycleChoice.SHORT_CYCLE: Cycle.SHORT,
    CycleChoice.BACHELOR: Cycle.FIRST,
    CycleChoice.MASTER: Cycle.SECOND,
    CycleChoice.DOCTORATE: Cycle.THIRD,
}


@dataclass(frozen=True, slots=True)
class OfferedScheme:
    """A scheme that is open on a day, and why it is not for somebody in their cycle (`None`: it is)."""

    scheme: ScholarshipScheme
    refused: Text | None


def offered_schemes(day: date, cycles: Iterable[int]) -> list[OfferedScheme]:
    """Return the schemes that are open on a day, with the verdict for somebody who studies in these cycles (EQF levels; none: not known).

    Who studies in two cycles at once may ask for what one of them opens. The rate table of the scheme says which cycles it leaves out.
    """
    own = {CYCLES[CycleChoice(cycle)] for cycle in cycles}
    rows = ScholarshipScheme.objects.filter(Q(opens_on=None) | Q(opens_on__lte=day), Q(closes_on=None) | Q(closes_on__gte=day))
    return [OfferedScheme(row, _refused(row, own)) for row in rows]


def _refused(scheme: ScholarshipScheme, cycles: set[Cycle]) -> Text | None:
    table = table_of_call(scheme.table_action, scheme.table_year)
    if table is None or not cycles:
        return None
    for restriction in table.restrictions:
        only_of_cycles = not (restriction.countries or restriction.activities)
        if restriction.cycles and only_of_cycles and cycles <= restriction.cycles:
            return restriction.because
    return None
