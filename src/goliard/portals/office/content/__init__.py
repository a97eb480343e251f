"""Registers of content."""
