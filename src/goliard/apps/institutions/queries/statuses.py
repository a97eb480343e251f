"""What countries are to the programme by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, cast

from goliard.apps.institutions.models import CountryStatus

Status = Literal["programme", "partner", ""]


class Statuses:
    """The statuses of some countries, or of all, read once."""

    def __init__(self, countries: Iterable[int] | None = None) -> None:
        rows = CountryStatus.objects.order_by("valid_from")
        self._rows: dict[int, list[CountryStatus]] = {}
        for row in rows if countries is None else rows.filter(country_id__in=set(countries)):
            self._rows.setdefault(row.country_id, []).append(row)

    def on(self, country: int, day: date) -> Status:
        """Return the country's status on a day, "" where none is recorded."""
        return next((cast("Status", row.status) for row in self._rows.get(country, ()) if row.holds_on(day)), "")
