"""Writes of rounds."""
