"""Reads of scholarships."""
