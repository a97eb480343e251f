"""Words of the placement screens: checks of the audit, names of places."""

from __future__ import annotations

from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.queries.troubles import Trouble, troubles_of
from goliard.apps.rounds.choices import RoundState, TermChoice
from goliard.apps.rounds.models import DestinationPool, Round

CHECKS = {
    "own-wish": gettext_lazy("Whoever is placed applied, and got one of the own wishes"),
    "eligible": gettext_lazy("Nobody got a place where they may not go"),
    "capacity": gettext_lazy("No destination has more people than places"),
    "maxima": gettext_lazy("No group passes its maximum"),
    "reserves": gettext_lazy("Nobody of a group is refused while its reserve has room"),
    "no-justified-envy": gettext_lazy("No better wish went to somebody with less right to it"),
    "no-waste": gettext_lazy("No better wish has a place left"),
    "kept": gettext_lazy("Whoever had a place has it still, or a better wish"),
}


def language() -> str:
    """Return the page's language."""
    return get_language() or "en"


def name_in(run: PlacementRun, pool: str) -> str:
    """Return how a run calls a pool."""
    nl, en = run.told.get("names", {}).get(pool) or (pool, pool)
    return nl if language().startswith("nl") else en


def named_troubles(round_: Round) -> list[tuple[str, Trouble]]:
    """Return what went wrong with the places of a round that is not over, each with the name of the place."""
    if round_.state == RoundState.ENDED:
        return []
    return [(name_of(each.pool, round_), each) for each in troubles_of(round_, localdate())]


def name_of(pool: DestinationPool, round_: Round | None = None) -> str:
    """Return the destination of a pool with its semester, and its faculty unless that runs the round."""
    parts = [pool.destination.name(language())]
    if pool.term != TermChoice.ANY:
        parts.append(str(pool.get_term_display()))
    if pool.faculty and (round_ is None or pool.faculty_id != round_.owner_id):
        parts.append(_("only %(faculty)s") % {"faculty": pool.faculty.name(language())})
    return ", ".join(parts)
