"""Registers of funding."""
