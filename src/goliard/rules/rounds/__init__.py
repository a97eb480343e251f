"""Rounds of applications: when one is in time, what a round lacks before it opens, what is locked, and how points become a total."""
