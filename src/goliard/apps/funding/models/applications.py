"""The one application of a call, and the files of exactly what was submitted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.models import StoredFile
from goliard.apps.funding.choices import ApplicationState, ExportKind
from goliard.apps.funding.models.calls import FundingCall


class ProjectApplication(models.Model):
    """One institutional application over all selected expressions of interest of a call: each is a partnership in it."""

    call = models.OneToOneField(FundingCall, models.PROTECT, related_name="application", verbose_name=_("call"))
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    starts_on = models.DateField(_("project starts on"), null=True, blank=True)
    ends_on = models.DateField(_("project ends on"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True, editable=False)
    asked_cents = models.BigIntegerField(_("asked, in cents"), null=True, blank=True, editable=False)
    mobilities = models.PositiveIntegerField(_("mobilities"), default=0, editable=False)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-call__year"]

    def __str__(self) -> str:
        return str(self.call)


class ApplicationFile(models.Model):
    """One form of what was submitted."""

    application = models.ForeignKey(ProjectApplication, models.PROTECT, related_name="files")
    kind = models.CharField(_("form"), max_length=4, choices=ExportKind.choices)
    stored = models.ForeignKey(StoredFile, models.PROTECT, related_name="applications", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of an application")
        verbose_name_plural = _("files of applications")
        ordering = ["kind"]
        constraints = [models.UniqueConstraint(fields=["application", "kind"], name="application_file_once_a_kind")]

    def __str__(self) -> str:
        return f"{self.application_id}.{self.kind}"
