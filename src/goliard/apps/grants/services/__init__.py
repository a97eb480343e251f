"""Writes of scholarships."""
