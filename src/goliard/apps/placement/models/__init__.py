"""Tables of placement."""

from goliard.apps.placement.models.offers import Offer, WaitingListEntry
from goliard.apps.placement.models.runs import PlacementOutcome, PlacementRun

__all__ = ["Offer", "PlacementOutcome", "PlacementRun", "WaitingListEntry"]
