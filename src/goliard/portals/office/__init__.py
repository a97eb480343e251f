"""The exchange office's screens."""
