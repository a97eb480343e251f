"""Rate tables: the text of a table of `goliard.rules.grants`, with its version."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.rates.choices import Origin


class RateTable(models.Model):
    """One version of the figures of an action in a call.

    `content` is the canonical TOML and `content_hash` its name for ever. Once `used_at` is set nothing of it changes.
    """

    action = models.CharField(_("action"), max_length=20)
    call_year = models.PositiveSmallIntegerField(_("call year"))
    number = models.PositiveSmallIntegerField(_("version"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    content = models.TextField(_("text of the table"))
    content_hash = models.CharField(_("hash"), max_length=64, editable=False)
    made_at = models.DateTimeField(_("made"), editable=False)
    used_at = models.DateTimeField(_("used since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("rate table")
        verbose_name_plural = _("rate tables")
        ordering = ["-call_year", "action", "-number"]
        constraints = [models.UniqueConstraint(fields=["action", "call_year", "number"], name="rate_table_version_once")]

    def __str__(self) -> str:
        return f"{self.action} {self.call_year}, {self.number}"
