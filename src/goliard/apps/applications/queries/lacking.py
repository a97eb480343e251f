"""What keeps each of many drafts from being handed in: the number of queries grows with the rounds, not with the drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.eligibility import backgrounds, person_facts, round_offer
from goliard.apps.applications.queries.form import facts_of_application, gather
from goliard.rules.applications.completeness import application_faults
from goliard.rules.values.texts import Reason


def lacking_in(rows: Sequence[Application], now: datetime) -> dict[int, tuple[Reason, ...]]:
    """Return, by primary key, everything that keeps an application from being handed in now; nothing where it is complete.

    A round that asks for a stay or for a line manager's approval costs a few questions for every draft.
    """
    gather(rows)
    by_round: dict[int, list[Application]] = defaultdict(list)
    for row in rows:
        by_round[row.round_id].append(row)
    found: dict[int, tuple[Reason, ...]] = {}
    for own in by_round.values():
        round_ = own[0].round
        day = now.astimezone(ZoneInfo(round_.zone)).date()
        wished = {wish.destination_id for row in own for wish in row.preferences.all()}
        offer = round_offer(round_, day, only=wished)
        known = backgrounds([row.person_id for row in own], [row.standing.unit for row in own if row.standing], day)
        for row in own:
            verdicts = offer.verdicts(person_facts(row.person, row.standing, day, known=known))
            found[row.pk] = application_faults(facts_of_application(row, verdicts, day))
    return found
