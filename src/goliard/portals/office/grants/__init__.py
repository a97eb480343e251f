"""Scholarships in the office."""
