"""Agreements as documents: typst templates, filled with data only (never with markup from people)."""
