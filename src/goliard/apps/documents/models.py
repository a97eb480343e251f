"""The row of a stored file. The bytes stand in Django's default storage under `storage_name`."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.choices import Purpose, Retention


class StoredFile(models.Model):
    """What a file is: its hash, size and sniffed type never change; a new version is a new row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=200)  # as the uploader called it: shown, never used as a path
    storage_name = models.CharField(max_length=200, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(_("type"), max_length=100, editable=False)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices)
    retention_class = models.CharField(_("retention"), max_length=12, choices=Retention.choices)
    stored_at = models.DateTimeField(_("stored"), editable=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-stored_at", "-pk"]
        indexes = [models.Index(fields=["sha256"], name="stored_file_sha256")]

    def __str__(self) -> str:
        return self.name
