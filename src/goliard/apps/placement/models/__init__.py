"""Tables of placement: runs with their outcomes, offers, waiting lists, later rounds."""

from goliard.apps.placement.models.later import LaterRound
from goliard.apps.placement.models.offers import Offer, WaitingListEntry
from goliard.apps.placement.models.runs import PlacementOutcome, PlacementRun

__all__ = ["LaterRound", "Offer", "PlacementOutcome", "PlacementRun", "WaitingListEntry"]
