"""Funded projects with their partners, units, people and periods."""
