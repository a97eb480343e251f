"""Goliard: the software of a university's international exchange office."""

__version__ = "0.1.0"
