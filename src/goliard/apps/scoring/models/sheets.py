"""A member's sheet of one application: first the declaration about conflicts, then points."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.models import Application
from goliard.apps.rounds.models import Criterion
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models.committee import CommitteeMember
from goliard.rules.values.scaled import unscaled


class CommitteeSheet(models.Model):
    """What one member thinks of one application. The file opens once the member declares to have no conflict of interest."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="sheets", verbose_name=_("application"))
    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="sheets", verbose_name=_("member"))
    state = models.CharField(_("state"), max_length=10, choices=SheetState.choices, default=SheetState.WAITING)
    comment = models.TextField(_("comment"), blank=True)
    dealt_at = models.DateTimeField(_("dealt"), editable=False)
    submitted_at = models.DateTimeField(_("handed in"), null=True, editable=False)

    class Meta:
        verbose_name = _("sheet of a member")
        verbose_name_plural = _("sheets of members")
        ordering = ["application_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "member"], name="sheet_once_a_member")]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.member_id}"


class CommitteeScore(models.Model):
    """The value that a member gives for a criterion, in hundredths."""

    sheet = models.ForeignKey(CommitteeSheet, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion"))
    hundredths = models.PositiveIntegerField(_("value, in hundredths"))

    class Meta:
        verbose_name = _("score of a member")
        verbose_name_plural = _("scores of members")
        ordering = ["criterion__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="committee_score_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.hundredths}"

    @property
    def value(self) -> Decimal:
        """The value itself, such as 7.5."""
        return unscaled(self.hundredths, 2) or Decimal(0)
