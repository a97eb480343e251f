"""Rows that point to a row of their own table: predecessors, parents. No row may stand above itself."""

from __future__ import annotations

from django.db import models


def leads_back(row: models.Model, link: str) -> bool:
    """Whether following `link` (a nullable foreign key to the same table) from `row`, as it is about to be saved, comes back to it."""
    seen: set[object] = set()
    above = getattr(row, f"{link}_id")
    while above is not None and above not in seen:
        if above == row.pk:
            return True
        seen.add(above)
        above = type(row)._default_manager.filter(pk=above).values_list(f"{link}_id", flat=True).first()
    return False
