"""Scoring in the office: the committee of a round, the totals, and one application with every line of its score."""
