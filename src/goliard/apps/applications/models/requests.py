"""A document that the office asks for after all."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models.applications import Application
from goliard.apps.documents.models import StoredFile


class DocumentRequest(models.Model):
    """The office asks one applicant for one document until a moment; what was handed in stays as it is, the file stands beside it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="requests")
    what = models.CharField(_("what is missing"), max_length=500)
    until = models.DateTimeField(_("until"))
    asked_at = models.DateTimeField(_("asked"), editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="document_requests", verbose_name=_("file"))
    answered_at = models.DateTimeField(_("received"), null=True, editable=False)

    class Meta:
        verbose_name = _("request for a document")
        verbose_name_plural = _("requests for documents")
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.what
