"""Scoring: what the committee and the records of a round say of its applications, and the totals that placement reads."""
