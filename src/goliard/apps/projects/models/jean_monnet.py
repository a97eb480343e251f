"""What only Jean Monnet projects have: a holder, teaching hours, activities."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.people.models import Person
from goliard.apps.projects.choices import JeanMonnetKind
from goliard.apps.projects.models.projects import Project


class JeanMonnetAward(models.Model):
    """What a Jean Monnet project pays for: a chair, a module or a centre, with its holder."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="jean_monnet")
    kind = models.CharField(_("kind"), max_length=10, choices=JeanMonnetKind.choices)
    holder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="jean_monnet_awards", verbose_name=_("holder"))
    is_holder_public = models.BooleanField(_("holder named on the public site"), default=False)
    teaching_hours = models.PositiveSmallIntegerField(_("teaching hours a year"), null=True, blank=True)
    activities_en = models.TextField(_("activities in English"), blank=True)
    activities_nl = models.TextField(_("activities in Dutch"), blank=True)

    class Meta:
        verbose_name = _("Jean Monnet award")
        verbose_name_plural = _("Jean Monnet awards")

    def __str__(self) -> str:
        return f"{self.project_id}: {self.kind}"
