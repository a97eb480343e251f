"""Writes of agreements."""
