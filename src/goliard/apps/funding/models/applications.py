"""The one application of a call, and the files of exactly what was submitted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.documents.models import StoredFile
from goliard.apps.funding.choices import ApplicationState, ExportKind, FileLanguage, VersionStage
from goliard.apps.funding.models.calls import FundingCall
from goliard.apps.funding.models.interests import ExpressionOfInterest


class ProjectApplication(models.Model):
    """One institutional application over all selected expressions of interest of a call: each is a partnership in it."""

    call = models.OneToOneField(FundingCall, models.PROTECT, related_name="application", verbose_name=_("call"))
    state = models.CharField(_("state"), max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    starts_on = models.DateField(_("project starts on"), null=True, blank=True)
    ends_on = models.DateField(_("project ends on"), null=True, blank=True)
    language = models.CharField(_("language of the files"), max_length=2, choices=FileLanguage.choices, default=FileLanguage.ENGLISH)
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


class PartnershipVersion(models.Model):
    """What the writers of a partnership handed in: a first draft or the final version, exactly as it stood, with its hash.

    The office may answer a draft with a comment.
    """

    interest = models.ForeignKey(ExpressionOfInterest, models.PROTECT, related_name="versions", verbose_name=_("partnership"))
    stage = models.CharField(_("stage"), max_length=5, choices=VersionStage.choices)
    number = models.PositiveSmallIntegerField(_("number"))
    handed_in_at = models.DateTimeField(_("handed in"), editable=False)
    content = models.TextField(_("what was handed in"), editable=False)
    content_hash = models.CharField(_("hash"), max_length=64, editable=False)
    asked_cents = models.BigIntegerField(_("asked, in cents"), null=True, editable=False)
    mobilities = models.PositiveIntegerField(_("mobilities"), default=0, editable=False)
    comment = models.TextField(_("comment of the office"), blank=True)
    commented_at = models.DateTimeField(_("commented"), null=True, editable=False)

    class Meta:
        verbose_name = _("version of a partnership")
        verbose_name_plural = _("versions of partnerships")
        ordering = ["-handed_in_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["interest", "stage", "number"], name="partnership_version_once")]

    def __str__(self) -> str:
        return f"{self.interest_id}: {self.stage} {self.number}"
