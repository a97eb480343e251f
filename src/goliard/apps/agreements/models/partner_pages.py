"""The partner's page: the signed link by which a contact enters, and what the partner said there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.choices import ProposalKind
from goliard.apps.agreements.models.agreements import Agreement, AgreementVersion
from goliard.apps.people.models import Contact


class PartnerLink(models.Model):
    """A link for one contact to one agreement. Only the hash of its secret is stored; it expires and can be revoked."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="partner_links")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="partner_links", verbose_name=_("contact"))
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("partner link")
        verbose_name_plural = _("partner links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.contact_id}"


class PartnerProposal(models.Model):
    """What a partner said on its page about a version: a comment, a proposed change (as canonical text) or an approval of an exact hash."""

    version = models.ForeignKey(AgreementVersion, models.PROTECT, related_name="proposals")
    link = models.ForeignKey(PartnerLink, models.PROTECT, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind.choices)
    text = models.TextField(_("text"), blank=True)
    content = models.TextField(editable=False, blank=True)
    numbers = models.JSONField(editable=False, default=dict, blank=True)  # proposed numbers by the condition's primary key
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=200, blank=True)
    function = models.CharField(_("function"), max_length=200, blank=True)
    said_at = models.DateTimeField(_("said"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        verbose_name = _("word of a partner")
        verbose_name_plural = _("words of partners")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.kind}"
