"""Reads of projects: one module a question."""
