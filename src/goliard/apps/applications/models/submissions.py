"""What was handed in: kept byte for byte, with its hash as the receipt."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models.applications import Application
from goliard.apps.documents.models import StoredFile
from goliard.apps.rounds.models import DocumentRequirement


class ApplicationSubmission(models.Model):
    """Exactly what was handed in, as JSON, with its SHA-256. The newest one counts.

    `received_at` is when the request arrived. `own_hash` covers what the applicant wrote, without moment and results: handing in the same
    thing again gives the same receipt.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("number"))
    received_at = models.DateTimeField(_("received"), editable=False)
    content = models.TextField(_("what was handed in"), editable=False)
    content_hash = models.CharField(_("hash"), max_length=64, editable=False)
    own_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("submission of an application")
        verbose_name_plural = _("submissions of applications")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="application_submission_number_once")]

    def __str__(self) -> str:
        return f"{self.application_id}/{self.number}"


class SubmittedDocument(models.Model):
    """A file as it was when the application was handed in; it stays for as long as the submission does."""

    submission = models.ForeignKey(ApplicationSubmission, models.PROTECT, related_name="documents")
    requirement = models.ForeignKey(DocumentRequirement, models.PROTECT, related_name="submitted", verbose_name=_("document"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="submitted_documents", verbose_name=_("file"))

    class Meta:
        verbose_name = _("submitted document")
        verbose_name_plural = _("submitted documents")
        ordering = ["requirement__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["submission", "requirement"], name="document_once_a_submission")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.requirement_id}"
