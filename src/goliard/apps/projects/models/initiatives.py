"""Joint programmes in the making, before there is a project."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.choices import JointProgrammeLevel
from goliard.apps.institutions.models import Network, OrganizationalUnit
from goliard.apps.people.models import Person
from goliard.apps.projects.choices import InitiativeState
from goliard.apps.projects.models.projects import Project


class JointProgrammeInitiative(models.Model):
    """A unit's plan for a joint master or doctorate, from idea to application."""

    title_en = models.CharField(_("title in English"), max_length=200)
    title_nl = models.CharField(_("title in Dutch"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=InitiativeState.choices, default=InitiativeState.IDEA)
    level = models.CharField(_("level"), max_length=10, choices=JointProgrammeLevel.choices)
    unit = models.ForeignKey(OrganizationalUnit, models.PROTECT, related_name="initiatives", verbose_name=_("unit of the home institution"))
    contact = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("contact person"))
    idea = models.TextField(_("idea"), help_text=_("What for, for whom, with which partners."))
    feasibility = models.TextField(_("feasibility"), blank=True, help_text=_("Market, accreditation, staff, money."))
    consortium = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("consortium"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("project that came of it")
    )
    filed_at = models.DateTimeField(_("filed"), auto_now_add=True)

    class Meta:
        verbose_name = _("joint programme initiative")
        verbose_name_plural = _("joint programme initiatives")
        ordering = ["-filed_at", "pk"]

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in `nl`, or the English one."""
        return self.title_nl if language.startswith("nl") else self.title_en
