"""What holds for a time: the two date columns that memberships, names, statuses and roles share."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dated(models.Model):
    """A row that holds from `valid_from` up to and including `valid_until`; an empty date is an open end."""

    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until (inclusive)"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Whether the row holds on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_until is None or day <= self.valid_until)


def holding(day: date, prefix: str = "") -> models.Q:
    """Return the condition under which a dated row, reached through `prefix` (such as `memberships__`), holds on `day`."""
    started = models.Q(**{f"{prefix}valid_from__isnull": True}) | models.Q(**{f"{prefix}valid_from__lte": day})
    not_ended = models.Q(**{f"{prefix}valid_until__isnull": True}) | models.Q(**{f"{prefix}valid_until__gte": day})
    return started & not_ended
