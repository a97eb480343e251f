"""Who scores the applications of a round."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.models import User
from goliard.apps.rounds.models import Round


class CommitteeMember(models.Model):
    """A member of a round's committee. Who left keeps what was handed in; nothing new is dealt to them."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="committees", verbose_name=_("member"))
    named_at = models.DateTimeField(_("named"), editable=False)
    left_at = models.DateTimeField(_("left"), null=True, editable=False)

    class Meta:
        verbose_name = _("member of a committee")
        verbose_name_plural = _("members of committees")
        ordering = ["user__display_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "user"], name="member_once_a_round")]

    def __str__(self) -> str:
        return self.user.display_name
