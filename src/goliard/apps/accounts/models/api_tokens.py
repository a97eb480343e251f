"""Tokens with which campus systems ask and tell through the API, and the answers that their writes got."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models.users import User
from goliard.apps.institutions.models import OrganizationalUnit


class ApiToken(models.Model):
    """A token of a system, or of a person's own script. Only the hash of its secret is stored; it acts as a role, within a unit or not.

    `owner` answers for it: when the owner's account closes or leaves the office, the token opens nothing.
    """

    name = models.CharField(_("name"), max_length=120)
    owner = models.ForeignKey(User, models.PROTECT, related_name="api_tokens", verbose_name=_("made by"))
    role = models.CharField(_("acts as"), max_length=16, choices=TokenRole.choices)
    unit = models.ForeignKey(
        OrganizationalUnit, models.PROTECT, null=True, blank=True, related_name="api_tokens", verbose_name=_("home unit")
    )
    may_write = models.BooleanField(_("may change"), default=False)
    sees_people = models.BooleanField(_("sees personal data"), default=False)
    hint = models.CharField(_("begins with"), max_length=16, editable=False)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    refused_at = models.DateTimeField(_("last refused"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=TokenRole.FACULTY_OFFICER, unit__isnull=False)
                | (~models.Q(role=TokenRole.FACULTY_OFFICER) & models.Q(unit__isnull=True)),
                name="api_token_unit_for_faculty_officers",
                violation_error_message=_("A token that acts as faculty officer, and no other, has a home unit as scope."),
            ),
            models.CheckConstraint(
                condition=~models.Q(role=TokenRole.AUDITOR) | models.Q(may_write=False),
                name="api_token_auditor_reads",
                violation_error_message=_("An auditor reads: such a token cannot change anything."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def last_day(self) -> date:
        """The last day on which it works."""
        return localdate(self.expires_at - timedelta(seconds=1))

    @property
    def actor_id(self) -> str:
        """How the journal names what was done with it: its owner, and the token."""
        return f"{self.owner.actor_id}/token:{self.pk}"


class KeptAnswer(models.Model):
    """What a write answered, under the key that its caller gave: the same request again gets the same answer and writes nothing."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answer_once_a_key")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
