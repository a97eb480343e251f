"""Writes of programmes, calls, priorities and policy documents."""
