"""Writes of messages."""
