"""Reads of the register."""

from goliard.apps.institutions.queries.home import home_institution

__all__ = ["home_institution"]
