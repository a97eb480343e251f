"""Placement in the office: runs of a round, what came of each, offers and who must act."""
