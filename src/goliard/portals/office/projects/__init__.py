"""Registers of projects."""
