"""Who takes part in a project: partners, home units, coordinators."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.institutions.models.dated import Dated
from goliard.apps.people.models import Person
from goliard.apps.projects.choices import CoordinatorRole, CoordinatorSide, PartnerRole
from goliard.apps.projects.models.projects import Project


class ProjectPartner(Dated):
    """A partner organisation of a project, where known with its unit."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships", verbose_name=_("organisation"))
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="partnerships", verbose_name=_("unit of the partner")
    )
    role = models.CharField(_("role"), max_length=20, choices=PartnerRole.choices, default=PartnerRole.PARTNER)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("partner of a project")
        verbose_name_plural = _("partners of projects")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "organisation"], name="partner_once_per_project")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.organisation_id}"


class ProjectHomeUnit(models.Model):
    """A unit of the home institution that carries the project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="home_units")
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, related_name="home_projects", verbose_name=_("unit"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("home unit of a project")
        verbose_name_plural = _("home units of projects")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "unit"], name="home_unit_once_per_project")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.unit_id}"


class ProjectCoordinator(Dated):
    """A person who coordinates a project, for as long as they do; former coordinators stay."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="coordinators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="coordinations", verbose_name=_("person"))
    side = models.CharField(_("for"), max_length=8, choices=CoordinatorSide.choices, default=CoordinatorSide.HOME)
    role = models.CharField(_("role"), max_length=4, choices=CoordinatorRole.choices, default=CoordinatorRole.MAIN)
    is_public = models.BooleanField(_("named on the public site"), default=False)

    class Meta:
        verbose_name = _("coordinator of a project")
        verbose_name_plural = _("coordinators of projects")
        ordering = ["side", "-role", "valid_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "person", "side", "valid_from"], name="coordinator_once_from_a_day")]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.person_id}"
