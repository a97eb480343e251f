"""Special-category data: why somebody has fewer opportunities. A table of its own, read by few, every reading journalled."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.models import User
from goliard.apps.applications.choices import Assessment, Ground
from goliard.apps.applications.models.applications import Application
from goliard.apps.documents.choices import Retention
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.models.dated import Dated


class OpportunityDeclaration(models.Model):
    """What an applicant declares of their own accord, with consent, and may take back. It is in no submission, list or export."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # how the journal names it: it tells nobody whose it is
    application = models.OneToOneField(Application, models.CASCADE, related_name="declaration")
    ground = models.CharField(_("ground"), max_length=12, choices=Ground.choices)
    explanation = models.TextField(_("explanation"), blank=True)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="opportunity_declarations", verbose_name=_("evidence")
    )
    consented_at = models.DateTimeField(_("consent given"), editable=False)
    assessment = models.CharField(_("assessment"), max_length=12, choices=Assessment.choices, default=Assessment.OPEN)
    assessed_at = models.DateTimeField(_("assessed"), null=True, editable=False)
    retention_class = models.CharField(_("retention"), max_length=12, choices=Retention.choices, default=Retention.APPLICATION)

    class Meta:
        verbose_name = _("declaration of fewer opportunities")
        verbose_name_plural = _("declarations of fewer opportunities")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.application_id}"


class SpecialDataReader(Dated):
    """An account that may read declarations, named by an administrator with a reason; no role opens them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="special_data_readings", verbose_name=_("account"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("reader of special data")
        verbose_name_plural = _("readers of special data")
        ordering = ["user__display_name", "pk"]

    def __str__(self) -> str:
        return f"{self.user_id}"
