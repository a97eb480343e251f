"""A recommendation by somebody outside: asked with a link, written once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models import Application


class Recommendation(models.Model):
    """What a referee says of an applicant, who does not read it. Only the hash of the link's secret is stored."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="recommendations", verbose_name=_("application"))
    referee = models.CharField(_("referee"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), editable=False)
    expires_at = models.DateTimeField(_("link works until"), editable=False)
    relation = models.CharField(_("knows the applicant as"), max_length=200, blank=True)
    text = models.TextField(_("recommendation"), blank=True)
    given_at = models.DateTimeField(_("given"), null=True, editable=False)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["asked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "email"], name="recommendation_once_a_referee")]

    def __str__(self) -> str:
        return self.referee
