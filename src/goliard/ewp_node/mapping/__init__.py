"""Rows of the apps to the codec's values and back; no tables of its own."""
