"""What only cooperation projects (Key Action 2) have: work packages, outputs, and who bears which part."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.models import Organisation
from goliard.apps.projects.choices import ImpactLevel, OutputKind
from goliard.apps.projects.models.projects import Project


class WorkPackage(models.Model):
    """A work package, numbered as in the application."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="work_packages")
    number = models.PositiveSmallIntegerField(_("number"))
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    leader = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="work_packages", verbose_name=_("led by"))

    class Meta:
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="work_package_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_en}"

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class ProjectOutput(models.Model):
    """Something that a project makes. The public sees it, with its licence, once it is marked as public."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="outputs")
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind"), max_length=16, choices=OutputKind.choices)
    level = models.CharField(_("level of its effect"), max_length=16, choices=ImpactLevel.choices)
    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    published_on = models.DateField(_("date"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    is_public = models.BooleanField(_("shown on the public site"), default=False)

    class Meta:
        verbose_name = _("output of a project")
        verbose_name_plural = _("outputs of projects")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_public=False) | ~models.Q(licence=""),
                name="public_output_has_licence",
                violation_error_message=_("An output on the public site says under which licence it may be used."),
            ),
            models.UniqueConstraint(fields=["project", "title_en"], name="output_once"),
        ]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en


class ResourceShare(models.Model):
    """Which part of the resources an organisation bears, in hundredths of a percent; together they are 10,000."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="resource_shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="resource_shares", verbose_name=_("organisation"))
    hundredths = models.PositiveSmallIntegerField(_("share in hundredths of a percent"))

    class Meta:
        verbose_name = _("share of the resources")
        verbose_name_plural = _("shares of the resources")
        ordering = ["-hundredths", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="share_once_per_organisation"),
            models.CheckConstraint(condition=models.Q(hundredths__range=(1, 10_000)), name="share_of_a_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.hundredths / 100:.2f} %"
