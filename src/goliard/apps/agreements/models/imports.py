"""Imports of agreements that were asked for: how far each one is, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ImportMode, ImportState
from goliard.apps.documents.models import StoredFile


class ImportRun(models.Model):
    """One import of a stored table. `mapped` holds the column (from 0) of each field; `beat_at` says when its worker was last heard of.

    How far it is (`rows_read`) is written outside the transaction that writes the agreements; that it is done, inside it.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="agreement_imports", verbose_name=_("file"))
    mapped = models.JSONField(editable=False)
    mode = models.CharField(_("rows with faults"), max_length=6, choices=ImportMode.choices)
    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.WAITING)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    rows_read = models.PositiveIntegerField(_("rows read"), default=0)
    rows_imported = models.PositiveIntegerField(_("rows imported"), default=0)
    agreements = models.PositiveIntegerField(_("agreements imported"), default=0)
    faults = models.PositiveIntegerField(_("faults"), default=0)
    reasons = models.JSONField(editable=False, default=list)  # why nothing was imported: [[Dutch, English], …]
    asked_by = models.CharField(max_length=100, editable=False)
    asked_at = models.DateTimeField(_("asked for"))
    claimed_by = models.CharField(max_length=100, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    beat_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of agreements")
        verbose_name_plural = _("imports of agreements")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "asked_at"], name="import_run_due")]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {ImportState.DONE, ImportState.REFUSED}
