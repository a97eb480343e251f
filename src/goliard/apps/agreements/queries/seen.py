"""What an actor that is bound to units may read: the agreements and numbers of these units, and nothing of others.

On the screens a faculty officer reads every agreement of the university; a machine that acts for a faculty gets no more than it needs.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from goliard.apps.agreements.models import Agreement, ExchangeCount, PlaceSplit
from goliard.rules.access.actor import Actor


def units_of(actor: Actor) -> frozenset[int] | None:
    """Return the units to which an actor is bound; None where it acts for the whole institution."""
    scopes = [grant.units for grant in actor.grants]
    if any(scope is None for scope in scopes):
        return None
    return frozenset().union(*(scope for scope in scopes if scope is not None))


def agreements_seen_by(actor: Actor) -> QuerySet[Agreement]:
    """Return the agreements that the actor's units run, or out of which they have places of their own."""
    units = units_of(actor)
    if units is None:
        return Agreement.objects.all()
    shares = PlaceSplit.objects.filter(condition__version__agreement=OuterRef("pk"), unit__in=units)
    return Agreement.objects.filter(Q(owner__in=units) | Exists(shares))


def counts_seen_by(actor: Actor) -> QuerySet[ExchangeCount]:
    """Return the exchange counts of the actor's units."""
    units = units_of(actor)
    return ExchangeCount.objects.all() if units is None else ExchangeCount.objects.filter(unit__in=units)
