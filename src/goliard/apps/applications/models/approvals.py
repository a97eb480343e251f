"""The line manager's word on an application of a member of staff."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.choices import ApprovalState
from goliard.apps.applications.models.applications import Application


class ManagerApproval(models.Model):
    """Whom the applicant named as line manager, and what the manager answered. Only the hash of the link's secret is stored.

    `plan_hash` is the SHA-256 of wishes and stay as the manager saw them: where these change, the manager is asked anew.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="approval", verbose_name=_("application"))
    name = models.CharField(_("line manager"), max_length=250, blank=True)
    email = models.EmailField(_("e-mail address of the line manager"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ApprovalState.choices, default=ApprovalState.NAMED)
    plan_hash = models.CharField(max_length=64, blank=True, editable=False)
    secret_hash = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), null=True, editable=False)
    expires_at = models.DateTimeField(_("link works until"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    is_recorded = models.BooleanField(_("recorded by the office"), default=False, editable=False)

    class Meta:
        verbose_name = _("approval of a line manager")
        verbose_name_plural = _("approvals of line managers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["secret_hash"], condition=~models.Q(secret_hash=""), name="approval_once_a_secret")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.state}"
