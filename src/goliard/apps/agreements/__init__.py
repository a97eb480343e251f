"""Agreements with partners, the places they give, and what was exchanged."""
