"""Screens of the public site: one module a family."""
